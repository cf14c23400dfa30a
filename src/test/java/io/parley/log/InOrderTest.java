package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.UserId;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.MovableClock;
import io.parley.fixtures.TestMongo;
import io.parley.fixtures.TestPool;
import io.parley.log.LogApi.Head;
import io.parley.log.LogApi.Place;
import io.parley.stores.mongo.MongoLink;
import io.parley.stores.postgres.PostgresCursorStore;
import io.parley.stores.postgres.PostgresFollowerStore;
import io.parley.stores.postgres.PostgresLogStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whoever must not be told twice is told once and in order, however their node fares. */
class InOrderTest {
  private static final Logger LOG = LoggerFactory.getLogger(InOrderTest.class);

  @RegisterExtension static final TestPool POOL = new TestPool();

  private final FollowerStore positions = new PostgresFollowerStore(POOL.get());
  private final CursorStore cursors = new PostgresCursorStore(POOL.get());
  private final MovableClock clock = new MovableClock();
  private final UserId ann = Entries.user();
  private final Told told = new Told("told-" + UUID.randomUUID());
  private LogStore store = new PostgresLogStore(POOL.get());

  /** Keeps what it is told; is away when told so. */
  private static final class Told implements Follower {
    private final String name;
    private final List<Place> taken = new ArrayList<>();
    private boolean away;
    private boolean ready = true;

    Told(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean fromTheStart() {
      return false;
    }

    @Override
    public boolean follows(LogId log) {
      return log.scope() == LogId.Scope.ROOM;
    }

    @Override
    public boolean ready() {
      return ready;
    }

    @Override
    public Future<Void> take(List<Shown> entries, List<Shown> changed) {
      if (away) {
        return Future.failedFuture(new IllegalStateException("away"));
      }
      entries.forEach(each -> taken.add(new Place(each.entry().log(), each.entry().seq())));
      return Future.succeededFuture();
    }

    List<Long> of(LogId log) {
      return taken.stream().filter(each -> each.log().equals(log)).map(Place::seq).toList();
    }
  }

  /** Ends its node before anything is written down, when told so. */
  private static final class Mortal implements CursorStore {
    private final CursorStore real;
    private boolean dying;
    private Supplier<Future<?>> next = Future::succeededFuture;

    Mortal(CursorStore real) {
      this.real = real;
    }

    @Override
    public Future<Optional<Reached>> reached(Hold hold, Duration left, Collection<LogId> logs) {
      return real.reached(hold, left, logs);
    }

    @Override
    public Future<Boolean> reach(Hold hold, Map<LogId, Long> places) {
      return dying
          ? Future.failedFuture(new IllegalStateException("killed"))
          : real.reach(hold, places).compose(written -> next.get().map(written));
    }
  }

  @BeforeEach
  void begin() {
    Await.of(positions.begin(told.name, clock.millis()));
  }

  private Following node(String holder, CursorStore remembering) {
    FollowerMetrics metrics = new FollowerMetrics(new SimpleMeterRegistry(), told.name);
    Follower inOrder = new InOrder(store, remembering, told, holder);
    Following node = new Following(store, positions, inOrder, holder, clock, metrics);
    Await.of(node.claim());
    return node;
  }

