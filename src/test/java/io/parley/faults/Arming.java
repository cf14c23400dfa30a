package io.parley.faults;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What is to happen at a point, and how often.
 *
 * @param every at each so manieth passage
 * @param times at most so often
 * @param millis how long, for what takes time
 * @param log only where this log is concerned, {@code room.<id>}; empty for any
 */
record Arming(Point point, Deed deed, int every, int times, int millis, String log) {

  /** What can happen. */
  enum Deed {
    /** The process ends before the step is taken. */
    HALT,
    /** The step is taken, then the process ends. */
    HALT_AFTER,
    /**
     * The message is lost; a write is not begun, or it is done and its answer lost; nobody is told.
     */
    DROP,
    /** The step is taken later, and others overtake it. */
    DELAY,
    /** The step is taken after the next of its kind. */
    SWAP,
    /** The step is taken twice. */
    TWICE,
    /** The thread stands still, as if the machine were busy with something else. */
    STAND
  }

  /** Once, at the next passage. */
  static Arming of(Point point, Deed deed) {
    return new Arming(point, deed, 1, 1, 0, "");
  }

  /** At each so manieth passage from now on. */
  Arming every(int passages) {
    return new Arming(point, deed, passages, Integer.MAX_VALUE, millis, log);
  }

  Arming times(int most) {
    return new Arming(point, deed, every, most, millis, log);
  }

  Arming millis(int time) {
    return new Arming(point, deed, every, times, time, log);
  }

  Arming room(String id) {
    return new Arming(point, deed, every, times, millis, "room." + id);
  }

  String query() {
    return String.format(
        Locale.ROOT,
        "point=%s&deed=%s&every=%d&times=%d&millis=%d&log=%s",
        point.word(),
        deed,
        every,
        times,
        millis,
        URLEncoder.encode(log, StandardCharsets.UTF_8));
  }

  static Arming parse(String query) {
    Map<String, String> values = new HashMap<>();
    for (String each : query.split("&")) {
      String[] pair = each.split("=", 2);
      values.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return new Arming(
        Point.of(values.getOrDefault("point", "")),
        Deed.valueOf(values.getOrDefault("deed", "")),
        Integer.parseInt(values.getOrDefault("every", "1")),
        Integer.parseInt(values.getOrDefault("times", "1")),
        Integer.parseInt(values.getOrDefault("millis", "0")),
        values.getOrDefault("log", ""));
  }
}
