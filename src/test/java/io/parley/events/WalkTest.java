package io.parley.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.Turnover;
import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.LoggedLines;
import io.parley.fixtures.MovableClock;
import io.parley.fixtures.TestPool;
import io.parley.stores.postgres.PostgresEventStore;
import io.parley.stores.postgres.PostgresTurnover;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Accounts that came and went are told of, from rows that commit with them. */
class WalkTest {
  @RegisterExtension static final TestPool POOL = new TestPool();

  private final Turnover turnover = new PostgresTurnover(POOL.get());
  private final EventStore positions = new PostgresEventStore(POOL.get());
  private final Breakable reached = new Breakable(positions);
  private final MovableClock clock = new MovableClock();
  private final AtomicLong nanos = new AtomicLong();
  private final Random random = new Random(7);
  private final List<Event> taken = new ArrayList<>();
  private final String name = "walk-" + UUID.randomUUID();
  private boolean away;
  private int most = Integer.MAX_VALUE;

  /** A store that cannot be reached when told so. */
  private static final class Breakable implements EventStore {
    private final EventStore real;
    private boolean broken;

    Breakable(EventStore real) {
      this.real = real;
    }

    @Override
    public Future<Void> begin(String consumer, long from) {
      return real.begin(consumer, from);
    }

    @Override
    public Future<Optional<Long>> claim(String consumer, String holder, Duration time) {
      return broken
          ? Future.failedFuture(Failure.of(Reason.UNAVAILABLE, "no store"))
          : real.claim(consumer, holder, time);
    }

    @Override
    public Future<Void> advance(String consumer, String holder, long told) {
      return real.advance(consumer, holder, told);
    }

    @Override
    public Future<Void> release(String consumer, String holder) {
      return real.release(consumer, holder);
    }
  }

  private final EventConsumer consumer =
      new EventConsumer() {
        @Override
        public String name() {
          return "test";
        }

        @Override
        public Set<EventKind> kinds() {
          return EnumSet.allOf(EventKind.class);
        }

        @Override
        public Future<Void> take(List<Event> events) {
          if (away || taken.size() >= most) {
            return Future.failedFuture(new IllegalStateException("away"));
          }
          taken.addAll(events);
          return Future.succeededFuture();
        }
      };

  @BeforeEach
  void nobody() {
    Await.of(POOL.get().query("truncate accounts cascade").execute());
  }

  private Walk node(String holder) {
    Walk walk =
        new Walk(
            name,
            turnover::came,
            turn -> new Event.UserRegistered("registered-" + turn.user(), turn.at(), turn.user()),
            reached,
            new Courier(consumer, nanos::get, random, new SimpleMeterRegistry()),
            holder,
            clock,
            nanos::get);
    Await.of(walk.begin());
    return walk;
  }

