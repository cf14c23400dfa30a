package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SockJsTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "grüße", "\u4F60\u597D", "\uD83D\uDE00", "\uFFFD", "a\0b"})
  void whatIsTextComesOutAsItIs(String text) {
    assertThat(SockJsText.decode(text.getBytes(StandardCharsets.UTF_8))).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80", // a continuation of nothing
        "C3", // cut off
        "61E4BD", // likewise, behind a letter
        "C080", // longer than it need be
        "EDA080", // half of a pair
        "F4908080", // beyond the last code point
        "FF", // never in UTF-8
        "EFBFBDC3" // what stands for the broken, and something broken
      })
  void whatIsNotUtf8IsRefused(String hex) {
    assertThat(SockJsText.decode(HexFormat.of().parseHex(hex))).isEmpty();
  }

  @Test
  void textWithBytesChangedIsEitherRefusedOrReadAsWritten() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = "grüße \u4F60\u597D \uD83D\uDE00 \uFFFD".getBytes(StandardCharsets.UTF_8);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      byte[] read =
          SockJsText.decode(bytes).map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(bytes);
      assertThat(read).as("seed %d, round %d", seed, round).isEqualTo(bytes);
    }
  }
}
