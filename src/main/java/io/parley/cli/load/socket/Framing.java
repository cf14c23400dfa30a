package io.parley.cli.load.socket;

import io.parley.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** What stands around the messages of a socket. */
public enum Framing {
  /** A message is a text frame. */
  RAW,
  /** Frames of SockJS over its WebSocket, as browsers have them: arrays of quoted messages. */
  SOCKJS;

  private static final int SERVERS = 1_000;
  private static final int SESSION_LENGTH = 12;

  /** Where a new socket of this framing is asked for; each has a session of its own. */
  String path(SplittableRandom random) {
    if (this == RAW) {
      return "/eventbus/websocket";
    }
    StringBuilder session = new StringBuilder();
    for (int i = 0; i < SESSION_LENGTH; i++) {
      session.append((char) ('a' + random.nextInt(26)));
    }
    return String.format("/eventbus/%03d/%s/websocket", random.nextInt(SERVERS), session);
  }

  /** A message as it is sent. */
  public byte[] wrap(String message) {
    return utf8(this == RAW ? message : Json.write(List.of(message)));
  }

  /** What stands before the first piece of a message that is sent in pieces. */
  public byte[] opening() {
    return utf8(this == RAW ? "" : "[\"");
  }

  /** What stands behind the last piece. */
  public byte[] closing() {
    return utf8(this == RAW ? "" : "\"]");
  }

  /** A piece of a message as it is sent, and as it is received. */
  public byte[] piece(String json) {
    return utf8(quoted(json));
  }

  /** Looks for a piece of a message, in what is received. */
  public Needle needle(String json) {
    return Needle.of(quoted(json));
  }

  /** The byte behind a string in a message, as it is received. */
  public byte quote() {
    return (byte) (this == RAW ? '"' : '\\');
  }

  private String quoted(String json) {
    if (this == RAW) {
      return json;
    }
    String string = Json.write(json);
    return string.substring(1, string.length() - 1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
