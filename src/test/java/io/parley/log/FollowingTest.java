package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.UserId;
import io.parley.fixtures.Await;
import io.parley.fixtures.LoggedLines;
import io.parley.fixtures.MovableClock;
import io.parley.fixtures.TestPool;
import io.parley.log.LogApi.Head;
import io.parley.stores.postgres.PostgresFollowerStore;
import io.parley.stores.postgres.PostgresLogStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever follows all logs misses nothing, whatever is lost, late or doubled. */
class FollowingTest {
  @RegisterExtension static final TestPool POOL = new TestPool();

  private final LogStore store = new PostgresLogStore(POOL.get());
  private final FollowerStore positions = new PostgresFollowerStore(POOL.get());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MovableClock clock = new MovableClock();
  private final UserId ann = Entries.user();
  private final Recording recording = new Recording("test-" + UUID.randomUUID(), true);

  /** Keeps what it is brought; fails when told. */
  private static final class Recording implements Follower {
    private final String name;
    private final boolean fromTheStart;
    private final List<LogApi.Place> taken = new CopyOnWriteArrayList<>();
    private final List<Shown> changed = new ArrayList<>();
    private final Map<LogId, Promise<Void>> slow = new HashMap<>();
    private Optional<RuntimeException> trouble = Optional.empty();
    private Optional<LogId> only = Optional.empty();
    private boolean ready = true;

    Recording(String name, boolean fromTheStart) {
      this.name = name;
      this.fromTheStart = fromTheStart;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean fromTheStart() {
      return fromTheStart;
    }

    @Override
    public boolean follows(LogId log) {
      return only.map(log::equals).orElse(log.scope() == LogId.Scope.ROOM);
    }

    @Override
    public boolean ready() {
      return ready;
    }

    @Override
    public Future<Void> take(List<Shown> entries, List<Shown> revised) {
      if (trouble.isPresent()) {
        return Future.failedFuture(trouble.get());
      }
      entries.forEach(each -> taken.add(new LogApi.Place(each.entry().log(), each.entry().seq())));
      changed.addAll(revised);
      return entries.stream()
          .map(each -> slow.get(each.entry().log()))
          .filter(Objects::nonNull)
          .findFirst()
          .map(Promise::future)
          .orElseGet(Future::succeededFuture);
    }

    List<Long> of(LogId log) {
      return taken.stream()
          .filter(place -> place.log().equals(log))
          .map(LogApi.Place::seq)
          .toList();
    }
  }

  @BeforeEach
  void begin() {
    Await.of(positions.begin(recording.name, 0));
  }

  private Following node(String holder, Follower follower) {
    FollowerMetrics metrics = new FollowerMetrics(meters, follower.name());
    return new Following(store, positions, follower, holder, clock, metrics);
  }

  private Following working(String holder) {
    Following node = node(holder, recording);
    Await.of(node.claim());
    Await.of(node.sweep());
    return node;
  }

  /** An entry of a time of its own. */
  private Entry entry(LogId log, long seq, Duration ago) {
    Entry plain = Entries.entry(log, seq, ann, "c" + seq);
    return new Entry(
        log,
        seq,
        plain.n(),
        clock.instant().minus(ago).toEpochMilli(),
        plain.id(),
        plain.kind(),
        ann,
        "Ann",
        plain.cid(),
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        plain.body(),
        plain.digest());
  }

  private void given(Entry... entries) {
    Await.of(store.append(Entries.sorted(List.of(entries))));
  }

  private static LogApi.Moved hint(Entry newest) {
    return new LogApi.Moved(
        List.of(new Head(newest.log(), newest.seq(), newest.n(), newest.at(), "")),
        Optional.empty());
  }

