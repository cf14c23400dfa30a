package io.parley.bridge;

import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One log that this node listens to: whatever comes in, in whatever order, goes out gapless and
 * once. Belongs to the event loop of {@link Feeds}.
 */
final class Feed {
  private static final long MAX_HELD = 1024 * 1024;
  private static final long UNKNOWN = -1;

  private final LogId log;
  private final Set<Ear> ears = new HashSet<>();
  private final Map<Ear, Promise<Long>> waiting = new HashMap<>();
  private final TreeMap<Long, LogApi.Encoded> held = new TreeMap<>();
  private long heldBytes;
  private boolean overflowed;
  private long last = UNKNOWN;
  private boolean repairing;
  private @Nullable String place;
  private long idleSince;

  Feed(LogId log) {
    this.log = log;
  }

  LogId log() {
    return log;
  }

  Set<Ear> ears() {
    return ears;
  }

  /** Ears that wait to be told where the log stands. */
  Map<Ear, Promise<Long>> waiting() {
    return waiting;
  }

  boolean deaf() {
    return ears.isEmpty() && waiting.isEmpty();
  }

  long idleSince() {
    return idleSince;
  }

  void idleSince(long nanos) {
    idleSince = nanos;
  }

  /** The owner that was asked for a lease, if any. */
  @Nullable String place() {
    return place;
  }

  void place(@Nullable String owner) {
    place = owner;
  }

  /** Whether the node knows where the log stands. */
  boolean started() {
    return last != UNKNOWN;
  }

  long last() {
    return last;
  }

  /** Whether something is missing: nothing fleeting may overtake it. */
  boolean broken() {
    return !held.isEmpty() || overflowed;
  }

  boolean repairing() {
    return repairing;
  }

  void repairing(boolean now) {
    repairing = now;
  }

  /** The place where the log begins for this node; what is older is of no interest. */
  List<LogApi.Encoded> start(long head) {
    last = head;
    return drain();
  }

  /** Takes an entry and gives what may go out: nothing while one before it is missing. */
  List<LogApi.Encoded> offer(LogApi.Encoded entry) {
    if (started() && entry.seq() <= last) {
      return List.of();
    }
    if (started() && entry.seq() == last + 1) {
      return next(entry);
    }
    hold(entry);
    return started() ? drain() : List.of();
  }

  /**
   * Takes a page read from the store, which has every entry there is between the first missing one
   * and its end. What it lacks does not exist.
   *
   * @param lacking is told of each place without an entry
   */
  List<LogApi.Encoded> absorb(List<LogApi.Encoded> page, LongConsumer lacking) {
    List<LogApi.Encoded> out = new ArrayList<>();
    for (LogApi.Encoded entry : page) {
      out.addAll(skipTo(entry.seq(), lacking));
      out.addAll(offer(entry));
    }
    return out;
  }

  /** Gives up on what is missing before the first entry held. */
  List<LogApi.Encoded> surrender(LongConsumer lacking) {
    List<LogApi.Encoded> out = new ArrayList<>();
    if (!held.isEmpty()) {
      out.addAll(skipTo(held.firstKey(), lacking));
      out.addAll(drain());
    }
    return out;
  }

  /** What was too much to hold is read from the store again. */
  void reread() {
    overflowed = false;
  }

  /** What everybody waits for is never held, however full it is there. */
  private List<LogApi.Encoded> next(LogApi.Encoded entry) {
    last = entry.seq();
    if (held.isEmpty()) {
      return List.of(entry);
    }
    List<LogApi.Encoded> out = new ArrayList<>();
    out.add(entry);
    out.addAll(drain());
    return out;
  }

  private List<LogApi.Encoded> skipTo(long seq, LongConsumer lacking) {
    List<LogApi.Encoded> out = new ArrayList<>();
    while (last + 1 < seq) {
      LogApi.Encoded known = held.get(last + 1);
      if (known == null) {
        lacking.accept(last + 1);
        known = Ear.absent(log, last + 1);
      }
      out.addAll(offer(known));
    }
    return out;
  }

  private void hold(LogApi.Encoded entry) {
    int size = entry.json().array().length;
    if (heldBytes + size > MAX_HELD) {
      held.clear();
      heldBytes = 0;
      overflowed = true;
    } else if (!overflowed && held.putIfAbsent(entry.seq(), entry) == null) {
      heldBytes += size;
    }
  }

  private List<LogApi.Encoded> drain() {
    List<LogApi.Encoded> out = new ArrayList<>();
    while (!held.isEmpty() && held.firstKey() <= last + 1) {
      LogApi.Encoded entry = held.pollFirstEntry().getValue();
      heldBytes -= entry.json().array().length;
      if (entry.seq() == last + 1) {
        last = entry.seq();
        out.add(entry);
      }
    }
    return out;
  }
}
