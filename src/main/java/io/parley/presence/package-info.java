/**
 * Presence: who is here just now, and what they say of it.
 *
 * <p>Nodes with sockets tell of them, and ask for whoever somebody wants to see; the edges do the
 * same for REST. That somebody is here is a lease in Redis and nothing more: what is lost there is
 * told anew. What people choose for themselves is in PostgreSQL. It must never happen that anybody
 * can tell who is invisible from who is not here, nor that more is told of somebody than of when
 * they were last here.
 */
@NullMarked
package io.parley.presence;

import org.jspecify.annotations.NullMarked;
