package io.parley.cli.load;

/**
 * How far somebody has read a room, and whether anything was left out on the way, doubled or in
 * another order. From any thread.
 */
final class Place {
  private String cursor = "";
  private int seq;
  private int entries;
  private int breaks;

  /** The room is heard from here on; what it is heard after was read, or is not wanted. */
  synchronized void begin(int head, String at) {
    if (seq == 0) {
      seq = head;
    }
    cursor = at;
  }

  /** The next entry. */
  synchronized void took(int number, String at) {
    if (number != seq + 1) {
      breaks++;
    }
    entries++;
    seq = number;
    cursor = at;
  }

  /** To go on from; empty before anything is known. */
  synchronized String cursor() {
    return cursor;
  }

  /** The last entry. */
  synchronized int seq() {
    return seq;
  }

  /** How many have come since the first beginning. */
  synchronized int entries() {
    return entries;
  }

  /** How often an entry was not the one after that before it. */
  synchronized int breaks() {
    return breaks;
  }
}
