package io.parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How often threads had nothing to do and went to sleep: somebody else pays for waking them. */
final class Sleeps {
  private static final String VOLUNTARY = "voluntary_ctxt_switches:";

  private Sleeps() {}

  /** Of all threads of this process so far that are there still. */
  static long ofThisProcess() {
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      return threads.mapToLong(thread -> of(thread.resolve("status"))).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long of(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(VOLUNTARY))
          .mapToLong(line -> Long.parseLong(line.substring(VOLUNTARY.length()).trim()))
          .sum();
    } catch (NoSuchFileException ended) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
