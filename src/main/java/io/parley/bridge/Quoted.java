package io.parley.bridge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON text as a JSON string, byte by byte: SockJS carries messages as strings in an array. */
final class Quoted {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int CONTROL = 0x20;
  private static final int LONGEST_ESCAPE = 6;

  private Quoted() {}

  /** Quotes UTF-8 text; bytes beyond ASCII are kept as they are. */
  static byte[] of(byte[] text) {
    byte[] out = new byte[text.length + text.length / 4 + 2 * LONGEST_ESCAPE];
    int at = 0;
    out[at++] = '"';
    for (byte b : text) {
      if (at + 2 * LONGEST_ESCAPE > out.length) {
        out = Arrays.copyOf(out, out.length * 2);
      }
      if (b == '"' || b == '\\') {
        out[at++] = '\\';
        out[at++] = b;
      } else if (b >= 0 && b < CONTROL) {
        out[at++] = '\\';
        out[at++] = 'u';
        out[at++] = '0';
        out[at++] = '0';
        out[at++] = HEX[b >> 4];
        out[at++] = HEX[b & 0xF];
      } else {
        out[at++] = b;
      }
    }
    out[at++] = '"';
    return Arrays.copyOf(out, at);
  }
}