  private Entry entry(LogId log, long seq, Duration ahead) {
    Entry plain = Entries.entry(log, seq, ann, UUID.randomUUID().toString());
    return new Entry(
        log,
        seq,
        plain.n(),
        clock.instant().plus(ahead).toEpochMilli(),
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

  private Entry given(LogId log, long seq) {
    return given(log, seq, Duration.ZERO);
  }

  private Entry given(LogId log, long seq, Duration ahead) {
    Entry entry = entry(log, seq, ahead);
    Await.of(store.append(List.of(entry)));
    return entry;
  }

  private static LogApi.Moved hint(Entry newest) {
    return new LogApi.Moved(
        List.of(new Head(newest.log(), newest.seq(), newest.n(), newest.at(), "")),
        Optional.empty());
  }

  @Test
  void whatWasOverlookedComesBeforeWhatAHintTellsOf() {
    LogId room = Entries.room();
    Following node = node("a", cursors);
    given(room, 1);
    given(room, 2, Duration.ofSeconds(1));
    Entry hinted = given(room, 3, Duration.ofMinutes(1));
    clock.move(Duration.ofMinutes(1));
    node.stirred(hint(hinted));

    Await.of(node.look());
    assertThat(told.of(room)).containsExactly(1L, 2L, 3L);
    Await.of(node.sweep());
    assertThat(told.of(room)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void moreThanIsReadAtOnceIsCaughtUpWithInOrder() {
    LogId room = Entries.room();
    Following node = node("a", cursors);
    List<Entry> many =
        LongStream.rangeClosed(1, 450)
            .mapToObj(seq -> entry(room, seq, Duration.ofMillis(seq)))
            .toList();
    Await.of(store.append(many));
    Entry hinted = given(room, 451, Duration.ofMinutes(3));
    clock.move(Duration.ofMinutes(3));
    node.stirred(hint(hinted));

    Await.of(node.look());

    assertThat(told.of(room)).isEqualTo(LongStream.rangeClosed(1, 451).boxed().toList());
  }

  @Test
  void nothingOfBeforeItBeganIsTold() {
    LogId room = Entries.room();
    Following node = node("a", cursors);
    given(room, 1, Duration.ofHours(-2));
    given(room, 2, Duration.ofHours(-1));
    Entry first = given(room, 3);
    node.stirred(hint(first));

    Await.of(node.look());

    assertThat(told.of(room)).containsExactly(3L);
  }

  @Test
  void whoeverTakesOverGoesOnAtTheEntry() {
    LogId room = Entries.room();
    Following first = node("a", cursors);
    given(room, 1);
    given(room, 2);
    Await.of(first.sweep());
    Await.of(first.leave());
    Following second = node("b", cursors);
    given(room, 3, Duration.ofSeconds(1));

    Await.of(second.sweep());

    assertThat(told.of(room)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whatWasTakenByANodeThatDiedBeforeItWroteThatDownIsToldAgainAndNothingIsLost() {
    LogId room = Entries.room();
    Mortal dying = new Mortal(cursors);
    Following lost = node("lost", dying);
    given(room, 1);
    Await.of(lost.sweep());
    given(room, 2, Duration.ofSeconds(1));
    dying.dying = true;
    Await.failure(lost.sweep());
    assertThat(told.of(room)).containsExactly(1L, 2L);
    runOut();

    Following next = node("next", cursors);
    given(room, 3, Duration.ofSeconds(2));
    Await.of(next.sweep());

    assertThat(told.of(room)).containsExactly(1L, 2L, 2L, 3L);
  }

  /** As if the holder had been lost for long enough. */
  private void runOut() {
    Await.of(
        POOL.get()
            .preparedQuery(
                "update log_followers set claimed_until = '-infinity' where follower = $1")
            .execute(Tuple.of(told.name)));
  }

  @Test
  void aNodeThatWasReplacedWithoutKnowingTellsNothingMore() {
    LogId room = Entries.room();
    Following paused = node("paused", cursors);
    runOut();
    Following other = node("other", cursors);
    given(room, 1);

    assertThat(Await.failure(paused.sweep()).reason()).isEqualTo(Reason.CONFLICT);
    assertThat(told.of(room)).isEmpty();

    Await.of(other.sweep());
    assertThat(told.of(room)).containsExactly(1L);
  }

  @Test
  void aNodeWhoseClaimIsAboutToRunOutBeginsNothing() {
    LogId room = Entries.room();
    Following node = node("a", cursors);
    given(room, 1);
    Await.of(
        POOL.get()
            .preparedQuery(
                """
                update log_followers set claimed_until = clock_timestamp() + interval '5 seconds'
                 where follower = $1""")
            .execute(Tuple.of(told.name)));

    assertThat(Await.failure(node.sweep()).reason()).isEqualTo(Reason.CONFLICT);
    assertThat(told.of(room)).isEmpty();
    Await.of(node.claim());
    Await.of(node.sweep());
    assertThat(told.of(room)).containsExactly(1L);
  }

  @Test
  void aNodeThatIsReplacedWhileItCatchesUpTellsNothingMore() {
    LogId room = Entries.room();
    Mortal remembering = new Mortal(cursors);
    Following node = node("a", remembering);
    clock.move(Duration.ofMinutes(1));
    Await.of(node.sweep());
    given(room, 1, Duration.ofMinutes(-1));
    given(room, 2, Duration.ofSeconds(-59));
    Entry hinted = given(room, 3);
    node.stirred(hint(hinted));
    remembering.next =
        () ->
            positions
                .release(told.name, "a")
                .compose(left -> positions.claim(told.name, "b", Duration.ofMinutes(1)));

    assertThat(Await.failure(node.look()).reason()).isEqualTo(Reason.CONFLICT);
    assertThat(told.of(room)).containsExactly(1L, 2L);
  }

  @Test
  void whileItIsLeftAloneNothingIsReadForIt() {
    LogId room = Entries.room();
    Following node = node("a", cursors);
    Entry entry = given(room, 1);
    told.ready = false;
    node.stirred(hint(entry));
    Await.of(node.look());
    Await.of(node.sweep());
    assertThat(told.of(room)).isEmpty();
    clock.move(Duration.ofSeconds(9));
    assertThat(node.lagMs()).isEqualTo(9_000);

    told.ready = true;
    Await.of(node.look());

    assertThat(told.of(room)).containsExactly(1L);
  }

  static Stream<Arguments> stores() {
    long seed = System.nanoTime();
    return Stream.of(Arguments.of("postgres", seed), Arguments.of("mongo", seed + 1));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("stores")
  void whateverHappensEachLogIsToldWholeAndInOrder(String kind, long seed) {
    LOG.info("{}, seed {}", kind, seed);
    Vertx vertx = Vertx.vertx();
    try (TestMongo mongo = new TestMongo()) {
      if (kind.equals("mongo")) {
        store = Await.of(MongoLink.open(vertx, mongo.config()).store(new SecureRandom()));
      }
      play(new Random(seed));
    } finally {
      Await.of(vertx.close());
    }
  }

  private void play(Random random) {
    List<LogId> rooms = IntStream.range(0, 5).mapToObj(i -> Entries.room()).toList();
    Map<LogId, Long> heads = new HashMap<>();
    Mortal remembering = new Mortal(cursors);
    Following node = node("n0", remembering);
    int deaths = 0;
    for (int round = 1; round <= 80; round++) {
      LogId room = rooms.get(random.nextInt(rooms.size()));
      Entry newest = given(room, heads.merge(room, 1L, Long::sum));
      clock.move(Duration.ofSeconds(random.nextInt(50)));
      told.away = random.nextInt(4) == 0;
      remembering.dying = random.nextInt(6) == 0;
      deaths += remembering.dying ? 1 : 0;
      if (random.nextBoolean()) {
        node.stirred(hint(newest));
        Await.of(node.look().otherwiseEmpty());
      }
      if (random.nextInt(4) == 0) {
        Await.of(node.sweep().otherwiseEmpty());
      }
      if (random.nextInt(8) == 0 || remembering.dying) {
        runOut();
        node = node("n" + round, remembering);
      }
    }
    told.away = false;
    remembering.dying = false;
    Await.of(node.sweep());
    assertThat(deaths).isPositive();
    heads.forEach(this::isWhole);
  }

  /** What is told for the first time follows what was told for the first time before it. */
  private void isWhole(LogId room, long head) {
    List<Long> seqs = told.of(room);
    assertThat(seqs.stream().distinct().toList())
        .isEqualTo(LongStream.rangeClosed(1, head).boxed().toList());
  }
}
