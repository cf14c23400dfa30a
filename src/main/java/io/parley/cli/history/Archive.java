package io.parley.cli.history;

import io.parley.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A directory that keeps a run as lines of JSON: a file for each client, and one for what the store
 * had at the end.
 */
public final class Archive {
  private static final String SUFFIX = ".jsonl";
  private static final String STORE = "store" + SUFFIX;

  private final Path directory;

  public Archive(Path directory) {
    this.directory = directory;
  }

  /** An entry of a room's log as it is kept. */
  private record Stored(String room, Entry entry) {}

  /** A file for a client's history; one that is there already is refused. */
  public Writer history(String client) {
    try {
      Files.createDirectories(directory);
      return Files.newBufferedWriter(
          directory.resolve(client + SUFFIX), StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps what the store has. */
  public void keep(Collection<RoomLog> logs) {
    try (Writer lines = Files.newBufferedWriter(directory.resolve(STORE))) {
      for (RoomLog log : logs) {
        for (Entry entry : log.entries()) {
          lines.write(Json.write(new Stored(log.room(), entry)) + '\n');
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a run is kept here that came to its end. */
  public boolean complete() {
    return Files.isRegularFile(directory.resolve(STORE));
  }

  /** All histories, by name. */
  public List<History> histories() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX) && !file.endsWith(STORE))
          .sorted()
          .map(file -> new History(lines(file, Event.class)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the store had. */
  public List<RoomLog> logs() {
    Map<String, List<Entry>> rooms = new LinkedHashMap<>();
    for (Stored line : lines(directory.resolve(STORE), Stored.class)) {
      rooms.computeIfAbsent(line.room(), unknown -> new ArrayList<>()).add(line.entry());
    }
    return rooms.entrySet().stream()
        .map(room -> new RoomLog(room.getKey(), room.getValue()))
        .toList();
  }

  private static <T> List<T> lines(Path file, Class<T> type) {
    try {
      List<T> values = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        values.add(Json.mapper().readValue(line, type));
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
