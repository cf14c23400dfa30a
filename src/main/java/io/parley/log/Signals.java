package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi.Done;
import io.parley.log.LogApi.Fleeting;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Fleeting news such as typing: everybody at most each three seconds, everything of a log in one
 * object a second, and nothing that nobody listens to.
 */
final class Signals {
  private static final long AGAIN_AFTER = TimeUnit.MILLISECONDS.toNanos(2_900);
  private static final int MAX_REMEMBERED = 20_000;
  private static final int MAX_USERS = 50;

  private final Owner owner;
  private final Leases leases;
  private final Deliveries deliveries;
  private final EntryJson json;
  private final Ticks ticks;
  private final Map<LogApi.Signal, Long> recent = new LinkedHashMap<>();
  private final Map<Topic, Set<UserId>> waiting = new LinkedHashMap<>();

  private record Topic(LogId log, String kind) {}

  Signals(Owner owner, Leases leases, Deliveries deliveries, EntryJson json, Ticks ticks) {
    this.owner = owner;
    this.leases = leases;
    this.deliveries = deliveries;
    this.json = json;
    this.ticks = ticks;
  }

  /** {@link LogApi#SIGNAL}. */
  Future<Done> signal(LogApi.Signal signal) {
    EntryJson.checkKind(signal.kind());
    if (signal.log().scope() != LogId.Scope.ROOM) {
      return Future.failedFuture(Failure.of(Reason.NOT_FOUND, "there is no such room"));
    }
    return owner.mayPost(signal.log(), signal.user()).map(allowed -> note(signal));
  }

  private Done note(LogApi.Signal signal) {
    long now = ticks.nanos();
    Long last = recent.get(signal);
    boolean tooSoon = last != null && now - last < AGAIN_AFTER;
    if (!tooSoon && recent.size() < MAX_REMEMBERED && !leases.of(signal.log()).isEmpty()) {
      Set<UserId> users =
          waiting.computeIfAbsent(
              new Topic(signal.log(), signal.kind()), any -> new LinkedHashSet<>());
      if (users.size() < MAX_USERS) {
        users.add(signal.user());
        recent.put(signal, now);
      }
    }
    return new Done();
  }

  /** Tells the listeners what came since the last time; once a second. */
  void flush() {
    long now = ticks.nanos();
    recent.values().removeIf(last -> now - last >= AGAIN_AFTER);
    List<Fleeting> news = new ArrayList<>();
    waiting.forEach((topic, users) -> news.add(json.fleeting(topic.log, topic.kind, users)));
    waiting.clear();
    deliveries.fleeting(news);
  }
}
