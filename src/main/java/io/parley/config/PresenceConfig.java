package io.parley.config;

import java.time.Duration;
import java.util.List;

/**
 * Presence: who is here.
 *
 * @param lease how long a node's word that a socket is open counts
 * @param grace how long somebody may be away without it showing; not more than a lease
 * @param watched people that one socket may watch
 * @param rate changes and questions a second of one socket, 0 for no limit
 * @param burst the same at once
 */
public record PresenceConfig(
    Duration lease,
    Duration grace,
    @Range(min = 1, max = 1_000) int watched,
    int rate,
    @Range(min = 1) int burst) {

  List<ConfigProblem> problems() {
    return grace.compareTo(lease) > 0
        ? List.of(new ConfigProblem("presence.grace", "must not be longer than presence.lease"))
        : List.of();
  }
}