  /** An account whose id was drawn then. */
  private UserId account(Duration ahead) {
    Instant at = clock.instant().plus(ahead);
    UUID id =
        new UUID(
            at.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000),
            random.nextLong() >>> 2 | Long.MIN_VALUE);
    Await.of(
        POOL.get()
            .preparedQuery(
                "insert into accounts (id, name, folded_name, created_at) values ($1, 'A', 'a', $2)")
            .execute(Tuple.of(id, at.atOffset(ZoneOffset.UTC))));
    return new UserId(id);
  }

  private List<UserId> told() {
    return taken.stream().map(event -> ((Event.UserRegistered) event).user()).toList();
  }

  @Test
  void whoCameIsToldOfOnceAndInOrderAndNobodyWhoWasThereBefore() {
    account(Duration.ofDays(-1));
    Walk walk = node("a");
    UserId one = account(Duration.ofSeconds(1));
    UserId two = account(Duration.ofSeconds(2));
    Await.of(walk.look());
    clock.move(Duration.ofSeconds(30));
    Await.of(walk.look());
    clock.move(Duration.ofMinutes(2));
    Await.of(walk.look());

    assertThat(told()).containsExactly(one, two);
    assertThat(taken.get(0).at()).isEqualTo(clock.millis() - 149_000);
  }

  @Test
  void whoBecomesReadableLateIsToldOfByTheNextSweep() {
    Walk walk = node("a");
    clock.move(Duration.ofMinutes(10));
    UserId young = account(Duration.ZERO);
    Await.of(walk.look());
    UserId late = account(Duration.ofMinutes(-4));
    clock.move(Duration.ofMinutes(1));
    Await.of(walk.look());

    assertThat(told()).containsExactly(young, late);
  }

  @Test
  void manyAreToldPageByPage() {
    Walk walk = node("a");
    List<UserId> many = new ArrayList<>();
    for (int i = 1; i <= 450; i++) {
      many.add(account(Duration.ofMillis(i)));
    }
    Await.of(walk.look());

    assertThat(told()).isEqualTo(many);
  }

  @Test
  void whoCouldNotBeToldOfIsToldOfWhenItCan() {
    Walk walk = node("a");
    UserId ann = account(Duration.ofMillis(1));
    away = true;
    Await.of(walk.look());
    away = false;
    Await.of(walk.look());
    assertThat(told()).isEmpty();
    nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    Await.of(walk.look());

    assertThat(told()).containsExactly(ann);
  }

  @Test
  void oneNodeTellsAndTheNextGoesOnWhereAllIsDone() {
    Walk first = node("a");
    Walk second = node("b");
    UserId old = account(Duration.ofSeconds(1));
    Await.of(first.look());
    Await.of(second.look());
    assertThat(first.held()).isTrue();
    assertThat(second.held()).isFalse();
    assertThat(told()).containsExactly(old);
    clock.move(Duration.ofMinutes(20));
    Await.of(first.look());
    UserId young = account(Duration.ofMinutes(-1));
    Await.of(first.look());
    taken.clear();

    Await.of(first.leave());
    Await.of(second.look());

    assertThat(second.held()).isTrue();
    assertThat(told()).containsExactly(young);
  }

  @Test
  void whoeverHasMuchToCatchUpWithDoesNotBeginAnewAfterAFailure() {
    Walk first = node("a");
    List<UserId> many = new ArrayList<>();
    for (int i = 1; i <= 450; i++) {
      many.add(account(Duration.ofMillis(i)));
    }
    clock.move(Duration.ofHours(1));
    most = 200;
    Await.of(first.look());
    assertThat(told()).isEqualTo(many.subList(0, 200));
    Await.of(first.leave());
    most = Integer.MAX_VALUE;
    taken.clear();

    Await.of(node("b").look());

    assertThat(told()).isEqualTo(many.subList(199, 450));
  }

  @Test
  void whoeverCannotRenewTheClaimTellsOnlyWhileNobodyElseCanHaveIt() {
    Walk walk = node("a");
    Await.of(walk.look());
    reached.broken = true;
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    Await.of(walk.look());
    assertThat(walk.held()).isTrue();
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    Await.of(walk.look());
    assertThat(walk.held()).isFalse();

    reached.broken = false;
    Await.of(walk.look());
    assertThat(walk.held()).isTrue();
  }

  @Test
  void whoeverHasLeftTakesNothingBack() {
    Walk first = node("a");
    Walk second = node("b");
    Await.of(first.look());
    Await.of(first.leave());
    Await.of(first.look());
    Await.of(second.look());

    assertThat(first.held()).isFalse();
    assertThat(second.held()).isTrue();
  }

  @Test
  void thatItCatchesUpIsSaidOnlyWhenSomethingWasTold() {
    try (LoggedLines lines = LoggedLines.of("io.parley")) {
      Walk walk = node("a");
      account(Duration.ofMillis(1));
      away = true;
      Await.of(walk.look());
      Await.of(walk.look());
      assertThat(lines.about(name)).hasSize(1).allMatch(line -> line.contains("falls behind"));
      away = false;
      nanos.addAndGet(Duration.ofMinutes(2).toNanos());
      Await.of(walk.look());

      assertThat(lines.about(name)).hasSize(2).last().asString().contains("catches up");
    }
  }

  @Test
  void whoHasGoneForGoodIsFoundByWhen() {
    UserId ann = account(Duration.ofDays(-3));
    UserId bob = account(Duration.ofDays(-3));
    account(Duration.ofDays(-3));
    Instant then = clock.instant().plusMillis(5).plusNanos(123_000);
    for (UserId user : List.of(ann, bob)) {
      Await.of(
          POOL.get()
              .preparedQuery("update accounts set deleting_at = $2, deleted_at = $2 where id = $1")
              .execute(Tuple.of(user.value(), then.atOffset(ZoneOffset.UTC))));
    }
    List<Turnover.Turn> gone = Await.of(turnover.gone(Turnover.Place.before(clock.millis()), 1));
    List<Turnover.Turn> rest = Await.of(turnover.gone(gone.get(0).place(), 10));

    assertThat(gone).hasSize(1);
    assertThat(rest).hasSize(1);
    assertThat(List.of(gone.get(0).user(), rest.get(0).user())).containsExactlyInAnyOrder(ann, bob);
    assertThat(rest.get(0).at()).isEqualTo(then.toEpochMilli());
    assertThat(Await.of(turnover.gone(rest.get(0).place(), 10))).isEmpty();
  }
}
