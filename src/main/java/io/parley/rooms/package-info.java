/**
 * Rooms: what they are, who is in them and as what.
 *
 * <p>The truth about membership is in PostgreSQL; every change of it also becomes an entry of the
 * room's log, through an outbox, in the order of the room's version. Others ask through {@link
 * io.parley.rooms.RoomsApi}. It must never happen that a change is answered before its entry stands
 * in the log.
 */
@NullMarked
package io.parley.rooms;

import org.jspecify.annotations.NullMarked;
