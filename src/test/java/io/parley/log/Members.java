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
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger users = new AtomicInteger();
  private volatile Standing others = Entries.standing(Standing.Access.POST, 0);
  private volatile int count = 100;
  private volatile Future<Void> gate = Future.succeededFuture();

  void set(LogId log, UserId user, Standing standing) {
    seats.put(new Seat(log, user), standing);
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
  public Future<Map<UserId, Standing>> standings(LogId log, List<UserId> users) {
    asked.incrementAndGet();
    this.users.addAndGet(users.size());
    Map<UserId, Standing> found = new HashMap<>();
    users.forEach(user -> found.put(user, seats.getOrDefault(new Seat(log, user), others)));
    return gate.map(found);
  }

  @Override
  public Future<Integer> members(LogId log) {
    return gate.map(count);
  }
}
