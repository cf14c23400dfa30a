package io.parley.cli.load;

/** What people do. */
enum Scenario {
  /** Talk in rooms. */
  TALK,
  /** Talk in pairs. */
  DIRECT,
  /** Say nothing, until in the end one message goes to each room. */
  IDLE,
  /** Lose their connections all at once, and come back. */
  STORM,
  /** A bit of everything. */
  DAY,
  /** A few who listen to very many rooms. */
  LEASES,
  /** Talk in a room where some stop reading for a while. */
  STALLED,
  /** Talk as fast as it goes, then much faster, then at half the pace. */
  OVERLOAD;

  /** Whether the time that a post takes is what it is about. */
  boolean talks() {
    return this == TALK || this == DIRECT;
  }
}
