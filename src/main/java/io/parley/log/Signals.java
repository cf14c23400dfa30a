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
 * object a second, nothing that nobody listens to, and nothing in a crowd.
 */
final class Signals {
  private static final long AGAIN_AFTER = TimeUnit.MILLISECONDS.toNanos(2_900);
  private static final int MAX_REMEMBERED = 20_000;
  private static final int MAX_USERS = 50;
  private static final int MAX_MEMBERS = 100;
  private static final int MAX_COUNTED = 5_000;
  private static final long COUNT_AGAIN_AFTER = TimeUnit.SECONDS.toNanos(30);

  private final Owner owner;
  private final Leases leases;
  private final Deliveries deliveries;
  private final EntryJson json;
  private final Ticks ticks;
  private final Admission admission;
  private final Map<LogId, Crowd> crowds = new Remembered<>(MAX_COUNTED);
  private final Map<LogApi.Signal, Long> recent = new LinkedHashMap<>();
  private final Map<Topic, Set<UserId>> waiting = new LinkedHashMap<>();

  private record Topic(LogId log, String kind) {}

  private record Crowd(Future<Integer> members, long countedAt) {}

  Signals(
      Owner owner,
      Leases leases,
      Deliveries deliveries,
      EntryJson json,
      Ticks ticks,
      Admission admission) {
    this.owner = owner;
    this.leases = leases;
    this.deliveries = deliveries;
    this.json = json;
    this.ticks = ticks;
    this.admission = admission;
  }

  /** {@link LogApi#SIGNAL}. */
  Future<Done> signal(LogApi.Signal signal) {
    EntryJson.checkKind(signal.kind());
    if (signal.log().scope() != LogId.Scope.ROOM) {
      return Future.failedFuture(Failure.of(Reason.NOT_FOUND, "there is no such room"));
    }
    return owner.mayPost(signal.log(), signal.user()).compose(allowed -> note(signal));
  }

  private Future<Done> note(LogApi.Signal signal) {
    long now = ticks.nanos();
    Long last = recent.get(signal);
    boolean tooSoon = last != null && now - last < AGAIN_AFTER;
    if (tooSoon || recent.size() >= MAX_REMEMBERED || leases.of(signal.log()).isEmpty()) {
      return Future.succeededFuture(new Done());
    }
    recent.put(signal, now);
    return members(signal.log(), now)
        .onSuccess(members -> await(signal, members))
        .transform(counted -> Future.succeededFuture(new Done()));
  }

  /** How many there were at most half a minute ago; a failed count is no answer. */
  private Future<Integer> members(LogId log, long now) {
    Crowd known = crowds.get(log);
    if (known == null || known.members.failed() || now - known.countedAt > COUNT_AGAIN_AFTER) {
      known = new Crowd(admission.members(log), now);
      crowds.put(log, known);
    }
    return known.members;
  }

  private void await(LogApi.Signal signal, int members) {
    Topic topic = new Topic(signal.log(), signal.kind());
    Set<UserId> users = waiting.getOrDefault(topic, Set.of());
    if (members <= MAX_MEMBERS && users.size() < MAX_USERS) {
      waiting.computeIfAbsent(topic, any -> new LinkedHashSet<>()).add(signal.user());
    }
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
