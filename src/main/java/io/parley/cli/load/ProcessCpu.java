package io.parley.cli.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What processes have used so far, from {@code /proc}; nothing where there is no such thing. */
final class ProcessCpu {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  private ProcessCpu() {}

  /** CPU seconds, user and system, of these processes together. */
  static double seconds(List<Long> pids) {
    return pids.stream().mapToDouble(ProcessCpu::seconds).sum();
  }

  /** All processes that descend from one. */
  static List<Long> descendants(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(process -> process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  /** Resident memory in bytes. */
  static long residentBytes(long pid) {
    return read(pid, "statm").map(text -> Long.parseLong(text.split(" ")[1]) * 4096).orElse(0L);
  }

  private static double seconds(long pid) {
    return read(pid, "stat").map(ProcessCpu::ticks).orElse(0.0) / TICKS_PER_SECOND;
  }

  private static double ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Double.parseDouble(fields[USER_TICKS]) + Double.parseDouble(fields[SYSTEM_TICKS]);
  }

  private static Optional<String> read(long pid, String file) {
    try {
      return Optional.of(Files.readString(Path.of("/proc", String.valueOf(pid), file)));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
