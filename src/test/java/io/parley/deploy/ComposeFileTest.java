package io.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.Config;
import io.parley.config.ConfigLoader;
import io.parley.config.LoadedConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docker-compose.yml would start. */
class ComposeFileTest {
  private static final String ONCE = "service_completed_successfully";

  private final Map<String, String> variables = ComposeFile.example();
  private final ComposeFile compose = ComposeFile.render(variables);

  static Set<String> secrets() {
    return ComposeFile.secrets();
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void withoutASecretNothingStarts(String secret) {
    Map<String, String> fewer = new HashMap<>(variables);
    fewer.put(secret, "");

    assertThatThrownBy(() -> ComposeFile.render(fewer))
        .hasMessageStartingWith(secret + " is missing")
        .hasMessageContaining("openssl rand");
  }

  @Test
  void theExampleHoldsNoSecretAndNamesAllThatIsAskedFor() {
    String example = ComposeFile.text(ComposeFile.EXAMPLE);

    assertThat(secrets()).hasSize(7);
    assertThat(secrets()).allMatch(name -> example.contains("\n" + name + "=\n"));
    assertThat(ComposeFile.variables())
        .filteredOn(name -> !name.equals("IMAGE"))
        .allMatch(name -> example.matches("(?s).*\n#?" + name + "=.*"));
    assertThat(variables.keySet()).isSubsetOf(ComposeFile.variables());
    assertThat(ComposeFile.text(Path.of(".gitignore")).lines()).contains(".env");
  }

  /** Whatever is called a secret is one of those that were filled in. */
  @Test
  void noSecretIsWrittenDown() {
    Map<String, String> named = new TreeMap<>();
    for (String service : compose.services().keySet()) {
      compose.environment(service).forEach((name, value) -> named.put(service + " " + name, value));
    }
    named.keySet().removeIf(name -> !name.matches(".*(SECRET|PASSWORD|AUTH$|_KEY$).*"));
    named.keySet().removeIf(name -> name.endsWith("_ACCESS_KEY"));

    assertThat(named).hasSizeGreaterThan(15);
    assertThat(Set.copyOf(variables.values())).containsAll(named.values());
    assertThat(ComposeFile.text(ComposeFile.PATH)).doesNotContainPattern("requirepass [^\"]");
  }

  @Test
  void twoNodesAtTheEdgeAndTwoBehindItCoverAllRolesFromOneImage() {
    Map<String, List<String>> roles =
        compose.nodes().keySet().stream()
            .collect(Collectors.toMap(name -> name, name -> config(name).node().roles()));

    assertThat(roles)
        .containsEntry("edge-1", List.of("http", "bridge"))
        .containsEntry("edge-2", List.of("http", "bridge"))
        .containsEntry("core-1", List.of("persistence", "media"))
        .containsEntry("core-2", List.of("persistence", "media"))
        .hasSize(4);
    assertThat(compose.nodes().values().stream().map(node -> node.path("image").asText()))
        .containsOnly("parley");
    assertThat(compose.nodes().values())
        .allMatch(node -> Path.of(node.at("/build/dockerfile").asText()).equals(ImageFile.PATH));
  }

  /** It fails on a variable that Parley does not know, too. */
  @Test
  void everyNodeCanUseItsConfiguration() {
    assertThat(compose.nodes().keySet())
        .allSatisfy(
            name -> {
              Config config = config(name);
              assertThat(config.node().embedded()).isFalse();
              assertThat(config.cluster().members())
                  .containsExactlyInAnyOrderElementsOf(
                      compose.nodes().keySet().stream().map(node -> node + ":5701").toList());
              assertThat(config.http().port()).isEqualTo(8080);
            });
  }

  @Test
  void theStoresAreThoseThatTheNodesLookFor() {
    Config core = config("core-1");

    assertThat(core.log().inMongo()).isTrue();
    assertThat(compose.services())
        .containsKeys(
            core.postgres().host(), core.mongo().host(), core.redis().host(), "s3", "nginx");
    assertThat(core.s3().endpoint()).isEqualTo("http://s3:9000");
    assertThat(core.postgres().password().value())
        .isEqualTo(compose.environment("postgres").get("POSTGRES_PASSWORD"));
    assertThat(core.redis().password().value())
        .isEqualTo(compose.environment("redis").get("REDISCLI_AUTH"));
    assertThat(core.mongo().password().value())
        .isEqualTo(compose.environment("mongo-init").get("MONGO_PASSWORD"));
    assertThat(core.s3().secretKey().value())
        .isEqualTo(compose.environment("s3").get("MINIO_ROOT_PASSWORD"));
    assertThat(core.s3().accessKey()).isEqualTo(compose.environment("s3").get("MINIO_ROOT_USER"));
  }

  @Test
  void theReplicaSetIsTheSameEverywhere() {
    Config core = config("core-1");
    String script = ComposeFile.text(Path.of("k8s/with-stores/mongo-init.js"));

    assertThat(compose.service("mongo").path("command").toString())
        .contains("\"--replSet\",\"" + core.mongo().replicaSet() + "\"");
    assertThat(script)
        .contains("_id: '" + core.mongo().replicaSet() + "'")
        .contains("host: '" + core.mongo().host() + ":" + core.mongo().port() + "'")
        .contains("user: '" + core.mongo().user() + "'")
        .contains("db: '" + core.mongo().database() + "'")
        .contains("getSiblingDB('" + core.mongo().authDatabase() + "')");
  }

  @Test
  void whatIsAcknowledgedIsKeptInVolumes() {
    Map<String, String> places =
        Map.of(
            "postgres",
            "/var/lib/postgresql",
            "mongo",
            "/data/db",
            "redis",
            "/data",
            "s3",
            "/data");

    places.forEach(
        (service, place) ->
            assertThat(compose.service(service).path("volumes"))
                .as(service)
                .map(JsonNode::asText)
                .contains(service + ":" + place));
    assertThat(compose.root().path("volumes").fieldNames())
        .toIterable()
        .containsAll(places.keySet());
    assertThat(compose.service("redis").path("command").toString()).contains("--appendonly yes");
    assertThat(compose.service("postgres").path("command").toString())
        .contains("synchronous_commit=on");
  }

  @Test
  void onlyNginxIsPublishedAndThatToThisMachine() {
    compose
        .services()
        .forEach(
            (name, service) -> {
              boolean door = name.equals("nginx");
              assertThat(service.has("ports")).as(name).isEqualTo(door);
              assertThat(service.path("networks").toString())
                  .isEqualTo(door ? "[\"outer\",\"inner\"]" : "[\"inner\"]");
            });
    assertThat(compose.service("nginx").at("/ports/0").asText()).isEqualTo("127.0.0.1:8080:8080");
    assertThat(compose.root().at("/networks/inner/internal").asBoolean()).isTrue();
  }

  @Test
  void everythingIsWatchedLimitedAndStartedAgain() {
    Set<String> once = waitedFor(ONCE);

    assertThat(once).containsExactly("mongo-init");
    compose
        .services()
        .forEach(
            (name, service) -> {
              assertThat(service.path("mem_limit").asText()).as(name).matches("\\d+[mg]");
              assertThat(service.path("restart").asText())
                  .as(name)
                  .isEqualTo(once.contains(name) ? "on-failure" : "unless-stopped");
              assertThat(service.path("security_opt").toString()).contains("no-new-privileges");
              assertThat(service.at("/healthcheck/test").isArray())
                  .as(name)
                  .isEqualTo(!once.contains(name));
            });
  }

  @Test
  void whoeverIsWaitedForIsThereAndCanBeWaitedFor() {
    assertThat(compose.services().keySet())
        .containsAll(waitedFor(ONCE))
        .containsAll(waitedFor("service_healthy"));
    assertThat(waitedFor("service_healthy"))
        .contains("postgres", "mongo", "redis", "s3", "core-1", "core-2", "edge-1", "edge-2");
    assertThat(compose.service("core-1").path("depends_on").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("postgres", "mongo-init", "redis", "s3");
  }

  @Test
  void everyFileThatIsMountedIsThere() {
    Set<String> files = new TreeSet<>();
    compose
        .services()
        .values()
        .forEach(
            service ->
                service
                    .path("volumes")
                    .forEach(
                        volume -> {
                          if (volume.asText().startsWith("./")) {
                            files.add(volume.asText().split(":")[0]);
                            assertThat(volume.asText()).endsWith(":ro");
                          }
                        }));

    assertThat(files).hasSize(2).allSatisfy(file -> assertThat(Path.of(file)).exists());
  }

  @Test
  void everyImageIsPinned() {
    assertThat(compose.services())
        .allSatisfy(
            (name, service) ->
                assertThat(service.path("image").asText())
                    .matches("parley|[a-z][\\w./-]*:[\\w.-]*\\d[\\w.-]*"));
  }

  @Test
  void aNodeWritesNothingIntoItsImageAndNeedsNoPrivilege() {
    assertThat(compose.nodes().values())
        .allMatch(node -> node.path("read_only").asBoolean())
        .allMatch(node -> node.path("cap_drop").toString().equals("[\"ALL\"]"))
        .allMatch(node -> node.path("tmpfs").toString().contains("/tmp:exec"));
  }

  private Set<String> waitedFor(String condition) {
    Set<String> names = new TreeSet<>();
    compose
        .services()
        .values()
        .forEach(
            service ->
                service
                    .path("depends_on")
                    .properties()
                    .forEach(
                        other -> {
                          if (other.getValue().path("condition").asText().equals(condition)) {
                            names.add(other.getKey());
                          }
                        }));
    return names;
  }

  private Config config(String node) {
    Map<String, String> environment = new HashMap<>(ImageFile.read().environment());
    environment.putAll(compose.environment(node));
    LoadedConfig loaded = ConfigLoader.load(Optional.empty(), environment, Map.of());
    return loaded.config();
  }
}
