package io.parley.cli.load.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameScannerTest {
  private static final int FINAL = 0x80;

  private final List<String> seen = new ArrayList<>();
  private final FrameScanner.Sink sink =
      new FrameScanner.Sink() {
        @Override
        public void text(byte[] in, int from, int to) {
          seen.add("text " + utf8(in, from, to));
        }

        @Override
        public void ping(byte[] in, int from, int to) {
          seen.add("ping " + utf8(in, from, to));
        }

        @Override
        public void close(int code, String reason) {
          seen.add("close " + code + " " + reason);
        }
      };

  @Test
  void framesAreFoundWhereverTheirBytesAreCut() {
    byte[] all =
        join(
            frame(FINAL | 1, "one"),
            frame(FINAL | 9, "?"),
            frame(1, "tw"),
            frame(FINAL | 10, "unasked"),
            frame(0, ""),
            frame(FINAL, "o"),
            frame(FINAL | 1, "x".repeat(300)),
            frame(FINAL | 1, ""),
            frame(FINAL | 8, "\u000f\u00a1bye"));
    List<String> expected =
        List.of(
            "text one", "ping ?", "text two", "text " + "x".repeat(300), "text ", "close 4001 bye");

    for (int first = 0; first <= all.length; first++) {
      for (int second = first; second <= all.length; second += 7) {
        seen.clear();
        FrameScanner scanner = new FrameScanner();
        scanner.take(all, 0, first, sink);
        scanner.take(all, first, second, sink);
        scanner.take(all, second, all.length, sink);
        assertThat(seen).as("cut at %d and %d", first, second).isEqualTo(expected);
      }
    }
  }

  @Test
  void framesAreFoundByteByByte() {
    byte[] all = join(frame(FINAL | 1, "one"), frame(1, "t"), frame(FINAL, "wo"));
    FrameScanner scanner = new FrameScanner();
    byte[] reused = new byte[1];
    for (byte each : all) {
      reused[0] = each;
      scanner.take(reused, 0, 1, sink);
    }

    assertThat(seen).containsExactly("text one", "text two");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 125, 126, 127, 65_535, 65_536, 1 << 20})
  void everyFormOfALengthIsUnderstood(int length) {
    String text = "x".repeat(length);
    byte[] all = join(frame(FINAL | 1, text), frame(FINAL | 1, "after"));
    FrameScanner scanner = new FrameScanner();
    for (int at = 0; at < all.length; at += 50_000) {
      scanner.take(
          Arrays.copyOfRange(all, at, Math.min(all.length, at + 50_000)),
          0,
          Math.min(all.length - at, 50_000),
          sink);
    }

    assertThat(seen).containsExactly("text " + text, "text after");
  }

  @Test
  void aCloseWithoutACodeIsOneToo() {
    new FrameScanner().take(frame(FINAL | 8, ""), 0, 2, sink);

    assertThat(seen).containsExactly("close 1005 ");
  }

  @Test
  void whatNoServerMaySendIsRefused() {
    byte[] masked = frame(FINAL | 1, "masked");
    masked[1] |= (byte) 0x80;
    refused("masked", masked);
    refused("extension", frame(FINAL | 0x40 | 1, "compressed"));
    refused("type 2", frame(FINAL | 2, "binary"));
    refused("never began", frame(FINAL, "the rest of nothing"));
    refused("within", join(frame(1, "a"), frame(FINAL | 1, "b")));
    refused("control", frame(9, "a ping in pieces"));
    refused("control", frame(FINAL | 9, "p".repeat(126)));
    refused("bytes", new byte[] {(byte) (FINAL | 1), 127, -1, 0, 0, 0, 0, 0, 0, 0});
  }

  private void refused(String why, byte[] bytes) {
    assertThatThrownBy(() -> new FrameScanner().take(bytes, 0, bytes.length, sink))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(why);
  }

  private static String utf8(byte[] in, int from, int to) {
    return new String(in, from, to - from, StandardCharsets.UTF_8);
  }

  /** Written here anew, from the RFC; Latin-1, so that a character is a byte. */
  private static byte[] frame(int first, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer frame = ByteBuffer.allocate(bytes.length + 10).put((byte) first);
    if (bytes.length < 126) {
      frame.put((byte) bytes.length);
    } else if (bytes.length < 65_536) {
      frame.put((byte) 126).putShort((short) bytes.length);
    } else {
      frame.put((byte) 127).putLong(bytes.length);
    }
    frame.put(bytes);
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
