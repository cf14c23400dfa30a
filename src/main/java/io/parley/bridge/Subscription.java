package io.parley.bridge;

import io.parley.log.LogId;
import java.util.Optional;

/**
 * One socket's interest in one log. Each registration makes a new one, so that what was started for
 * an earlier one comes to nothing.
 */
final class Subscription {
  private final BridgeSocket socket;
  private final LogId log;
  private State state = State.JOINING;
  private long last;
  private long since;
  private int place = -1;

  /** From the request to the end. */
  enum State {
    JOINING,
    LIVE,
    /** The session has expired: nothing is delivered until it is renewed. */
    SUSPENDED,
    GONE
  }

  Subscription(BridgeSocket socket, LogId log) {
    this.socket = socket;
    this.log = log;
  }

  BridgeSocket socket() {
    return socket;
  }

  /** Where its messages go. */
  Optional<String> address() {
    return Optional.of(log.toString());
  }

  LogId log() {
    return log;
  }

  boolean is(State wanted) {
    return state == wanted;
  }

  void become(State next) {
    if (state != State.GONE) {
      state = next;
    }
  }

  /** The last entry that the socket was sent, or may not see. */
  long last() {
    return last;
  }

  void reached(long seq) {
    last = Math.max(last, seq);
  }

  /** The first position that its user may see, 0 for all. */
  long since() {
    return since;
  }

  void since(long first) {
    since = first;
  }

  /** Where it stands in its audience. */
  int place() {
    return place;
  }

  void place(int index) {
    place = index;
  }
}
