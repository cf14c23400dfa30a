package io.parley.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentSettingsTest {
  private static final String GOOD_SECRET = "mK2v8Qz4Rt7Yw1Xc5Bn9Lp3Hd6Gf0SjA";

  @Test
  void theOldNamesStillWork() {
    Config config =
        load(Map.ofEntries(
                Map.entry("DB_HOST", "db.example"),
                Map.entry("DB_PORT", "6543"),
                Map.entry("DB_NAME", "chat"),
                Map.entry("DB_USER", "chatter"),
                Map.entry("DB_PASS", "p1"),
                Map.entry("REDIS_HOST", "redis.example"),
                Map.entry("REDIS_PORT", "7000"),
                Map.entry("JWT_SECRET", GOOD_SECRET),
                Map.entry("MINIO_ROOT_USER", "key"),
                Map.entry("MINIO_ROOT_PASSWORD", "p2"),
                Map.entry("MINIO_BUCKET", "files"),
                Map.entry("MINIO_PUBLIC_URL", "https://media.example")))
            .config();

    assertThat(config.postgres())
        .extracting("host", "port", "database", "user", "password")
        .containsExactly("db.example", 6543, "chat", "chatter", new Secret("p1"));
    assertThat(config.redis()).isEqualTo(new RedisConfig("redis.example", 7000, Secret.NONE));
    assertThat(config.auth().jwtSecret()).isEqualTo(new Secret(GOOD_SECRET));
    assertThat(config.s3())
        .extracting("accessKey", "secretKey", "bucket", "publicUrl")
        .containsExactly("key", new Secret("p2"), "files", "https://media.example");
  }

  @Test
  void everyAliasNamesAKey() {
    assertThat(ConfigKey.ALL.stream().map(ConfigKey::path)).containsAll(Aliases.KEYS.values());
  }

  @ParameterizedTest
  @CsvSource({"15m, PT15M", "900, PT15M", "86400, PT24H", "900000, PT15M", "86400000, PT24H"})
  void aTokenLifetimeWithoutUnitIsSecondsOrMilliseconds(String text, Duration expected) {
    assertThat(load(Map.of("JWT_EXPIRATION", text)).config().auth().accessToken())
        .isEqualTo(expected);
  }

  @Test
  void theOwnNameOverrulesTheOldOne() {
    assertThat(
            load(Map.of("DB_NAME", "old", "PARLEY_POSTGRES_DATABASE", "new"))
                .config()
                .postgres()
                .database())
        .isEqualTo("new");
  }

  @Test
  void namingAStoreMeansUsingIt() {
    Map<String, String> environment = new HashMap<>(Map.of("JWT_SECRET", GOOD_SECRET));
    environment.put("DB_HOST", "db.example");

    LoadedConfig loaded = load(environment);
    assertThat(loaded.config().node().embedded()).isFalse();
    assertThat(loaded.print()).containsPattern("embedded: false +# because postgres.host is set");

    environment.put("PARLEY_NODE_EMBEDDED", "true");
    assertThat(load(environment).config().node().embedded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "changeme-changeme-changeme-changeme-1234",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "your-256-bit-secret-key-goes-here-please"
      })
  void aWeakSecretIsRefusedOutsideTheEmbeddedMode(String secret) {
    assertThatThrownBy(
            () -> load(Map.of("DB_HOST", "db.example", "PARLEY_AUTH_JWT_SECRET", secret)))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::path)
                    .containsOnly("auth.jwtSecret"));
  }

  @Test
  void aClusterBeyondThisMachineNeedsASecret() {
    Map<String, String> environment =
        Map.of(
            "DB_HOST", "db.example", "JWT_SECRET", GOOD_SECRET, "PARLEY_CLUSTER_HOST", "10.0.0.1");

    assertThatThrownBy(() -> load(environment)).hasMessageContaining("cluster.secret");
  }

  @Test
  void whatKubernetesSaysAboutServicesIsNoConfiguration() {
    LoadedConfig loaded =
        load(
            Map.of(
                "PARLEY_HTTP_PORT", "tcp://10.96.0.7:8080",
                "PARLEY_PORT", "tcp://10.96.0.7:8080",
                "PARLEY_SERVICE_HOST", "10.96.0.7",
                "PARLEY_HTTP_PORT_8080_TCP_ADDR", "10.96.0.7",
                "PARLEY_HTTP_SERVICE_PORT_WEB", "8080"));

    assertThat(loaded.isExplicit("http.port")).isFalse();
  }

  @Test
  void aValueAndItsFileAreOneTooMany() {
    assertThatThrownBy(
            () -> load(Map.of("PARLEY_S3_REGION", "eu", "PARLEY_S3_REGION_FILE", "/none")))
        .hasMessage("s3.region: set only one of PARLEY_S3_REGION and PARLEY_S3_REGION_FILE");
    assertThatThrownBy(() -> load(Map.of("PARLEY_S3_REGION_FILE", "/none/such")))
        .hasMessageContaining("PARLEY_S3_REGION_FILE names /none/such, which cannot be read");
  }

  private static LoadedConfig load(Map<String, String> environment) {
    return ConfigLoader.load(Optional.empty(), environment, Map.of());
  }
}
