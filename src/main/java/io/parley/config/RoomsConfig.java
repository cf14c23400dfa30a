package io.parley.config;

import java.util.List;

/**
 * Rooms.
 *
 * @param defaults names of public rooms that every account enters
 */
public record RoomsConfig(List<String> defaults, @Range(min = 2) int maxMembers) {}
