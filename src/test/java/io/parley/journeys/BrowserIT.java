package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.Chromium;
import io.parley.fixtures.FreePorts;
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
  private static final int PATIENCE_MINUTES = 15;

  @Test
  @Timeout(value = PATIENCE_MINUTES, unit = TimeUnit.MINUTES)
  void theAppDoesWhatItShould(@TempDir Path data) throws IOException, InterruptedException {
    // Links in mails lead to where the browser goes, and the mails to where the suite takes them.
    int gate = FreePorts.one();
    int mail = FreePorts.one();
    // Rooms are filled by a few people, faster than people write.
    try (ParleyProcess node =
        ParleyProcess.serve(data)
            .withoutRates()
            .env("PARLEY_BRIDGE_MAX_SOCKETS_PER_USER", "100")
            .env("PARLEY_HTTP_PUBLIC_URL", "http://127.0.0.1:" + gate)
            .env("PARLEY_MAIL_HOST", "127.0.0.1")
            .env("PARLEY_MAIL_PORT", String.valueOf(mail))
            .env("PARLEY_MAIL_FROM", "chat@example.org")
            .env("PARLEY_MAIL_TLS", "none")
            .start()
            .awaitReady()) {
      Process suite = start(node, gate, mail);
      try {
        List<String> output = follow(suite);
        assertThat(suite.waitFor()).as(failures(output)).isZero();
      } finally {
        suite.descendants().forEach(ProcessHandle::destroy);
        suite.destroy();
      }
    }
  }

  private static Process start(ParleyProcess node, int gate, int mail) throws IOException {
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
                "PARLEY_GATE_PORT",
                String.valueOf(gate),
                "PARLEY_MAIL_PORT",
                String.valueOf(mail),
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
