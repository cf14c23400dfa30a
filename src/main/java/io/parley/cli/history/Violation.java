package io.parley.cli.history;

/**
 * A promise that was broken.
 *
 * @param seq the place in the room's log, zero where there is none
 * @param cid the post, empty where there is none
 * @param sentence what was seen, and what should have been
 */
public record Violation(Kind kind, String room, long seq, String cid, String sentence) {
  /** The promises, by how they are broken. */
  public enum Kind {
    /** Acknowledged, but not in the store. */
    LOST,
    /** Acknowledged at another place than it has in the store. */
    MOVED,
    /** One post is in the store twice. */
    DUPLICATE,
    /** In the store with another text than was sent. */
    ALTERED,
    /** In the store, but nobody sent it. */
    GHOST,
    /** Refused for good, but in the store. */
    REFUSED_STORED,
    /** The log is not numbered 1, 2, 3 and so on, or was not read in that order. */
    GAP,
    /** A count of messages is wrong. */
    MISCOUNTED,
    /** An entry claims an earlier time than the one before it. */
    BACKDATED,
    /** Sent after another entry was acknowledged or seen, but placed before it. */
    INVERTED,
    /** Sent later over the same connection, but placed before. */
    OVERTAKEN,
    /** A reader never got an entry. */
    MISSED,
    /** A reader got an entry twice. */
    REPEATED,
    /** A reader got an entry after a later one. */
    SWAPPED,
    /** A reader got an entry that the store does not have. */
    UNSTORED,
    /** A reader got something else than the store has. */
    UNLIKE,
    /** The server did not know a cursor that it had given. */
    RESET,
    /** Somebody got an entry that is numbered after they had gone. */
    AFTER_KICK,
    /** A page of history lacks what had been acknowledged or seen before it was asked for. */
    STALE,
    /** Posts were never answered, however often and long they were sent. */
    UNANSWERED,
    /** A reader was never let in, or not brought to the end. */
    UNHEARD
  }

  @Override
  public String toString() {
    return kind
        + " room "
        + room
        + (seq > 0 ? " seq " + seq : "")
        + (cid.isEmpty() ? "" : " cid " + cid)
        + ": "
        + sentence;
  }
}
