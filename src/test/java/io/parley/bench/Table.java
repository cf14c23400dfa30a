package io.parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lines of a table of {@code BENCHMARKS.md}, kept in {@code target/bench/} as they come. */
final class Table {
  private static final Logger LOG = LoggerFactory.getLogger(Table.class);
  private static final Path HOME = Path.of("target", "bench");

  private final Path file;
  private final List<String> lines = new ArrayList<>();

  Table(String name, String settings, String... columns) {
    this.file = HOME.resolve(name + ".md");
    lines.add(
        String.format(
            Locale.ROOT,
            "%s, %d processors, %s %s, Java %s; %s",
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version(),
            settings));
    lines.add("");
    lines.add("| " + String.join(" | ", columns) + " |");
    lines.add("|" + "---|".repeat(columns.length));
  }

  void row(String format, Object... values) {
    String row = String.format(Locale.ROOT, format, values);
    LOG.warn(row); // shown while it is measured
    lines.add(row);
    try {
      Files.createDirectories(HOME);
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
