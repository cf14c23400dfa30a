package io.parley.log;

import io.parley.log.LogStore.Stretch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one node knows of a part of all logs that it follows: what it has done lately, so that
 * looking once more costs no work, and whether there is something new.
 */
final class Followed {
  private static final long NEVER = Long.MAX_VALUE;

  /** Of each part. With more that are lively at once, some are read again. */
  private static final int MAX_LOGS = 5_000;

  /** Of each part, where entries are found one by one. */
  private static final int MAX_SINGLE = 10_000;

  private static final int MAX_BATCH = 200;

  /** By so many batches grow again. */
  private static final int MORE = 10;

  private final int part;
  private final boolean single;
  private final Map<LogId, Stretch> done = new Remembered<>(MAX_LOGS);
  private final Map<Stretch, Boolean> places = new Remembered<>(MAX_SINGLE);
  private int batch = MAX_BATCH;
  private long swept;
  private long hinted = NEVER;
  private long working = NEVER;
  private long waiting = NEVER;
  private long front;
  private boolean busy;

  /**
   * @param single whether what lies between the entries that are found concerns nobody
   */
  Followed(int part, long swept, boolean single) {
    this.part = part;
    this.single = single;
    this.swept = swept;
    this.front = swept;
  }

  static int part(LogId log) {
    return log.shard() % FollowerStore.PARTS;
  }

  int part() {
    return part;
  }

  List<Integer> shards() {
    return IntStream.range(0, LogId.SHARDS)
        .filter(shard -> shard % FollowerStore.PARTS == part)
        .boxed()
        .toList();
  }

  /** Everything older is done for good. */
  long swept() {
    return swept;
  }

  void swept(long through) {
    swept = Math.max(swept, through);
  }

  /** An entry of this age has come. */
  void hint(long at) {
    hinted = Math.min(hinted, at);
  }

  boolean stirred() {
    return hinted != NEVER;
  }

  boolean busy() {
    return busy;
  }

  /**
   * Begins to look.
   *
   * @return from which time on, going by hints
   */
  long begin(long slackMs) {
    busy = true;
    working = hinted;
    hinted = NEVER;
    return Math.max(swept, Math.min(front, working) - slackMs);
  }

  /** These are being brought. */
  void waits(List<Shown> entries) {
    waiting = entries.stream().mapToLong(each -> each.entry().at()).min().orElse(NEVER);
  }

  /** Ends it; what hints have told of is done up to when it began. */
  void end(long begun) {
    busy = false;
    working = NEVER;
    waiting = NEVER;
    front = begun;
  }

  /**
   * Ends it without success; what hints have told of waits on. It may be that so much at once takes
   * too long: the next time it is half of that, and at last one by one.
   */
  void fail() {
    busy = false;
    batch = Math.max(1, batch / 2);
    hinted = Math.min(hinted, working);
    working = NEVER;
    hint(waiting);
    waiting = NEVER;
  }

  /** How many entries are taken at once. */
  int batch() {
    return batch;
  }

  /** How old the oldest entry is that is known to wait. */
  long lagMs(long now) {
    long oldest = Math.min(hinted, Math.min(working, waiting));
    return oldest == NEVER ? 0 : Math.max(0, now - oldest);
  }

  /** What of these has not been done yet. */
  List<Stretch> undone(List<Stretch> found) {
    return single
        ? found.stream().filter(each -> !places.containsKey(each)).toList()
        : missing(found);
  }

  /** What lies between them and what is known is not done either. */
  private List<Stretch> missing(List<Stretch> found) {
    List<Stretch> undone = new ArrayList<>();
    for (Stretch stretch : found) {
      Stretch known = done.get(stretch.log());
      if (known == null) {
        undone.add(stretch);
        continue;
      }
      if (stretch.first() < known.first()) {
        undone.add(new Stretch(stretch.log(), stretch.first(), known.first() - 1));
      }
      if (stretch.last() > known.last()) {
        undone.add(new Stretch(stretch.log(), known.last() + 1, stretch.last()));
      }
    }
    return undone;
  }

  /**
   * These are done. A log has no holes, so what is known of each stays one stretch. Single entries
   * are known by their places: one between two that are done may be found later than they were.
   */
  void done(List<Stretch> taken) {
    batch = Math.min(MAX_BATCH, batch + MORE);
    if (single) {
      taken.forEach(each -> places.put(each, true));
      return;
    }
    for (Stretch stretch : taken) {
      Stretch known = done.get(stretch.log());
      done.put(stretch.log(), known == null ? stretch : joined(known, stretch));
    }
  }

  /** Two that touch. Of two that do not, the later one: the other is read again. */
  private static Stretch joined(Stretch one, Stretch other) {
    boolean touch = one.first() <= other.last() + 1 && other.first() <= one.last() + 1;
    if (!touch) {
      return one.last() > other.last() ? one : other;
    }
    return new Stretch(
        one.log(), Math.min(one.first(), other.first()), Math.max(one.last(), other.last()));
  }

  /** Those parts that are held now; what is known of one that was held before stays known. */
  static Map<Integer, Followed> held(
      Map<Integer, Followed> before, List<FollowerStore.Claim> claims, boolean single) {
    Map<Integer, Followed> held = new LinkedHashMap<>();
    for (FollowerStore.Claim claim : claims) {
      Followed known = before.get(claim.part());
      held.put(
          claim.part(), known == null ? new Followed(claim.part(), claim.swept(), single) : known);
    }
    return held;
  }
}
