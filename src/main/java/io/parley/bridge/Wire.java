package io.parley.bridge;

/**
 * The way to one peer, whatever the transport. Belongs to one event loop and is only called there.
 *
 * <p>What is sent arrives in order or not at all; nothing blocks, and what the peer does not read
 * is counted.
 */
interface Wire {

  /**
   * Sends messages; they leave with the next flush.
   *
   * @param fleeting whether they are rather dropped than kept for a peer that is behind
   */
  void send(Frames frames, boolean fleeting);

  /** Lets the peer know, and find out, that both still live. */
  void ping();

  /** Looks after what the transport itself must not let last for ever. */
  default void tend(long now) {}

  /** Says goodbye after what was sent, without what waits; whatever follows is ignored. */
  void close(CloseCode code);

  /** Cuts the connection. */
  void abort();

  /** Bytes that wait here because the peer does not read. */
  long waiting();

  /**
   * The monotonic time, in nanoseconds, since when the oldest of what the peer has not taken waits,
   * here or further on; now, when there is none.
   */
  long waitingSince();

  /** Stops reading from the peer. */
  void pause();

  /** Reads again. */
  void resume();

  /** What a wire tells its socket. */
  interface Listener {
    /** Nobody listens yet. */
    Listener NOBODY =
        new Listener() {
          @Override
          public void text(String text) {}

          @Override
          public void alive() {}

          @Override
          public void violated(CloseCode code) {}

          @Override
          public void slow() {}

          @Override
          public void gone() {}
        };

    /** A whole text from the peer: well-formed Unicode, and nothing else is known of it. */
    void text(String text);

    /** The peer has given a sign of life. */
    void alive();

    /** The peer broke the rules of the transport. */
    void violated(CloseCode code);

    /** The peer has not read for too long or too much. */
    void slow();

    /** The connection is gone; told once, last. */
    void gone();
  }
}
