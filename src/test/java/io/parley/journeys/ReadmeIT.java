package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.ParleyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** That the examples of README.md do what it says, against a real node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeIT {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Path MODULES = Path.of("src/main/web/node_modules");
  private static final int PATIENCE_SECONDS = 60;

  private ParleyProcess node;
  @TempDir private Path scratch;

  @BeforeAll
  void start(@TempDir Path data) {
    node = ParleyProcess.serve(data).start().awaitReady();
  }

  @AfterAll
  void stop() {
    node.terminate();
  }

  @Test
  void theExamplesTalkToEachOther() throws IOException, InterruptedException {
    String shell = block("sh").replace("http://localhost:8080", node.url());
    Path example = MODULES.resolve("readme-" + node.pid() + ".mjs");
    Files.writeString(example, block("js"));
    Path script = scratch.resolve("readme.sh");
    Files.writeString(
        script,
        "set -eu\n"
            + shell
            + "\nexport TOKEN ROOM\ntimeout 10 node "
            + example
            + " || [ $? = 124 ]\n"
            + "curl -sf \"$PARLEY/api/rooms/$ROOM/messages\" -H \"Authorization: Bearer $TOKEN\"\n");
    try {
      String output = run(script);

      assertThat(output)
          .contains("\"text\":\"Hello from a shell\"")
          .contains("stored as number ")
          .contains("Ada: Hello from a socket")
          .contains("\"text\":\"Hello from a socket\"");
    } finally {
      Files.delete(example);
    }
  }

  private String run(Path script) throws IOException, InterruptedException {
    Path output = scratch.resolve("output");
    Process shell =
        new ProcessBuilder("bash", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    shell.destroyForcibly();
    String text = Files.readString(output);
    assertThat(ended && shell.exitValue() == 0).as(text).isTrue();
    return text;
  }

  private static String block(String language) throws IOException {
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .filter(found -> found.group(1).equals(language))
            .map((MatchResult found) -> found.group(2))
            .toList();
    assertThat(blocks).as("blocks of " + language).hasSize(1);
    return blocks.get(0);
  }
}
