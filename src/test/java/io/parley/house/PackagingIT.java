package io.parley.house;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build delivers: a thin jar, its libraries, and apart from them the embedded servers. */
class PackagingIT {
  private static final Path TARGET = Path.of("target");
  private static final Path LIB = TARGET.resolve("lib");
  private static final Path EMBEDDED = LIB.resolve("embedded");
  private static final long MOST_BYTES = 4L << 20;
  private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"/([^\"]+)\"");

  private JarFile jar;

  @BeforeEach
  void open() throws IOException {
    jar = new JarFile(TARGET.resolve("parley.jar").toFile());
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  @Test
  void theJarHoldsWhatIsOursAndNothingElse() throws IOException {
    assertThat(jar.stream().map(Object::toString).filter(name -> name.endsWith(".class")))
        .allMatch(name -> name.startsWith("io/parley/"))
        .contains("io/parley/Main.class");
    assertThat(Files.size(TARGET.resolve("parley.jar"))).isLessThan(MOST_BYTES);
    assertThat(text("parley.yaml")).isEqualTo(Files.readString(Path.of("conf/parley.yaml")));
  }

  @Test
  void theAppIsWholeAndInTheJar() throws IOException {
    Matcher assets = ASSET.matcher(text("web/index.html"));
    List<String> named = assets.results().map(found -> found.group(1)).toList();

    assertThat(named).anyMatch(name -> name.endsWith(".js"));
    assertThat(named).allMatch(name -> jar.getEntry("web/" + name) != null);
  }

  /** The same sources give the same bytes, whenever they are built. */
  @Test
  void nothingInTheJarTellsWhenOrByWhomItWasBuilt() throws IOException {
    Set<Instant> times =
        jar.stream().map(entry -> entry.getLastModifiedTime().toInstant()).collect(toSet());

    assertThat(times).hasSize(1);
    assertThat(manifest().getValue("Created-By")).isEqualTo("Maven");
    assertThat(manifest().keySet().stream().map(String::valueOf))
        .doesNotContain("Build-Jdk", "Built-By", "Build-Time");
  }

  @Test
  void theJarStartsWithWhatTheTestsRanWith() throws IOException {
    assertThat(manifest().getValue("Main-Class")).isEqualTo("io.parley.Main");
    assertThat(manifest().getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
    assertThat(words("Add-Opens")).containsExactlyInAnyOrderElementsOf(given("--add-opens"));
    assertThat(words("Add-Exports")).containsExactlyInAnyOrderElementsOf(given("--add-exports"));
  }

  @Test
  void theClassPathNamesEveryLibraryThereIsOnce() throws IOException {
    List<String> named = words("Class-Path");

    assertThat(named).doesNotHaveDuplicates();
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    jars(LIB).stream().map(name -> "lib/" + name),
                    jars(EMBEDDED).stream().map(name -> "lib/embedded/" + name))
                .toList());
  }

  @Test
  void whatOnlyTheEmbeddedServersNeedLiesApart() throws IOException {
    DependencyTree tree = DependencyTree.read(TARGET.resolve("dependency-tree.txt"));
    Set<String> production = tree.jarsBelow(root -> !embedded(root));
    Set<String> all = tree.jarsBelow(root -> true);

    assertThat(tree.roots()).filteredOn(PackagingIT::embedded).hasSize(4);
    assertThat(jars(LIB)).containsExactlyInAnyOrderElementsOf(production);
    assertThat(jars(EMBEDDED))
        .doesNotContainAnyElementsOf(production)
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(name -> !production.contains(name)).toList());
  }

  @Test
  void withoutTheEmbeddedServersItSaysWhatToDo(@TempDir Path elsewhere) throws Exception {
    Path home = Files.createDirectories(elsewhere.resolve("lib")).getParent();
    Files.copy(TARGET.resolve("parley.jar"), home.resolve("parley.jar"));
    for (String name : jars(LIB)) {
      Files.createSymbolicLink(home.resolve("lib").resolve(name), LIB.resolve(name).toRealPath());
    }
    Process serve =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                home.resolve("parley.jar").toString(),
                "serve",
                "--http-port=0",
                "--bridge-port=0",
                "--admin-port=0",
                "--data=" + home.resolve("data"))
            .redirectErrorStream(true)
            .start();
    String said = new String(serve.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(serve.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(serve.exitValue()).isEqualTo(1);
    assertThat(said.lines())
        .singleElement()
        .asString()
        .startsWith("parley: this installation has no embedded PostgreSQL")
        .contains("PARLEY_NODE_EMBEDDED=false");
  }

  private static boolean embedded(String root) {
    return root.startsWith("io.zonky.test")
        || root.startsWith("com.github.codemonstur:")
        || root.startsWith("org.gaul:");
  }

  /** The packages of arguments such as {@code --add-opens java.base/java.nio=ALL-UNNAMED}. */
  private static List<String> given(String option) {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith(option + "="))
        .map(argument -> argument.substring(option.length() + 1).replace("=ALL-UNNAMED", ""))
        .toList();
  }

  private static Set<String> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .collect(toSet());
    }
  }

  private List<String> words(String attribute) throws IOException {
    return List.of(manifest().getValue(attribute).split(" "));
  }

  private Attributes manifest() throws IOException {
    return jar.getManifest().getMainAttributes();
  }

  private String text(String entry) throws IOException {
    return new String(
        jar.getInputStream(jar.getJarEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
  }
}
