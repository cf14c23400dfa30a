package io.parley.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static final String GOOD_SECRET = "mK2v8Qz4Rt7Yw1Xc5Bn9Lp3Hd6Gf0SjA";

  private final Path dir;

  ConfigLoaderTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void theDefaultsAreThoseOfTheReferenceFile() {
    Config config = ConfigLoader.defaults();

    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.node().data()).isEqualTo(Path.of("data"));
    assertThat(config.node().roles()).containsExactly("http", "bridge", "persistence", "media");
    assertThat(config.bridge().maxFrame()).isEqualTo(new ByteSize(65_536));
    assertThat(config.auth().refreshLifetime()).isEqualTo(Duration.ofDays(30));
    assertThat(config.auth().jwtSecret().present()).isFalse();
    assertThat(config.http().publicUrl()).isEmpty();
    assertThat(config.cluster().members()).isEmpty();
  }

  @Test
  void everyKeyOfTheReferenceFileIsRead() throws IOException {
    List<ConfigProblem> problems = new java.util.ArrayList<>();
    Map<String, Setting> documented =
        YamlSettings.read(
            Files.readString(Path.of("conf/parley.yaml")),
            "parley.yaml",
            Source.Layer.FILE,
            problems);

    assertThat(problems).isEmpty();
    assertThat(documented.keySet())
        .containsExactlyInAnyOrderElementsOf(ConfigKey.ALL.stream().map(ConfigKey::path).toList());
  }

  @Test
  void everyKeyOfTheReferenceFileIsExplained() throws IOException {
    assertThat(Files.readAllLines(Path.of("conf/parley.yaml")))
        .filteredOn(line -> line.matches(" {2,}\\w+: .+"))
        .filteredOn(line -> !line.startsWith("    "))
        .allMatch(line -> line.contains(" # "));
  }

  @Test
  void everyKeyHasAVariableOfItsOwn() {
    assertThat(ConfigKey.ALL.stream().map(ConfigKey::variable)).doesNotHaveDuplicates();
    assertThat(ConfigKey.ALL.stream().map(ConfigKey::variable))
        .contains(
            "PARLEY_HTTP_PORT",
            "PARLEY_NODE_LOG_FORMAT",
            "PARLEY_NODE_INSTANCES_HTTP",
            "PARLEY_S3_ACCESS_KEY",
            "PARLEY_BRIDGE_MAX_UNSENT_PER_SOCKET");
  }

  @Test
  void laterSourcesOverruleEarlierOnes() throws IOException {
    Path file = file("http:\n  port: 1001\nbridge:\n  port: 1002\nadmin:\n  port: 1003\n");

    LoadedConfig loaded =
        ConfigLoader.load(
            Optional.of(file),
            Map.of("PARLEY_BRIDGE_PORT", "2002", "PARLEY_ADMIN_PORT", "2003"),
            Map.of("admin.port", "3003"));

    assertThat(loaded.config().http().port()).isEqualTo(1001);
    assertThat(loaded.config().bridge().port()).isEqualTo(2002);
    assertThat(loaded.config().admin().port()).isEqualTo(3003);
    assertThat(loaded.isExplicit("http.port")).isTrue();
    assertThat(loaded.isExplicit("cluster.port")).isFalse();
  }

  @Test
  void listsComeFromYamlAndFromCommas() throws IOException {
    Path file = file("http:\n  origins: [https://a.example, https://b.example]\n");

    Config config = load(file, Map.of("PARLEY_NODE_ROLES", "http, bridge")).config();

    assertThat(config.http().origins()).containsExactly("https://a.example", "https://b.example");
    assertThat(config.node().roles()).containsExactly("http", "bridge");
  }

  @Test
  void aMountedSecretIsReadFromItsFile() throws IOException {
    Path secret = Files.writeString(dir.resolve("jwt"), GOOD_SECRET + "\n");

    Config config =
        ConfigLoader.load(
                Optional.empty(),
                Map.of("PARLEY_AUTH_JWT_SECRET_FILE", secret.toString()),
                Map.of())
            .config();

    assertThat(config.auth().jwtSecret()).isEqualTo(new Secret(GOOD_SECRET));
  }

  @Test
  void aSecretIsNeverPrinted() {
    LoadedConfig loaded =
        ConfigLoader.load(
            Optional.empty(), Map.of("PARLEY_AUTH_JWT_SECRET", GOOD_SECRET), Map.of());

    assertThat(loaded.print()).doesNotContain(GOOD_SECRET).contains("jwtSecret: \"***\"");
    assertThat(loaded.config().toString()).doesNotContain(GOOD_SECRET);
    assertThatThrownBy(() -> load(Map.of("PARLEY_AUTH_JWT_SECRET", "too-short-4711")))
        .hasMessageContaining("auth.jwtSecret")
        .hasMessageNotContaining("4711");
  }

  @Test
  void whatIsPrintedCanBeReadBack() throws IOException {
    LoadedConfig loaded =
        load(
            Map.of(
                "PARLEY_HTTP_PORT", "1234",
                "PARLEY_HTTP_PUBLIC_URL", "https://chat.example.org",
                "PARLEY_HTTP_ORIGINS", "https://a.example,https://b.example"));

    assertThat(loaded.print()).containsPattern("port: 1234 +# PARLEY_HTTP_PORT");
    assertThat(loaded.print()).containsPattern("data: data +# default");
    assertThat(load(file(loaded.print()), Map.of()).config()).isEqualTo(loaded.config());
  }

  @Test
  void allErrorsAreToldAtOnce() throws IOException {
    Path file =
        file(
            """
            http:
              prot: 80
              port: 70000
            bridge: 5
            log:
              deadline: 5
              batchBytes: 1 MB
            rooms:
              defaults: [[general]]
            """);

    assertThat(problems(file, Map.of("PARLEY_NODE_ROLES", "http,typist", "PARLEY_HTTP_PROT", "1")))
        .extracting(ConfigProblem::toString)
        .satisfiesExactlyInAnyOrder(
            text -> assertThat(text).contains("http.prot", "did you mean http.port?", ".yaml:2"),
            text -> assertThat(text).contains("http.port", "0 to 65535", "70000", ".yaml:3"),
            text -> assertThat(text).contains("bridge", "is a section"),
            text -> assertThat(text).contains("log.deadline", "with its unit", "'5'"),
            text -> assertThat(text).contains("log.batchBytes", "64KiB"),
            text -> assertThat(text).contains("rooms.defaults", "list of plain values"),
            text -> assertThat(text).contains("node.roles", "persistence", "PARLEY_NODE_ROLES"),
            text ->
                assertThat(text).contains("PARLEY_HTTP_PROT", "did you mean PARLEY_HTTP_PORT?"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PARLEY_POSTGRES_STATEMENT_TIMEOUT | 5s    | postgres.statementTimeout | log.deadline",
        "PARLEY_BRIDGE_HEARTBEAT           | 80s   | bridge.heartbeat          | bridge.liveness",
        "PARLEY_AUTH_ACCESS_TOKEN          | 25h   | auth.accessToken          | refreshToken",
        "PARLEY_AUTH_REFRESH_TOKEN         | 31d   | auth.refreshToken         | refreshLifetime",
        "PARLEY_LIMITS_HISTORY_PAGE        | 501   | limits.historyPage        | historyMax",
        "PARLEY_EDGE_FRAME_BURST           | 999   | edge.frameBurst           | maxRegistrations",
        "PARLEY_LIMITS_MESSAGE_BYTES       | 64KiB | limits.messageBytes       | maxFrame",
        "PARLEY_ADMIN_PORT                 | 8080  | admin.port                | http.port",
        "PARLEY_HTTP_PORT                  | -1    | http.port                 | 0 to 65535",
        "PARLEY_LOG_DEADLINE               | 0s    | log.deadline              | more than nothing",
        "PARLEY_LOG_STORE                  | redis | log.store                 | postgres",
        "PARLEY_NODE_LOG_FORMAT            | xml   | node.logFormat            | text, json",
        "PARLEY_NODE_EMBEDDED              | maybe | node.embedded             | true or false",
        "PARLEY_HTTP_PUBLIC_URL            | chat  | http.publicUrl            | https://",
        "PARLEY_HTTP_ORIGINS               | *     | http.origins              | scheme",
        "PARLEY_CLUSTER_MEMBERS            | there | cluster.members           | host:port",
        "PARLEY_NODE_DRAIN                 | 5s    | node.drain                | node.moving",
        "PARLEY_NODE_MOVING                | 0s    | node.moving               | more than nothing",
        "PARLEY_CLUSTER_DNS                | a:5701 | cluster.dns              | without a port",
        "PARLEY_CLUSTER_HOST               | 0.0.0.0 | cluster.tls             | cluster.insecure",
        "PARLEY_NODE_ROLES                 | ''    | node.roles                | at least one",
        "PARLEY_NODE_DATA                  | ''    | node.data                 | directory",
      })
  void aValueThatMakesNoSenseIsRefused(String variable, String value, String path, String hint) {
    assertThatThrownBy(() -> load(Map.of(variable, value)))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .satisfies(
                        problem -> {
                          assertThat(problem.path()).isEqualTo(path);
                          assertThat(problem.message()).contains(hint);
                        }));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://example.org/in       | mK2v8Qz4Rt7Yw1Xc5Bn9Lp3Hd6Gf0SjA | 5s    | url",
        "ftp://example.org           | mK2v8Qz4Rt7Yw1Xc5Bn9Lp3Hd6Gf0SjA | 5s    | url",
        "https://a:b@example.org     | mK2v8Qz4Rt7Yw1Xc5Bn9Lp3Hd6Gf0SjA | 5s    | url",
        "https://example.org/in      | short                            | 5s    | secret",
        "https://example.org/in      | whsec_!!!!!!!!!!!!!!!!!!!!!!!!!!  | 5s    | secret",
        "https://example.org/in      | mK2v8Qz4Rt7Yw1Xc5Bn9Lp3Hd6Gf0SjA | 11s   | timeout",
        "https://example.org/in      | mK2v8Qz4Rt7Yw1Xc5Bn9Lp3Hd6Gf0SjA | 500ms | timeout",
        "https://example.org/in?of=1 | mK2v8Qz4Rt7Yw1Xc5Bn9Lp3Hd6Gf0SjA | 10s   |",
      })
  void whereEventsArePostedAndHowIsChecked(
      String url, String secret, String timeout, String problem) {
    Map<String, String> posting =
        Map.of(
            "PARLEY_EVENTS_WEBHOOK_URL", url,
            "PARLEY_EVENTS_WEBHOOK_SECRET", secret,
            "PARLEY_EVENTS_WEBHOOK_TIMEOUT", timeout);

    if (problem == null) {
      assertThat(load(posting).config().events().webhook().present()).isTrue();
    } else {
      assertThatThrownBy(() -> load(posting))
          .isInstanceOfSatisfying(
              ConfigException.class,
              e ->
                  assertThat(e.problems())
                      .extracting(ConfigProblem::path)
                      .containsExactly("events.webhook." + problem));
    }
    assertThat(load(Map.of()).config().events().webhook().present()).isFalse();
  }

  @Test
  void aMailServerWantsToBeToldWhomMailsAreFromAndWhereLinksLead() {
    Map<String, String> sending =
        Map.of(
            "PARLEY_MAIL_HOST", "smtp.example.org",
            "PARLEY_MAIL_USER", "chat",
            "PARLEY_MAIL_FROM", "Parley",
            "PARLEY_MAIL_TLS", "none");

    assertThatThrownBy(() -> load(sending))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::path)
                    .containsExactlyInAnyOrder("mail.from", "http.publicUrl", "mail.tls"));
    assertThat(
            load(Map.of(
                    "PARLEY_MAIL_HOST", "smtp.example.org",
                    "PARLEY_MAIL_USER", "chat",
                    "PARLEY_MAIL_FROM", "Parley <chat@example.org>",
                    "PARLEY_HTTP_PUBLIC_URL", "https://chat.example.org"))
                .config()
                .mail()
                .present())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "5s, PT5S",
    "15m, PT15M",
    "4h, PT4H",
  })
  void timesHaveUnits(String text, Duration expected) {
    assertThat(load(Map.of("PARLEY_AUTH_ACCESS_TOKEN", text)).config().auth().accessToken())
        .isEqualTo(expected);
  }

  @Test
  void aServerOnADeskStopsAtOnceUnlessItIsToldOtherwise() {
    NodeConfig desk = load(Map.of()).config().node();
    NodeConfig told = load(Map.of("PARLEY_NODE_ROUTING_PAUSE", "2s")).config().node();
    NodeConfig served =
        load(Map.of("DB_HOST", "db", "PARLEY_AUTH_JWT_SECRET", GOOD_SECRET)).config().node();

    assertThat(desk.routingPause()).isZero();
    assertThat(desk.moving()).hasSeconds(1);
    assertThat(told.routingPause()).hasSeconds(2);
    assertThat(served.routingPause()).hasSeconds(5);
    assertThat(served.drain()).hasSeconds(20);
  }

  @Test
  void filesForTlsBelongTogether() {
    Map<String, String> one = Map.of("PARLEY_CLUSTER_TLS_KEY", "node.key");

    assertThatThrownBy(() -> load(one))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::path)
                    .containsExactlyInAnyOrder("cluster.tls.certificate", "cluster.tls.authority"));
    assertThatThrownBy(() -> load(Map.of("PARLEY_HTTP_TLS_KEY", "edge.key")))
        .hasMessageContaining("http.tls.certificate");
    Map<String, String> told =
        Map.of("PARLEY_CLUSTER_HOST", "::", "PARLEY_CLUSTER_INSECURE", "true");
    assertThat(load(told).config().cluster().insecure()).isTrue();
  }

  @Test
  void brokenYamlIsReportedWithItsLine() throws IOException {
    assertThat(problems(file("http:\n  port: [1\n"), Map.of()))
        .extracting(ConfigProblem::path)
        .anyMatch(path -> path.contains("mine.yaml:"));
    assertThat(problems(file("http:\n  port: 1\n  port: 2\n"), Map.of()))
        .anyMatch(problem -> problem.toString().contains("port"));
    assertThat(problems(file("http:\n  host:\n"), Map.of()))
        .singleElement()
        .hasToString("http.host: expects the name or address of a machine");
    assertThat(problems(file("http:\nbridge: ~\n"), Map.of())).isEmpty();
  }

  @Test
  void aMissingFileIsReportedByName() {
    assertThat(problems(dir.resolve("absent.yaml"), Map.of()))
        .singleElement()
        .satisfies(problem -> assertThat(problem.toString()).contains("absent.yaml: does not"));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(dir.resolve("mine.yaml"), yaml);
  }

  private static LoadedConfig load(Map<String, String> environment) {
    return ConfigLoader.load(Optional.empty(), environment, Map.of());
  }

  private static LoadedConfig load(Path file, Map<String, String> environment) {
    return ConfigLoader.load(Optional.of(file), environment, Map.of());
  }

  private static List<ConfigProblem> problems(Path file, Map<String, String> environment) {
    try {
      load(file, environment);
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1KiB", "3GiB"})
  void whatTheKernelMayTakeIsBounded(String size) {
    aValueThatMakesNoSenseIsRefused("PARLEY_EDGE_SEND_BUFFER", size, "edge.sendBuffer", "16KiB");
  }

  @Test
  void aProxyIsAnAddressOrANetwork() {
    aValueThatMakesNoSenseIsRefused(
        "PARLEY_EDGE_TRUSTED_PROXIES", "proxy.example", "edge.trustedProxies", "10.0.0.0/8");
  }
}
