package io.parley.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Stream;

/** What processes have used of the processors. */
final class Cpu {
  private Cpu() {}

  /** User and system seconds so far of these processes and all that they have started. */
  static double seconds(Collection<Long> pids) {
    return pids.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(used -> used.toNanos() / 1e9)
        .sum();
  }
}
