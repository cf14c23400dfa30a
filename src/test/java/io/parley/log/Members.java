package io.parley.log;

import io.parley.accounts.UserId;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who may do what, as a test says; everybody may post until told otherwise. */
final class Members implements Admission {
  private record Seat(LogId log, UserId user) {}

  private final Map<Seat, Standing> seats = new ConcurrentHashMap<>();
  private final Map<LogId, Rules> rules = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger users = new AtomicInteger();
  private volatile Standing others = Entries.standing(Standing.Access.POST, 0);
  private volatile int count = 100;
  private volatile Future<Void> gate = Future.succeededFuture();

  void set(LogId log, UserId user, Standing standing) {
    seats.put(new Seat(log, user), standing);
  }

  /** What holds for everybody in a log. */
  void rules(LogId log, Rules made) {
    rules.put(log, made);
  }

  void others(Standing standing) {
    others = standing;
  }

  /** Answers wait for this, and fail with it. */
  void gate(Future<Void> open) {
    gate = open;
  }

  void count(int members) {
    count = members;
  }

  int asked() {
    return asked.get();
  }

  /** Whose standings were asked for, repetitions counted. */
  int users() {
    return users.get();
  }

  @Override
  public Future<Known> standings(LogId log, List<UserId> users) {
    asked.incrementAndGet();
    this.users.addAndGet(users.size());
    Map<UserId, Standing> found = new HashMap<>();
    users.forEach(user -> found.put(user, seats.getOrDefault(new Seat(log, user), others)));
    return gate.map(new Known(found, rules.getOrDefault(log, Rules.NONE)));
  }

  @Override
  public Future<Integer> members(LogId log) {
    return gate.map(count);
  }
}
