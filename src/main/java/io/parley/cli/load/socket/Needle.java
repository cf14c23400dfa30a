package io.parley.cli.load.socket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A few bytes to be found in many; what cannot match is jumped over (Horspool's way). */
public final class Needle {
  private final byte[] bytes;
  private final int[] jumps = new int[256];

  private Needle(byte[] bytes) {
    this.bytes = bytes;
    Arrays.fill(jumps, bytes.length);
    for (int i = 0; i < bytes.length - 1; i++) {
      jumps[bytes[i] & 0xFF] = bytes.length - 1 - i;
    }
  }

  /** Looks for these characters, as they are in UTF-8. */
  public static Needle of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to look for");
    }
    return new Needle(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether it begins just here and ends before {@code to}. */
  public boolean at(byte[] in, int from, int to) {
    return from >= 0
        && to - from >= bytes.length
        && Arrays.equals(in, from, from + bytes.length, bytes, 0, bytes.length);
  }

  /** Where it begins first, from here on and ending before {@code to}; -1 if nowhere. */
  public int find(byte[] in, int from, int to) {
    int last = bytes.length - 1;
    int end = from + last;
    while (end < to) {
      int back = 0;
      while (back <= last && in[end - back] == bytes[last - back]) {
        back++;
      }
      if (back > last) {
        return end - last;
      }
      end += jumps[in[end] & 0xFF];
    }
    return -1;
  }

  public int length() {
    return bytes.length;
  }
}
