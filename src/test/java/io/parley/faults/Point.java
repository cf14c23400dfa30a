package io.parley.faults;

import java.util.Locale;

/** The steps of a post and of what belongs to it, at which a node can be made to fail. */
enum Point {
  /** The edge sends what somebody posts to the owner. */
  APPEND_LEAVES,
  /** The owner gets it. */
  APPEND_ARRIVES,
  /** The owner writes a batch. */
  WRITE_BEGINS,
  /** A batch is durable, and the owner does not know yet. */
  WRITE_ENDS,
  /** The owner answers a post. */
  ACK_LEAVES,
  /** The edge gets the answer. */
  ACK_ARRIVES,
  /** The owner tells a node that listens. */
  DELIVERY_LEAVES,
  /** A node that listens is told. */
  DELIVERY_ARRIVES,
  /** A change of membership is committed and owed to its log. */
  CHANGE_LEAVES,
  /** A change of membership stands in its log, and is still owed as far as the outbox knows. */
  CHANGE_STANDS,
  /** A node wants to listen. */
  LEASE_LEAVES,
  /** An owner grants a lease. */
  GRANT_LEAVES,
  /** An owner answers a node that still listens. */
  ALIVE_LEAVES,
  /** Somebody asks the store for the heads of logs. */
  HEADS_LEAVE,
  /** Somebody asks the store for entries. */
  READ_LEAVES,
  /** A node is told that a session has ended. */
  SESSION_END_ARRIVES;

  /** Under which a test speaks of it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is about something on its way out. */
  boolean leaves() {
    return name().endsWith("LEAVES") || name().endsWith("LEAVE");
  }

  static Point of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
