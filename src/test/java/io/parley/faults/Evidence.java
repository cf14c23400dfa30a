package io.parley.faults;

import io.parley.cli.history.History;
import io.parley.cli.history.Violation;
import io.parley.cli.verify.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What speaks for a broken promise: everything its clients noted of that room, in a file. */
final class Evidence {
  private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);
  private static final Path FOLDER = Path.of("target", "faults");
  private static final int MOST = 5;

  private Evidence() {}

  static void keep(String row, Verification.Outcome outcome) {
    List<Violation> violations = outcome.violations().stream().limit(MOST).toList();
    if (violations.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    for (Violation each : violations) {
      lines.add(each.toString());
      outcome.histories().stream()
          .filter(history -> each.toString().contains(history.client()))
          .forEach(history -> lines.addAll(noted(history, each.room())));
    }
    try {
      Path file = FOLDER.resolve(row.replaceAll("\\W+", "-") + ".txt");
      Files.createDirectories(FOLDER);
      Files.write(file, lines);
      LOG.error("what the clients noted is in {}", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> noted(History history, String room) {
    return history.events().stream()
        .map(Object::toString)
        .filter(event -> event.contains(room) || !event.contains("room="))
        .map(event -> history.client() + " " + event)
        .toList();
  }
}
