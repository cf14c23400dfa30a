package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.EmptyNode;
import io.parley.fixtures.ParleyProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests leave nothing running, however their JVM ends. */
class ProcessesIT {
  @TempDir private Path dir;

  /** A JVM of tests that starts servers and does not stop them. */
  static final class Forgetful {
    public static void main(String[] args) throws InterruptedException {
      ParleyProcess.command("stores", Path.of(args[0]))
          .main(EmptyNode.class)
          .start()
          .awaitLine("The stores are ready");
      System.out.println("started");
      if (args[1].equals("fails")) {
        throw new AssertionError("a test failed");
      }
      new CountDownLatch(1).await();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fails", "is stopped"})
  void nothingOutlivesATestJvmThat(String ending) throws Exception {
    Path data = dir.resolve("data");
    Process tests =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Forgetful.class.getName(),
                data.toString(),
                ending)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(firstLine(tests)).isEqualTo("started");
    if (ending.equals("is stopped")) {
      tests.toHandle().destroy();
    }

    assertThat(tests.waitFor()).isNotZero();

    assertThat(Survivors.of(data)).isEmpty();
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return lines.readLine();
  }
}
