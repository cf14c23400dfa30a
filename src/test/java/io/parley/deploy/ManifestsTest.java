package io.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.Config;
import io.parley.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl apply -k} would make. */
class ManifestsTest {
  private static final String FILE = "_FILE";

  private final Manifests base = Manifests.of(Manifests.HOME.resolve("base"));
  private final Manifests whole = Manifests.of(Manifests.HOME.resolve("with-stores"));
  @TempDir private Path secrets;

  @Test
  void noFileIsForgotten() {
    assertThat(base.forgotten()).isEmpty();
    assertThat(whole.forgotten()).isEmpty();
  }

  /** It fails on a variable that Parley does not know, too. */
  @Test
  void everyNodeCanUseItsConfiguration() throws IOException {
    Config edge = config("edge");
    Config core = config("core");

    assertThat(edge.node().embedded()).isFalse();
    assertThat(edge.node().roles()).containsExactly("http", "bridge");
    assertThat(core.node().roles()).containsExactly("persistence", "media");
    assertThat(core.log().inMongo()).isTrue();
    assertThat(edge.cluster().dns())
        .isEqualTo(core.cluster().dns())
        .isEqualTo(Manifests.name(base.one("Service", "parley-nodes")));
    assertThat(edge.cluster().insecure()).isFalse();
    assertThat(core.postgres().password().value()).isEqualTo("secret of POSTGRES_PASSWORD");
    assertThat(environment("edge").keySet()).noneMatch(name -> name.startsWith("PARLEY_POSTGRES"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "core"})
  void whatAConfigurationNamesIsMounted(String node) {
    JsonNode workload = base.one("Deployment", node);
    List<String> places =
        Manifests.containers(workload).get(0).path("volumeMounts").findValuesAsText("mountPath");

    assertThat(environment(node).values().stream().filter(each -> each.startsWith("/run/")))
        .hasSizeGreaterThanOrEqualTo(5)
        .allMatch(file -> places.contains(Path.of(file).getParent().toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "core"})
  void aNodeIsLookedAtWhereItSaysHowItIsAndHasTimeToGo(String node) throws IOException {
    JsonNode workload = base.one("Deployment", node);
    JsonNode container = Manifests.containers(workload).get(0);
    Config config = config(node);

    assertThat(ports(workload))
        .containsEntry("admin", config.admin().port())
        .containsEntry("cluster", config.cluster().port())
        .containsEntry("bus", config.cluster().busPort());
    for (String probe : List.of("startup", "readiness", "liveness")) {
      JsonNode get = container.path(probe + "Probe").path("httpGet");
      assertThat(get.path("port").asText()).isEqualTo("admin");
      assertThat(get.path("path").asText())
          .isEqualTo(
              Map.of("startup", "/startupz", "readiness", "/readyz").getOrDefault(probe, "/livez"));
    }
    assertThat(Manifests.pod(workload).path("terminationGracePeriodSeconds").asLong())
        .isGreaterThan(config.node().drain().toSeconds());
  }

  @Test
  void whoIsLedToIsThere() throws IOException {
    for (JsonNode service : whole.all("Service")) {
      List<JsonNode> behind = selected(service.at("/spec/selector"));
      assertThat(behind).as(Manifests.name(service)).isNotEmpty();
      for (JsonNode port : service.at("/spec/ports")) {
        assertThat(behind)
            .allMatch(each -> ports(each).containsKey(port.path("targetPort").asText()));
      }
    }
    for (JsonNode backend :
        whole.all("Ingress").stream()
            .flatMap(each -> each.findValues("service").stream())
            .toList()) {
      JsonNode service = whole.one("Service", backend.path("name").asText());
      assertThat(service.at("/spec/ports").findValuesAsText("name"))
          .contains(backend.at("/port/name").asText());
    }
    Config core = config("core");
    assertThat(whole.all("Service").stream().map(Manifests::name))
        .contains(core.postgres().host(), core.mongo().host(), core.redis().host(), "s3");
  }

  @Test
  void whoeverMayBeReachedExistsAndNobodyElseIs() {
    for (JsonNode policy : whole.all("NetworkPolicy")) {
      JsonNode selector = policy.at("/spec/podSelector/matchLabels");
      List<JsonNode> pods = selected(selector);
      assertThat(pods).as(Manifests.name(policy)).isNotEmpty();
      for (JsonNode rule : policy.at("/spec/ingress")) {
        rule.path("ports")
            .forEach(
                port ->
                    assertThat(pods)
                        .anyMatch(each -> ports(each).containsKey(port.path("port").asText())));
        assertThat(rule.path("from")).isNotEmpty();
      }
    }
    assertThat(base.one("NetworkPolicy", "nobody").at("/spec/podSelector")).isEmpty();
    assertThat(base.one("NetworkPolicy", "nobody").at("/spec/ingress").isMissingNode()).isTrue();
  }

  @Test
  void eachWorkloadSelectsItsOwnPodsAndIsConfined() {
    assertThat(whole.workloads()).hasSize(7);
    for (JsonNode workload : whole.workloads()) {
      JsonNode pod = Manifests.pod(workload);
      JsonNode wanted = workload.at("/spec/selector/matchLabels");
      wanted
          .properties()
          .forEach(
              label ->
                  assertThat(workload.at("/spec/template/metadata/labels").get(label.getKey()))
                      .isEqualTo(label.getValue()));
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
      assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
      for (JsonNode container : Manifests.containers(workload)) {
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
            .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(container.path("image").asText()).matches("parley|[\\w/]+:[\\w.-]*\\d[\\w.-]*");
      }
    }
    assertThat(base.workloads())
        .allMatch(
            each ->
                Manifests.containers(each)
                    .get(0)
                    .at("/securityContext/readOnlyRootFilesystem")
                    .asBoolean());
  }

  @Test
  void noSecretIsWrittenDown() {
    assertThat(whole.all("Secret")).isEmpty();
    for (JsonNode workload : whole.workloads()) {
      for (JsonNode container : Manifests.containers(workload)) {
        for (JsonNode variable : container.path("env")) {
          boolean secret = variable.path("name").asText().matches(".*(SECRET|PASSWORD|AUTH|KEY).*");
          assertThat(secret && variable.has("value")).as(variable.toString()).isFalse();
        }
      }
    }
    assertThat(environment("core").entrySet())
        .filteredOn(each -> each.getKey().matches(".*(SECRET|PASSWORD|ACCESS_KEY).*"))
        .hasSize(7)
        .allMatch(each -> each.getKey().endsWith(FILE));
  }

  /** With the tool itself, where it is. */
  @ParameterizedTest
  @ValueSource(strings = {"base", "with-stores"})
  void kustomizeRendersIt(String directory, @TempDir Path empty) throws Exception {
    boolean there =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "kubectl")));
    assumeTrue(there, "kubectl is not installed");
    Path out = empty.resolve("out.yaml");
    Process kubectl =
        new ProcessBuilder("kubectl", "kustomize", Manifests.HOME.resolve(directory).toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();

    assertThat(kubectl.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(kubectl.exitValue()).as(Files.readString(out)).isZero();
    assertThat(Files.readString(out)).contains("image: parley:latest");
  }

  private List<JsonNode> selected(JsonNode labels) {
    return whole.workloads().stream()
        .filter(
            each ->
                labels.properties().stream()
                    .allMatch(
                        label ->
                            label
                                .getValue()
                                .equals(
                                    each.at("/spec/template/metadata/labels").get(label.getKey()))))
        .toList();
  }

  private static Map<String, Integer> ports(JsonNode workload) {
    return Manifests.containers(workload).stream()
        .flatMap(each -> StreamSupport.stream(each.path("ports").spliterator(), false))
        .collect(
            Collectors.toMap(
                each -> each.path("name").asText(), each -> each.path("containerPort").asInt()));
  }

  /** What a node finds in its environment, besides what its image says. */
  private Map<String, String> environment(String node) {
    Map<String, String> environment = new HashMap<>();
    JsonNode container = Manifests.containers(base.one("Deployment", node)).get(0);
    Set<String> maps = new HashSet<>(container.path("envFrom").findValuesAsText("name"));
    maps.forEach(map -> environment.putAll(base.variables(map)));
    return environment;
  }

  private Config config(String node) throws IOException {
    Map<String, String> all = new HashMap<>(ImageFile.read().environment());
    for (Map.Entry<String, String> each : environment(node).entrySet()) {
      String value = each.getValue();
      if (each.getKey().endsWith(FILE)) {
        Path file = secrets.resolve(Path.of(value).getFileName());
        String secret = "secret of " + file.getFileName();
        Files.writeString(file, value.contains("/node/") ? secret.repeat(4) : secret);
        value = file.toString();
      }
      all.put(each.getKey(), value);
    }
    String roles = Manifests.containers(base.one("Deployment", node)).get(0).at("/args/2").asText();
    return ConfigLoader.load(Optional.empty(), all, Map.of("node.roles", roles)).config();
  }
}
