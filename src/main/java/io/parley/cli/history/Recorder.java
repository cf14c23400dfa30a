package io.parley.cli.history;

import io.parley.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Where one client writes what it does and is told, at once and in order. For one thread. */
public final class Recorder implements AutoCloseable {
  private final Writer lines;
  private final List<Event> events = new ArrayList<>();

  /**
   * @param lines where each event is also written as a line of JSON
   */
  public Recorder(Writer lines) {
    this.lines = lines;
  }

  public void add(Event event) {
    events.add(event);
    try {
      lines.write(Json.write(event) + '\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of it so far. */
  public History history() {
    return new History(events);
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
