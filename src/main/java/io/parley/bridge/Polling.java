package io.parley.bridge;

/** The SockJS transports over plain HTTP: how a response carries frames. */
enum Polling {
  /** One frame, then the client asks again. */
  XHR("xhr", "application/javascript; charset=UTF-8", "", "", "\n", 0),

  /** Frames until the response is big, since browsers keep all of it. */
  XHR_STREAMING(
      "xhr-streaming",
      "application/javascript; charset=UTF-8",
      "h".repeat(2048) + "\n",
      "",
      "\n",
      128 * 1024),

  EVENT_SOURCE(
      "eventsource", "text/event-stream; charset=UTF-8", "\r\n", "data: ", "\r\n\r\n", 128 * 1024);

  private final String transport;
  private final String type;
  private final String prelude;
  private final String before;
  private final String after;
  private final int limit;

  Polling(String transport, String type, String prelude, String before, String after, int limit) {
    this.transport = transport;
    this.type = type;
    this.prelude = prelude;
    this.before = before;
    this.after = after;
    this.limit = limit;
  }

  /** The name in the configuration. */
  String transport() {
    return transport;
  }

  String type() {
    return type;
  }

  String prelude() {
    return prelude;
  }

  String before() {
    return before;
  }

  String after() {
    return after;
  }

  /** How many bytes one response carries; the frame that reaches it is the last. */
  int limit() {
    return limit;
  }
}
