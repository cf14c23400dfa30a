package io.parley.faults;

import io.parley.log.LogId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Which points of this process are armed, and how often each was passed and has fired. */
final class Failpoints {
  private static final int KILLED = 137;

  private final Map<Point, Arming> armed = new EnumMap<>(Point.class);
  private final Map<Point, Count> counts = new EnumMap<>(Point.class);

  /**
   * How often a point was passed, how often since it was last armed, and how often it fired then
   * and in all.
   */
  record Count(long passed, long sinceArmed, long firedSince, long fired) {
    static final Count NONE = new Count(0, 0, 0, 0);

    private Count passing(boolean fires) {
      int more = fires ? 1 : 0;
      return new Count(passed + 1, sinceArmed + 1, firedSince + more, fired + more);
    }
  }

  synchronized void arm(Arming arming) {
    Count count = counts.getOrDefault(arming.point(), Count.NONE);
    counts.put(arming.point(), new Count(count.passed, 0, 0, count.fired));
    armed.put(arming.point(), arming);
  }

  synchronized void disarm(Point point) {
    armed.remove(point);
  }

  synchronized Count count(Point point) {
    return counts.getOrDefault(point, Count.NONE);
  }

  /** A point is passed where these logs are concerned. Whether it fires, and what is to happen. */
  synchronized Optional<Arming> pass(Point point, Collection<LogId> logs) {
    Optional<Arming> arming =
        Optional.ofNullable(armed.get(point)).filter(each -> concerns(each, logs));
    Count count = counts.getOrDefault(point, Count.NONE);
    if (arming.isEmpty() && armed.containsKey(point)) {
      return Optional.empty();
    }
    boolean fires =
        arming
            .filter(each -> (count.sinceArmed + 1) % each.every() == 0)
            .filter(each -> count.firedSince < each.times())
            .isPresent();
    Count now = count.passing(fires);
    counts.put(point, now);
    if (!fires) {
      return Optional.empty();
    }
    tell("failpoint " + point.word() + " fired (" + now.fired + ")");
    return arming;
  }

  private static boolean concerns(Arming arming, Collection<LogId> logs) {
    return arming.log().isEmpty()
        || logs.stream().anyMatch(log -> log.toString().equals(arming.log()));
  }

  /** At once, so that it is known even if the process ends here. */
  static void tell(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** Ends the process as kill -9 would, at this very instant. */
  static void halt() {
    Runtime.getRuntime().halt(KILLED);
  }

  /** Lets this thread stand still. */
  static void stand(int millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