  @Test
  void whatIsThereIsTakenInTheOrderOfItsLogAndOnce() {
    LogId room = Entries.room();
    List<Entry> many = new ArrayList<>();
    for (long seq = 1; seq <= 450; seq++) {
      many.add(entry(room, seq, Duration.ofHours(1).minusMillis(seq)));
    }
    given(many.toArray(Entry[]::new));
    LogId user = LogId.user(UUID.randomUUID());
    given(entry(user, 1, Duration.ZERO));

    Following node = working("a");
    Await.of(node.sweep());

    assertThat(recording.of(room)).isEqualTo(many.stream().map(Entry::seq).toList());
    assertThat(recording.of(user)).isEmpty();
  }

  @Test
  void aHintIsEnoughToBeBroughtWhatIsNew() {
    LogId room = Entries.room();
    Following node = working("a");
    Entry first = entry(room, 1, Duration.ZERO);
    Entry second = entry(room, 2, Duration.ZERO);
    given(first, second);

    Await.of(node.look());
    assertThat(recording.of(room)).isEmpty();
    node.stirred(hint(second));
    assertThat(node.lagMs()).isZero();
    clock.move(Duration.ofSeconds(3));
    assertThat(node.lagMs()).isEqualTo(3_000);
    Await.of(node.look());

    assertThat(recording.of(room)).containsExactly(1L, 2L);
    assertThat(node.lagMs()).isZero();
  }

  @Test
  void aHintThatIsLostIsMadeUpForByTheSweep() {
    LogId room = Entries.room();
    Following node = working("a");
    Counter swept =
        meters.counter("parley.log.followed", "follower", recording.name, "by", "sweep");
    double before = swept.count();
    given(entry(room, 1, Duration.ZERO));

    clock.move(Duration.ofMinutes(1));
    Await.of(node.sweep());

    assertThat(recording.of(room)).containsExactly(1L);
    assertThat(swept.count() - before).isEqualTo(1);
  }

  @Test
  void anEntryThatBecomesReadableLateIsFoundThoughYoungerOnesWereDone() {
    LogId room = Entries.room();
    LogId late = sameShard(room);
    Following node = working("a");
    Entry young = entry(room, 1, Duration.ZERO);
    given(young);
    node.stirred(hint(young));
    Await.of(node.look());
    Await.of(node.sweep());

    given(entry(late, 1, Duration.ofMinutes(4)));
    Await.of(node.sweep());

    assertThat(recording.of(late)).containsExactly(1L);
    assertThat(recording.of(room)).containsExactly(1L);
  }

  @Test
  void whatCameBeforeWhatAHintToldOfIsNotForgotten() {
    LogId room = Entries.room();
    Following node = working("a");
    given(entry(room, 1, Duration.ofMinutes(2)));
    Entry hinted = entry(room, 2, Duration.ZERO);
    given(hinted);
    node.stirred(hint(hinted));
    Await.of(node.look());
    assertThat(recording.of(room)).containsExactly(2L);

    Await.of(node.sweep());

    assertThat(recording.of(room)).containsExactly(2L, 1L);
  }

  private static LogId sameShard(LogId other) {
    LogId log = Entries.room();
    while (log.shard() != other.shard() || log.equals(other)) {
      log = Entries.room();
    }
    return log;
  }

  @Test
  void aClockThatWasAheadHoldsNobodyBack() {
    LogId ahead = Entries.room();
    LogId other = sameShard(ahead);
    given(entry(ahead, 1, Duration.ofHours(-3)));
    Following node = working("a");
    assertThat(recording.of(ahead)).containsExactly(1L);

    clock.move(Duration.ofMinutes(10));
    given(entry(other, 1, Duration.ofMinutes(1)));
    Await.of(node.sweep());
    given(entry(ahead, 2, Duration.ofHours(-3)));
    Await.of(node.sweep());

    assertThat(recording.of(other)).containsExactly(1L);
    assertThat(recording.of(ahead)).containsExactly(1L, 2L);
  }

  @Test
  void whatFailsIsBroughtAgain() {
    LogId room = Entries.room();
    Following node = working("a");
    Entry first = entry(room, 1, Duration.ZERO);
    given(first);
    node.stirred(hint(first));
    recording.trouble = Optional.of(new IllegalStateException("away"));
    Await.failure(node.look());
    assertThat(recording.of(room)).isEmpty();

    recording.trouble = Optional.empty();
    Await.of(node.look());

    assertThat(recording.of(room)).containsExactly(1L);
  }

