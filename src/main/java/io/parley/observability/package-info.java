/**
 * What a node tells about itself: log lines with correlation ids, metrics, health, and the admin
 * port that serves them.
 *
 * <p>Everybody may record here; nobody may decide anything by what is recorded, except the
 * readiness of this node. A token, a password or the text of a message must never get here.
 */
@NullMarked
package io.parley.observability;

import org.jspecify.annotations.NullMarked;
