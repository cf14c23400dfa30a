package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.Chromium;
import io.parley.fixtures.NeedsChromium;
import io.parley.fixtures.ParleyProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The app, in a real browser, against a real node: what {@code npm run browser} tries. */
@NeedsChromium
class BrowserIT {
  private static final Path WEB = Path.of("src/main/web");
  private static final int PATIENCE_MINUTES = 8;

  @Test
  @Timeout(value = PATIENCE_MINUTES, unit = TimeUnit.MINUTES)
  void theAppDoesWhatItShould(@TempDir Path data) throws IOException, InterruptedException {
    // Rooms are filled by a few people, faster than people write.
    try (ParleyProcess node =
        ParleyProcess.serve(data)
            .withoutRates()
            .env("PARLEY_BRIDGE_MAX_SOCKETS_PER_USER", "100")
            .start()
            .awaitReady()) {
      Process suite = start(node);
      try {
        List<String> output = follow(suite);
        assertThat(suite.waitFor()).as(failures(output)).isZero();
      } finally {
        suite.descendants().forEach(ProcessHandle::destroy);
        suite.destroy();
      }
    }
  }

  private static Process start(ParleyProcess node) throws IOException {
    ProcessBuilder suite =
        new ProcessBuilder("npm", "run", "browser", "--silent")
            .directory(WEB.toFile())
            .redirectErrorStream(true);
    suite
        .environment()
        .putAll(
            Map.of(
                "PARLEY_URL",
                node.url(),
                Chromium.VARIABLE,
                Chromium.find().orElseThrow().toString(),
                "NO_COLOR",
                "1"));
    return suite.start();
  }

  /** Passes on each line as it comes. */
  private static List<String> follow(Process suite) throws IOException {
    List<String> output = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(suite.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println("[browser] " + line);
        output.add(line);
      }
    }
    return output;
  }

  /** From the first failure on, or all of it, when it did not come that far. */
  private static String failures(List<String> output) {
    int first = 0;
    for (int i = output.size() - 1; i >= 0; i--) {
      if (output.get(i).contains("Failed ")) {
        first = i;
      }
    }
    return String.join("\n", output.subList(first, output.size()));
  }
}
