package io.parley.log;

import io.parley.config.LogConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What goes into one write. */
final class Batch {

  /**
   * An append and the place it would get.
   *
   * @param state what it makes of the message that it changes
   */
  record Line(OpenLog log, Pending pending, Entry entry, Optional<MessageState> state) {}

  private final int maxEntries;
  private final long maxBytes;
  private final int maxLogs;
  private final List<Line> lines = new ArrayList<>();
  private final Set<OpenLog> logs = new LinkedHashSet<>();
  private long bytes;
  private boolean closed;
  private boolean oneLog;

  Batch(LogConfig config, int maxLogs) {
    maxEntries = config.batchEntries();
    maxBytes = config.batchBytes().bytes();
    this.maxLogs = maxLogs;
  }

  /** Whether this one may go in beside what is there already. */
  boolean takes(OpenLog log, Pending pending) {
    if (lines.isEmpty()) {
      return true;
    }
    boolean room = !closed && lines.size() < maxEntries && bytes + pending.bytes() <= maxBytes;
    return room && (logs.contains(log) ? fitsBeside(pending) : fitsBesideOthers(pending));
  }

  private boolean fitsBeside(Pending pending) {
    return switch (pending.company()) {
      case ANY -> true;
      case ITS_LOG -> logs.size() == 1;
      case ALONE -> false;
    };
  }

  private boolean fitsBesideOthers(Pending pending) {
    return !oneLog && logs.size() < maxLogs && pending.company() == Pending.Company.ANY;
  }

  void add(Line line) {
    Pending pending = line.pending();
    lines.add(line);
    logs.add(line.log());
    bytes += pending.bytes();
    closed = closed || pending.company() == Pending.Company.ALONE;
    oneLog = oneLog || pending.company() == Pending.Company.ITS_LOG;
  }

  /** In the order in which it is written; within a log, the order of places. */
  List<Line> lines() {
    lines.sort(Comparator.comparing(Line::entry, LogStore.ORDER));
    return lines;
  }

  private record Message(LogId log, long seq) {}

  /** What becomes of earlier messages, within a log by the age of their last change. */
  List<Revised> revised() {
    Map<Message, Revised> latest = new LinkedHashMap<>();
    for (Line line : lines()) {
      if (line.state().isPresent()) {
        Message message = new Message(line.entry().log(), line.entry().target().orElseThrow());
        latest.remove(message);
        latest.put(message, new Revised(message.log, message.seq, line.state().get()));
      }
    }
    return List.copyOf(latest.values());
  }

  Set<OpenLog> logs() {
    return logs;
  }

  /** After this batch was refused: how the same entries must be tried next. */
  Pending.Company apart() {
    return logs.size() > 1 ? Pending.Company.ITS_LOG : Pending.Company.ALONE;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  int size() {
    return lines.size();
  }
}
