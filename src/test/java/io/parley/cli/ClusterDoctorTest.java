package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.ClusterConfig;
import io.parley.config.ClusterConfig.TlsConfig;
import io.parley.config.Secret;
import io.parley.fixtures.TestAuthority;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterDoctorTest {
  private final Clock clock = Clock.systemUTC();

  @Test
  void itSaysHowLongTheCertificateIsGood(@TempDir Path dir) {
    TlsConfig tls = new TestAuthority(dir, "ours").node("node");

    assertThat(examine(tls, false, "", clock))
        .singleElement()
        .asString()
        .startsWith("ok ")
        .contains("is good until");
    assertThat(examine(tls, false, "", Clock.offset(clock, Duration.ofDays(360))))
        .singleElement()
        .asString()
        .startsWith("attention ")
        .contains("renew it");
    assertThat(examine(tls, false, "", Clock.offset(clock, Duration.ofDays(366))))
        .singleElement()
        .asString()
        .startsWith("BAD ")
        .contains("cluster.tls.certificate expired");
  }

  @Test
  void itNamesWhatIsMissing() {
    assertThat(examine(new TlsConfig("none.pem", "none.key", "none.ca"), false, "", clock))
        .singleElement()
        .asString()
        .contains("BAD", "cluster.tls.certificate cannot be read: none.pem");
    assertThat(examine(TlsConfig.NONE, true, "", clock))
        .singleElement()
        .asString()
        .contains("attention", "cluster.insecure");
    assertThat(examine(TlsConfig.NONE, false, "", clock)).isEmpty();
  }

  @Test
  void itLooksTheOthersUp() {
    assertThat(examine(TlsConfig.NONE, false, "localhost", clock))
        .singleElement()
        .asString()
        .contains("ok", "127.0.0.1");
    assertThat(examine(TlsConfig.NONE, false, "nobody.invalid", clock))
        .singleElement()
        .asString()
        .contains("attention", "stands for no address");
  }

  private static List<Finding> examine(TlsConfig tls, boolean insecure, String dns, Clock clock) {
    ClusterConfig cluster =
        new ClusterConfig(false, "parley", Secret.NONE, "::1", 1, 2, List.of(), dns, tls, insecure);
    return new ClusterDoctor(cluster, clock).examine();
  }
}
