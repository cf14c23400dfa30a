package io.parley.cli.load.socket;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;

/** The HTTP request that makes a WebSocket of a connection, and what the server says to it. */
final class Upgrade {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;
  private static final int MOST_HEAD = 16 * 1024;
  private static final Needle END = Needle.of("\r\n\r\n");

  private final String key;
  private final StringBuilder head = new StringBuilder();

  Upgrade(SplittableRandom random) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    this.key = Base64.getEncoder().encodeToString(bytes);
  }

  byte[] request(URI server, String path) {
    return String.join(
            "\r\n",
            "GET " + path + " HTTP/1.1",
            "Host: " + server.getAuthority(),
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: " + key,
            "",
            "")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Takes a piece of the answer. Fails UNAVAILABLE, quoting the server, when it declines.
   *
   * @return where the frames begin, -1 while the answer goes on
   */
  int take(byte[] in, int to) {
    int before = head.length();
    head.append(new String(in, 0, to, StandardCharsets.ISO_8859_1));
    int end = END.find(head.toString().getBytes(StandardCharsets.ISO_8859_1), 0, head.length());
    if (end < 0) {
      if (head.length() > MOST_HEAD) {
        throw Failure.of(Reason.UNAVAILABLE, "the server's answer does not end");
      }
      return -1;
    }
    check(head.substring(0, end));
    return end + END.length() - before;
  }

  private void check(String answer) {
    if (!answer.startsWith("HTTP/1.1 101")) {
      throw Failure.of(
          Reason.UNAVAILABLE, "the server declined: " + answer.lines().findFirst().orElse(""));
    }
    boolean agreed =
        answer
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-accept:"))
            .anyMatch(line -> line.substring(line.indexOf(':') + 1).trim().equals(accept()));
    if (!agreed) {
      throw Failure.of(Reason.UNAVAILABLE, "what answers is not a WebSocket server");
    }
  }

  private String accept() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
