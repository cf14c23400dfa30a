package io.parley.threads;

import io.parley.rooms.RoomId;

/**
 * A thread: what answers one message of a room.
 *
 * @param root the place of that message
 */
public record ThreadId(RoomId room, long root) {}
