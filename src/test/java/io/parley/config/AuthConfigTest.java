package io.parley.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthConfigTest {

  private static AuthConfig auth(Map<String, String> options) {
    return ConfigLoader.load(Optional.empty(), Map.of(), options).config().auth();
  }

  @Test
  void guessersGetHalfOfTheProcessorsAndAlwaysOne() {
    AuthConfig usual = auth(Map.of());

    assertThat(usual.hashedAtOnce(1)).isEqualTo(1);
    assertThat(usual.hashedAtOnce(2)).isEqualTo(1);
    assertThat(usual.hashedAtOnce(8)).isEqualTo(4);
  }

  @Test
  void whoKnowsBetterSaysHowManyPasswordsAreHashedAtOnce() {
    assertThat(auth(Map.of("auth.hashingThreads", "3")).hashedAtOnce(8)).isEqualTo(3);
  }
}
