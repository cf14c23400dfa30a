package io.parley.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What was done that somebody may have to look into.
 *
 * @param retention how long it is kept
 * @param addresses how long it is kept where it was done from
 */
public record AuditConfig(Duration retention, Duration addresses) {
  private static final Duration LEAST = Duration.ofDays(2);

  /** What must hold between the two, and of each. */
  List<ConfigProblem> problems() {
    List<ConfigProblem> problems = new ArrayList<>();
    if (retention.compareTo(LEAST) < 0) {
      problems.add(
          new ConfigProblem("audit.retention", "must be at least " + LEAST.toDays() + "d"));
    }
    if (addresses.compareTo(retention) > 0) {
      problems.add(new ConfigProblem("audit.addresses", "must not be longer than audit.retention"));
    }
    return problems;
  }
}
