package io.parley.cli;

import io.parley.json.Json;
import io.parley.stores.embedded.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node that runs on a data directory, as it says itself in {@code nodes/<pid>.json}.
 *
 * @param started when its process started, so that a reused pid is not taken for it
 * @param ready whether it serves; until then its ports may be 0
 */
record NodeFile(
    long pid,
    Instant started,
    boolean ready,
    boolean standalone,
    int httpPort,
    int bridgePort,
    int adminPort,
    int clusterPort) {
  private static final Duration BLUR = Duration.ofSeconds(2);

  /** The nodes that live; what dead ones left is removed. */
  static List<NodeFile> living(DataDirectory data) {
    if (!Files.isDirectory(data.nodes())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(data.nodes())) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .flatMap(file -> read(file).stream())
          .toList();
    } catch (IOException e) {
      throw new CommandFailure("cannot list " + data.nodes() + ": " + e.getMessage());
    }
  }

  void write(DataDirectory data) {
    try {
      DataDirectory.makePrivate(data.nodes());
      DataDirectory.writePrivate(path(data), Json.write(this));
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + path(data) + ": " + e.getMessage());
    }
  }

  void remove(DataDirectory data) {
    try {
      Files.deleteIfExists(path(data));
    } catch (IOException e) {
      throw new CommandFailure("cannot remove " + path(data) + ": " + e.getMessage());
    }
  }

  /** When this process started. */
  static Instant processStart() {
    return ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);
  }

  private Path path(DataDirectory data) {
    return data.nodes().resolve(pid + ".json");
  }

  private boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().startInstant())
        .filter(start -> Duration.between(start, started).abs().compareTo(BLUR) < 0)
        .isPresent();
  }

  private static Optional<NodeFile> read(Path file) {
    try {
      NodeFile node = Json.mapper().readValue(Files.readAllBytes(file), NodeFile.class);
      if (!node.isAlive()) {
        Files.deleteIfExists(file);
        return Optional.empty();
      }
      return Optional.of(node);
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CommandFailure(file + " is damaged; remove it: " + e.getMessage());
    }
  }
}
