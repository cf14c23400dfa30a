package io.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.Config;
import io.parley.config.ConfigException;
import io.parley.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The image of a container, as far as it can be judged from its recipe. */
class ImageFileTest {
  private final ImageFile image = ImageFile.read();

  @Test
  void everyBaseIsPinned() {
    List<String> stages = image.all("FROM").stream().map(ImageFile.Step::stage).toList();

    assertThat(image.all("FROM"))
        .map(from -> from.arguments().get(0))
        .filteredOn(base -> !stages.contains(base) || base.contains(":"))
        .allMatch(base -> base.matches("[a-z][\\w./-]*:[\\w.-]*(\\d|bookworm)[\\w.-]*"))
        .hasSize(4);
  }

  @Test
  void whatIsCopiedFromTheSourcesIsThereAndReachesTheBuild() throws IOException {
    List<String> sources =
        image.all("COPY").stream()
            .filter(copy -> copy.option("from").isEmpty())
            .flatMap(copy -> copy.arguments().stream().limit(copy.arguments().size() - 1L))
            .toList();
    List<String> ignored = Files.readAllLines(Path.of(".dockerignore"));

    assertThat(sources).contains("pom.xml", "conf", "src", "src/main/docker/ready");
    assertThat(sources).allSatisfy(source -> assertThat(Path.of(source)).exists());
    assertThat(sources)
        .allMatch(source -> ignored.contains("!" + source.split("/")[0]))
        .noneMatch(ignored::contains);
    assertThat(ignored).contains("*", "src/main/web/node_modules", "src/main/web/dist");
  }

  @Test
  void whatTheEmbeddedServersNeedStaysOut() {
    List<String> copied =
        image.last("COPY").stream().map(ImageFile.Step::arguments).flatMap(List::stream).toList();

    assertThat(copied).contains("/src/target/lib/*.jar", "/src/target/parley.jar");
    assertThat(copied).noneMatch(path -> path.contains("embedded"));
    assertThat(copied)
        .filteredOn(path -> path.startsWith("/src/target"))
        .allMatch(
            path ->
                !FileSystems.getDefault()
                    .getPathMatcher("glob:" + path)
                    .matches(Path.of("/src/target/lib/embedded/s3proxy-4.1.0.jar")));
  }

  @Test
  void whatChangesOftenIsCopiedLast() {
    assertThat(image.last("COPY"))
        .map(ImageFile.Step::text)
        .containsSubsequence(
            "--from=java /opt/java /opt/java",
            "--from=build /src/target/lib/*.jar /parley/lib/",
            "--from=build /src/target/parley.jar /parley/")
        .last()
        .asString()
        .contains("parley.jar");
  }

  @Test
  void nobodyInTheImageIsRoot() {
    assertThat(image.only("USER").text()).matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
    assertThat(image.last("RUN")).isEmpty();
  }

  @Test
  void aStopIsToldToTheNodeItself() {
    assertThat(image.only("STOPSIGNAL").text()).isEqualTo("SIGTERM");
    assertThat(image.only("ENTRYPOINT").command())
        .startsWith("java")
        .endsWith("-jar", "/parley/parley.jar");
    assertThat(image.only("CMD").command()).containsExactly("serve");
  }

  @Test
  void itsHeapFollowsTheContainerAndItEndsWhenThatIsFull() {
    assertThat(image.only("ENTRYPOINT").command())
        .contains("-XX:MaxRAMPercentage=50.0", "-XX:+ExitOnOutOfMemoryError")
        .noneMatch(flag -> flag.startsWith("-Xmx"));
  }

  @Test
  void itListensWhereOthersReachItOnThePortsItNames() {
    Config usual = ConfigLoader.defaults();
    Map<String, String> environment = image.environment();

    assertThat(environment)
        .containsEntry("PARLEY_NODE_EMBEDDED", "false")
        .containsEntry("PARLEY_NODE_LOG_FORMAT", "json");
    assertThat(Stream.of("HTTP", "BRIDGE", "ADMIN", "CLUSTER"))
        .allMatch(edge -> environment.get("PARLEY_" + edge + "_HOST").equals("0.0.0.0"));
    assertThat(image.only("EXPOSE").arguments())
        .containsExactly(
            "" + usual.http().port(),
            "" + usual.bridge().port(),
            "" + usual.admin().port(),
            "" + usual.cluster().port(),
            "" + usual.cluster().busPort());
  }

  @Test
  void itStartsOnlyWithSecretsOfItsOwn() {
    Map<String, String> environment = image.environment();

    assertThat(environment.keySet()).noneMatch(name -> name.matches(".*(SECRET|PASSWORD|KEY).*"));
    assertThat(problems(environment))
        .anyMatch(problem -> problem.startsWith("auth.jwtSecret"))
        .anyMatch(problem -> problem.startsWith("cluster.secret"));
  }

  private static Collection<String> problems(Map<String, String> environment) {
    try {
      ConfigLoader.load(Optional.empty(), environment, Map.of());
      return List.of();
    } catch (ConfigException wrong) {
      return wrong.problems().stream().map(Object::toString).toList();
    }
  }
}
