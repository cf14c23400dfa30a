package io.parley.cli.load;

import java.net.URI;
import java.time.Duration;

/**
 * What is to be done.
 *
 * @param rest where the REST API is
 * @param bridge where the sockets are
 * @param members how many people, spread evenly over the rooms
 * @param rate messages a second, all rooms together, sent when they are due whether or not earlier
 *     ones were answered
 * @param warmUp time at the given rate before measuring begins
 * @param bodyBytes length of each message
 */
record LoadPlan(
    URI rest,
    URI bridge,
    int members,
    int rooms,
    int rate,
    Duration warmUp,
    Duration duration,
    int bodyBytes) {

  /** How many messages are sent, those of the warm-up included. */
  int messages() {
    return (int) ((warmUp.toMillis() + duration.toMillis()) * rate / 1000);
  }

  /** How many of them are not measured. */
  int warmUpMessages() {
    return (int) (warmUp.toMillis() * rate / 1000);
  }
}
