package io.parley.bridge;

/**
 * Why a socket is closed, as the number that its peer sees: three from the WebSocket standard, the
 * rest our own.
 */
enum CloseCode {
  NORMAL(1000, "goodbye"),
  UNSUPPORTED(1003, "frames are text"),
  NOT_TEXT(1007, "text must be valid UTF-8"),
  TOO_BIG(1009, "the frame is too big"),
  PROTOCOL(4400, "this is not the protocol"),
  UNAUTHENTICATED(4401, "nobody has signed in here"),
  REVOKED(4403, "the session has ended"),
  SLOW(4408, "too slow: come back with your cursors"),
  TOO_MANY(4429, "too many connections: the oldest is closed"),
  TOO_FAST(4429, "too much at once: connect again and send less"),
  DRAINING(4503, "this node is leaving: connect again"),
  DEAD(4508, "nothing was heard for too long");

  private final int number;
  private final String reason;

  CloseCode(int number, String reason) {
    this.number = number;
    this.reason = reason;
  }

  int number() {
    return number;
  }

  String reason() {
    return reason;
  }
}
