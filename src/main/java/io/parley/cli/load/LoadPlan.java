package io.parley.cli.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What is to be done.
 *
 * @param rest where the REST API is, for each node
 * @param bridges where the sockets are, for each node
 * @param via how messages are sent; they are received by sockets either way
 * @param members how many people, spread evenly over the rooms
 * @param rate messages a second, all rooms together, sent when they are due whether or not earlier
 *     ones were answered
 * @param warmUp time at the given rate before measuring begins
 * @param bodyBytes length of each message
 */
record LoadPlan(
    List<URI> rest,
    List<URI> bridges,
    Via via,
    int members,
    int rooms,
    int rate,
    Duration warmUp,
    Duration duration,
    int bodyBytes) {
  LoadPlan {
    rest = List.copyOf(rest);
    bridges = List.copyOf(bridges);
  }

  /** What messages are sent by. */
  enum Via {
    SOCKET,
    REST
  }

  /** The sockets of a member, so that those of each room are spread evenly over the nodes. */
  URI bridge(int member) {
    return bridges.get(member / rooms % bridges.size());
  }

  /** How many messages are sent, those of the warm-up included. */
  int messages() {
    return (int) ((warmUp.toMillis() + duration.toMillis()) * rate / 1000);
  }

  /** How many of them are not measured. */
  int warmUpMessages() {
    return (int) (warmUp.toMillis() * rate / 1000);
  }
}