  @Test
  void theMessagesThatEditsAndDeletionsChangeComeAlong() {
    LogId room = Entries.room();
    Entry message = entry(room, 1, Duration.ZERO);
    given(message);
    Entry edit = Entries.at(room, 2, Entries.edit(ann, "e", 1, "else"));
    Shown after = Shown.fresh(message).after(edit);
    Await.of(store.append(List.of(edit), List.of(new Revised(room, 1, after.state()))));

    working("a");

    assertThat(recording.changed.stream().filter(each -> each.entry().log().equals(room)))
        .containsExactly(after);
  }

  @Test
  void aPartIsOneNodesUntilItsClaimRunsOutAndTheNextBeginsWhereEverythingIsDone() {
    LogId room = Entries.room();
    given(entry(room, 1, Duration.ofHours(1)), entry(room, 2, Duration.ofMinutes(2)));
    Following lost = working("lost");
    assertThat(recording.of(room)).containsExactly(1L, 2L);
    Recording mine = new Recording(recording.name, true);
    Following next = node("next", mine);
    assertThat(Await.of(next.claim())).isFalse();

    Await.of(lost.leave());
    assertThat(Await.of(next.claim())).isTrue();
    Await.of(next.sweep());

    assertThat(mine.of(room)).containsExactly(2L);
    Await.of(lost.sweep());
    assertThat(recording.of(room)).containsExactly(1L, 2L);
  }

  @Test
  void aClaimThatRunsOutIsAnybodys() {
    String name = "claims-" + UUID.randomUUID();
    Await.of(positions.begin(name, 7));
    assertThat(Await.of(positions.claim(name, "a", Duration.ofMillis(1))))
        .hasSize(FollowerStore.PARTS)
        .allMatch(claim -> claim.swept() == 7);

    Awaitility.await()
        .until(
            () ->
                Await.of(positions.claim(name, "b", Duration.ofMinutes(1))).size()
                    == FollowerStore.PARTS);
    assertThat(Await.of(positions.claim(name, "a", Duration.ofMinutes(1)))).isEmpty();
    Await.of(positions.advance(name, 3, "a", 99));
    Await.of(positions.advance(name, 4, "b", 99));
    Await.of(positions.advance(name, 4, "b", 50));
    Set<Long> swept = new HashSet<>();
    Await.of(positions.claim(name, "b", Duration.ofMinutes(1)))
        .forEach(claim -> swept.add(claim.part() == 4 ? -claim.swept() : claim.swept()));
    assertThat(swept).containsExactlyInAnyOrder(7L, -99L);
  }

  @Test
  void aPartWhoseRowIsJustBeingWrittenIsNotLostByRenewingItsClaim() {
    String name = "claims-" + UUID.randomUUID();
    Await.of(positions.begin(name, 7));
    Await.of(positions.claim(name, "a", Duration.ofMinutes(1)));
    SqlConnection writing = Await.of(POOL.get().getConnection());
    Transaction writes = Await.of(writing.begin());
    Await.of(
        writing
            .preparedQuery("select 1 from log_followers where follower = $1 and part = 3 for share")
            .execute(Tuple.of(name)));

    Future<List<FollowerStore.Claim>> renewed = positions.claim(name, "a", Duration.ofMinutes(1));
    Awaitility.await().until(() -> renewed.isComplete() || somebodyWaits());
    assertThat(Await.of(positions.claim(name, "b", Duration.ofMinutes(1)))).isEmpty();
    Await.of(writes.commit().eventually(writing::close));

    assertThat(Await.of(renewed)).hasSize(FollowerStore.PARTS);
  }

  private static boolean somebodyWaits() {
    return Await.of(
            POOL.get()
                .query(
                    """
                    select 1 from pg_stat_activity
                     where wait_event_type = 'Lock' and query like '%log_followers%'""")
                .execute())
        .iterator()
        .hasNext();
  }

