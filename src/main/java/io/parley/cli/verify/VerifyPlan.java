package io.parley.cli.verify;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done.
 *
 * @param rest where the REST API is, for each node
 * @param bridges where the sockets are, for each node; a client that loses one goes to the next
 * @param roomsEach how many rooms each client is in
 * @param rate posts a second, all rooms together
 * @param cutEvery about how long a client keeps a connection; zero: as long as it lasts
 * @param kickEvery how often somebody is removed from a room, to come back; zero: never
 * @param seed decides who does what; what the server does with it is another matter
 * @param patience for everything to be settled and heard when the time is over
 */
public record VerifyPlan(
    List<URI> rest,
    List<URI> bridges,
    int clients,
    int rooms,
    int roomsEach,
    int rate,
    Duration duration,
    Duration cutEvery,
    Duration kickEvery,
    long seed,
    Duration patience) {
  public VerifyPlan {
    rest = List.copyOf(rest);
    bridges = List.copyOf(bridges);
    if (rest.isEmpty() || bridges.isEmpty()) {
      throw new IllegalArgumentException("there is no server to talk to");
    }
  }

  /** What cannot be done, in words; empty if all can. */
  public Optional<String> objection() {
    if (clients < 1 || rooms < 1 || roomsEach < 1 || rate < 1) {
      return Optional.of("clients, rooms and rate are at least 1");
    }
    return Optional.empty();
  }
}
