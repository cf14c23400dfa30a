package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.ClusterConfig.TlsConfig;
import io.parley.config.Config;
import io.parley.config.ConfigLoader;
import io.parley.fixtures.TestAuthority;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeDoctorTest {
  private final Clock clock = Clock.systemUTC();

  @Test
  void itSaysHowLongACertificateIsGood(@TempDir Path dir) {
    TlsConfig files = new TestAuthority(dir, "ours").server("edge", "chat.example.org");
    Config config =
        config(Map.of("http.tls.certificate", files.certificate(), "http.tls.key", files.key()));

    assertThat(examine(config, clock)).startsWith("ok ").contains("http.tls is good until");
    assertThat(examine(config, Clock.offset(clock, Duration.ofDays(360))))
        .startsWith("attention ")
        .contains("renew it");
    assertThat(examine(config, Clock.offset(clock, Duration.ofDays(366))))
        .startsWith("BAD ")
        .contains("http.tls.certificate expired");
  }

  @Test
  void itSaysWhenPeopleAreReachedInTheClear() {
    assertThat(examine(config(Map.of()), clock)).isEmpty();
    assertThat(examine(config(Map.of("bridge.host", "0.0.0.0")), clock))
        .startsWith("attention ")
        .contains("bridge listens beyond this machine without TLS");
    assertThat(
            examine(
                config(Map.of("bridge.host", "::", "http.publicUrl", "https://chat.example.org")),
                clock))
        .as("a proxy speaks it")
        .isEmpty();
  }

  private static Config config(Map<String, String> changes) {
    return ConfigLoader.load(Optional.empty(), Map.of(), Map.of())
        .with(changes, "the test")
        .config();
  }

  private static String examine(Config config, Clock clock) {
    return String.join(
        "\n", new EdgeDoctor(config, clock).examine().stream().map(Finding::toString).toList());
  }
}