  @Test
  void aPartThatIsLostAndComesBackIsNotBegunASecondTimeWhileWorkOnItGoesOn() {
    LogId room = Entries.room();
    given(entry(room, 1, Duration.ZERO));
    Promise<Void> answer = Promise.promise();
    recording.slow.put(room, answer);
    Following node = node("a", recording);
    Await.of(node.claim());
    Future<Void> first = node.sweep();
    Awaitility.await().until(() -> !recording.of(room).isEmpty());
    Await.of(positions.release(recording.name, "a"));
    Await.of(positions.claim(recording.name, "b", Duration.ofMinutes(1)));
    Await.of(node.claim());
    Await.of(positions.release(recording.name, "b"));

    Await.of(node.claim());
    Future<Void> second = node.sweep();
    Awaitility.await().until(() -> second.isComplete() || recording.of(room).size() > 1);
    assertThat(recording.of(room)).containsExactly(1L);

    recording.slow.clear();
    answer.complete();
    Await.of(first);
    assertThat(Await.of(node.claim())).isTrue();
    Await.of(node.sweep());
    assertThat(recording.of(room)).containsExactly(1L, 1L);
  }

  @Test
  void whatIsFoundAndCannotBeBroughtShowsAndIsBroughtWhenItCanBe() {
    LogId room = Entries.room();
    recording.only = Optional.of(room);
    given(entry(room, 1, Duration.ofSeconds(90)));
    recording.trouble = Optional.of(new IllegalStateException("away"));
    Following node = node("a", recording);
    Await.of(node.claim());
    Await.failure(node.sweep());
    assertThat(node.lagMs()).isEqualTo(90_000);

    recording.trouble = Optional.empty();
    Await.of(node.look());

    assertThat(recording.of(room)).containsExactly(1L);
    assertThat(node.lagMs()).isZero();
  }

  @Test
  void thatItCatchesUpIsSaidOnlyWhenEverythingWasTried() {
    LogId room = Entries.room();
    Entry entry = entry(room, 1, Duration.ZERO);
    Following node = working("a");
    given(entry);
    node.stirred(hint(entry));
    try (LoggedLines lines = LoggedLines.of("io.parley")) {
      recording.trouble = Optional.of(new IllegalStateException("away"));
      Await.failure(node.look());
      recording.ready = false;
      Await.of(node.look());
      Await.of(node.sweep());
      assertThat(lines.about(recording.name)).singleElement().asString().contains("falls behind");

      recording.ready = true;
      recording.trouble = Optional.empty();
      Await.of(node.look());

      assertThat(lines.about(recording.name)).hasSize(2).last().asString().contains("catches up");
    }
  }

  @Test
  void whoeverLeavesBringsWhatIsUnderWayAndTakesNothingBack() {
    LogId room = Entries.room();
    recording.only = Optional.of(room);
    given(entry(room, 1, Duration.ZERO));
    Promise<Void> answer = Promise.promise();
    recording.slow.put(room, answer);
    Following leaving = node("leaving", recording);
    Await.of(leaving.claim());
    Future<Void> sweep = leaving.sweep();
    Awaitility.await().until(() -> !recording.of(room).isEmpty());
    Future<Void> left = leaving.leave();
    assertThat(Await.of(positions.claim(recording.name, "next", Duration.ofMinutes(1)))).isEmpty();

    answer.complete();
    Await.of(sweep);
    Await.of(left);
    assertThat(Await.of(leaving.claim())).isFalse();

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Await.of(positions.claim(recording.name, "next", Duration.ofMinutes(1))).size()
                    == FollowerStore.PARTS);
  }

  @Test
  void whoeverBeginsNowIsNotBroughtThePast() {
    LogId room = Entries.room();
    given(entry(room, 1, Duration.ofHours(1)));
    Recording young = new Recording("young-" + UUID.randomUUID(), false);
    Following node = node("a", young);
    Await.of(node.begin());
    Await.of(node.claim());
    given(entry(room, 2, Duration.ZERO));
    Await.of(node.sweep());

    assertThat(young.of(room)).containsExactly(2L);
  }
}
