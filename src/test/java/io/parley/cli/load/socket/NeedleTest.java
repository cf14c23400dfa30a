package io.parley.cli.load.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeedleTest {
  @Test
  void itFindsTheFirstPlaceJustAsAStringDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 20_000; run++) {
      String hay = word(random, random.nextInt(40));
      String needle = word(random, 1 + random.nextInt(5));
      byte[] bytes = hay.getBytes(StandardCharsets.UTF_8);
      int from = random.nextInt(hay.length() + 1);
      int to = from + random.nextInt(hay.length() + 1 - from);
      int found = hay.substring(0, to).indexOf(needle, from);

      assertThat(Needle.of(needle).find(bytes, from, to))
          .as("'%s' in '%s' from %d to %d, seed %d", needle, hay, from, to, seed)
          .isEqualTo(found);
      assertThat(Needle.of(needle).at(bytes, from, to))
          .isEqualTo(hay.substring(from, to).startsWith(needle));
    }
  }

  @Test
  void itFindsWhatIsNotAscii() {
    byte[] hay = "a\u00fcb\u20acc".getBytes(StandardCharsets.UTF_8);

    assertThat(Needle.of("\u20ac").find(hay, 0, hay.length)).isEqualTo(4);
    assertThat(Needle.of("\u20ad").find(hay, 0, hay.length)).isEqualTo(-1);
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append("ab\"".charAt(random.nextInt(3)));
    }
    return word.toString();
  }
}
