package io.parley.bridge;

import java.time.Duration;

/**
 * How often the node looks after what it hears of the logs, and of the ends of sessions.
 *
 * @param tick how often anything is looked at
 * @param keepAlive how often owners are told that this node still listens
 * @param forsaken how long without any answer until sockets are sent to another node
 * @param linger how long a lease is kept that nobody uses
 * @param calm how often heads are compared, and for how long there is trouble after its last sign
 * @param alert how often heads are compared while there is trouble
 * @param grace how long something may be under way before it counts as lost
 * @param revocations how often the ends of sessions are read from the store
 * @param blind how long they may be unknown until nobody is served any more
 */
record Paces(
    Duration tick,
    Duration keepAlive,
    Duration forsaken,
    Duration linger,
    Duration calm,
    Duration alert,
    Duration grace,
    Duration revocations,
    Duration blind) {

  static final Paces NORMAL =
      new Paces(
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30));
}
