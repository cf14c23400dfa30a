package io.parley.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.fixtures.Leaks;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.ProcessLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say, show and search for stands in no log, however it comes and whatever fails. */
class CanaryIT {
  private static final String SAID = "a c4n4ry sang";
  private static final String TOKEN =
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";

  @TempDir private Path dir;

  @Test
  void aLeakIsFoundInWhateverDress() throws IOException {
    String encoded = Base64.getEncoder().encodeToString(SAID.getBytes(StandardCharsets.UTF_8));
    List<String> leaks =
        List.of(
            "somebody said " + SAID,
            "GET /api/users?query=a+c4n4ry+sang",
            "body A C4N4RY SANG",
            "frame " + encoded,
            "Authorization: Bearer " + TOKEN,
            "refresh prt_" + "x".repeat(43),
            "hash $argon2id$v=19$m=19456",
            "PUT https://media/x?X-Amz-Signature=abcdef");
    Path log = Files.write(dir.resolve("log"), leaks);

    assertThat(new Leaks(List.of(SAID)).in(log)).hasSize(leaks.size());
    assertThat(new Leaks(List.of(SAID)).in(Files.write(log, List.of("all is well")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {SAID, TOKEN})
  void aProgramThatLeaksIsFoundOut(String secret) {
    ParleyProcess.command("serve", dir)
        .main(Leaking.class)
        .env("PLANTED", secret)
        .start()
        .awaitExit();

    assertThatThrownBy(ProcessLogs::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("target/process-logs/")
        .hasMessageNotContaining(secret);
  }

  @Test
  void aNodeThatIsUsedAndThatFailsKeepsEverythingToItself() throws Exception {
    Path data = Files.createDirectory(dir.resolve("data"));
    List<String> output;
    try (CanaryLife life = new CanaryLife(data)) {
      life.people();
      life.sockets();
      life.nonsense();
      life.brokenStore();
      life.frozenStore();
      life.people();
      output = life.end();
      assertThat(life.leaks()).isEmpty();
    }

    assertThat(output).as("something was logged").hasSizeGreaterThan(3);
    assertThat(output).as("failures as well").anyMatch(line -> line.contains("ERROR"));
  }
}
