package io.parley.journeys;

import io.parley.fixtures.Processes;
import java.nio.file.Path;
import java.util.List;

/** Servers that still run on a data directory. */
final class Survivors {
  private Survivors() {}

  /** The command lines of all processes that name the directory or stand in it. */
  static List<String> of(Path data) {
    return ProcessHandle.allProcesses()
        .filter(process -> !process.equals(ProcessHandle.current()))
        .filter(process -> names(process, data) || Processes.standsIn(process, data))
        .map(process -> process.info().commandLine().orElse("process " + process.pid()))
        .toList();
  }

  private static boolean names(ProcessHandle process, Path data) {
    return process.info().commandLine().filter(line -> line.contains(data.toString())).isPresent();
  }
}
