package io.parley.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What came of each fault, as lines of a table in {@code target/faults.md}. */
final class FaultTable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultTable.class);
  private static final Path FILE = Path.of("target", "faults.md");
  private static final String HEAD =
      """
      | fault | fired | posts sent / acknowledged | sent again | resumed | broken promises | recovery ms | longest pause ms | p99 ms |
      |---|---|---|---|---|---|---|---|---|
      """;

  private FaultTable() {}

  /**
   * A row.
   *
   * @param fired how often the fault happened
   * @param recovery microseconds until posts flowed again in the slowest room
   * @param pause the longest time in microseconds in which somebody waited in a room and nobody was
   *     answered
   * @param slow microseconds from the first attempt within which 99 % of the posts were
   *     acknowledged
   */
  record Row(
      String name,
      long fired,
      int sent,
      int acknowledged,
      int retried,
      int resumed,
      int violations,
      OptionalLong recovery,
      long pause,
      long slow) {

    /** Times are told, not judged: a busy machine proves nothing. */
    void compare(Duration goal) {
      long millis = recovery.orElse(0) / 1_000;
      if (millis > goal.toMillis()) {
        LOG.warn("{}: recovered in {} ms, and the goal is {} ms", name, millis, goal.toMillis());
      }
    }

    private String line() {
      return String.format(
          Locale.ROOT,
          "| %s | %,d | %,d / %,d | %,d | %,d | %d | %,d | %,d | %,d |%n",
          name,
          fired,
          sent,
          acknowledged,
          retried,
          resumed,
          violations,
          recovery.orElse(0) / 1_000,
          pause / 1_000,
          slow / 1_000);
    }
  }

  /** Adds a row; the first of a build begins the table. */
  static synchronized void add(Row row) {
    LOG.info("{}", row.line().strip());
    try {
      if (!Files.exists(FILE)) {
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, HEAD);
      }
      Files.write(FILE, List.of(row.line().strip()), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
