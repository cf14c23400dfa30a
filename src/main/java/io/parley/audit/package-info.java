/**
 * The audit log: what was done that somebody who runs the server may have to look into.
 *
 * <p>Whoever changes something notes it through {@link io.parley.audit.Journal}, or stores an
 * {@link io.parley.audit.AuditEntry} together with the change; reading it is asked for through
 * {@link io.parley.audit.AuditApi}, by those who know who may. No password, token, name or message
 * may ever be in an entry, nor anything that cannot be erased when its owner goes, and nobody waits
 * for an entry that belongs to no change.
 */
@NullMarked
package io.parley.audit;

import org.jspecify.annotations.NullMarked;
