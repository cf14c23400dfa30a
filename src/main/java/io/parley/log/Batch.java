package io.parley.log;

import io.parley.config.LogConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What goes into one write. */
final class Batch {

  /** An append and the place it would get. */
  record Line(OpenLog log, Pending pending, Entry entry) {}

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

  void add(OpenLog log, Pending pending, Entry entry) {
    lines.add(new Line(log, pending, entry));
    logs.add(log);
    bytes += pending.bytes();
    closed = closed || pending.company() == Pending.Company.ALONE;
    oneLog = oneLog || pending.company() == Pending.Company.ITS_LOG;
  }

  /** In the order in which it is written; within a log, the order of places. */
  List<Line> lines() {
    lines.sort(Comparator.comparing(Line::entry, LogStore.ORDER));
    return lines;
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
