package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.UserId;
import io.parley.fixtures.Await;
import io.parley.fixtures.MovableClock;
import io.parley.fixtures.TestMongo;
import io.parley.fixtures.TestPostgres;
import io.parley.search.Indexing;
import io.parley.search.Rebuilding;
import io.parley.search.SearchStore;
import io.parley.stores.mongo.MongoLink;
import io.parley.stores.postgres.PostgresFollowerStore;
import io.parley.stores.postgres.PostgresLogStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresSearchStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The index that has followed the logs is the one that is made of them afresh. */
class IndexedLogsTest {
  private static final Logger LOG = LoggerFactory.getLogger(IndexedLogsTest.class);
  private static final int ROUNDS = 60;

  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock();
  private final Pool pool = PostgresPool.open(vertx, TestPostgres.database());
  private final List<LogId> rooms = IntStream.range(0, 4).mapToObj(i -> Entries.room()).toList();
  private final UserId ann = Entries.user();
  private final Map<LogId, List<Shown>> messages = new HashMap<>();
  private final Map<LogId, Long> heads = new HashMap<>();
  private final SearchStore search = new PostgresSearchStore(pool);
  private final FollowerStore positions = new PostgresFollowerStore(pool);

  static Stream<Arguments> stores() {
    long seed = System.nanoTime();
    return Stream.of(Arguments.of("postgres", seed), Arguments.of("mongo", seed + 1));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("stores")
  void whateverHappensItIsTheOneThatIsMadeAfresh(String kind, long seed) {
    LOG.info("{}, seed {}", kind, seed);
    Random random = new Random(seed);
    try (TestMongo mongo = new TestMongo()) {
      LogStore store =
          kind.equals("mongo")
              ? Await.of(MongoLink.open(vertx, mongo.config()).store(new SecureRandom()))
              : new PostgresLogStore(pool);
      rooms.forEach(this::room);
      play(store, random);
      Map<String, String> followed = index();
      assertThat(followed).isNotEmpty();

      Await.of(pool.query("truncate search_messages").execute());
      Await.of(new Rebuilding(search, new StoredLogs(store)).run(progress -> {}));

      assertThat(followed).isEqualTo(index());
    } finally {
      Await.of(vertx.close());
    }
  }

  private void play(LogStore store, Random random) {
    Mortal indexing = new Mortal(Indexing.of(search), random);
    Following node = node(store, indexing, 0);
    for (int round = 1; round <= ROUNDS; round++) {
      Entry newest = act(store, random, round);
      clock.move(Duration.ofSeconds(random.nextInt(40)));
      indexing.mortal = random.nextInt(4) == 0;
      if (random.nextBoolean()) {
        node.stirred(
            new LogApi.Moved(
                List.of(new LogApi.Head(newest.log(), newest.seq(), newest.n(), newest.at(), "")),
                Optional.empty()));
        Await.of(node.look().otherwiseEmpty());
      }
      if (random.nextInt(5) == 0) {
        Await.of(node.sweep().otherwiseEmpty());
      }
      if (random.nextInt(8) == 0) {
        Await.of(node.leave());
        node = node(store, indexing, round);
      }
    }
    indexing.mortal = false;
    Await.of(node.sweep());
  }

  private Following node(LogStore store, Follower follower, int life) {
    FollowerMetrics metrics = new FollowerMetrics(new SimpleMeterRegistry(), "search");
    Following node = new Following(store, positions, follower, "n" + life, clock, metrics);
    Await.of(node.begin());
    assertThat(Await.of(node.claim())).isTrue();
    return node;
  }

  /** Dies now and then: before it has done anything, or after. */
  private static final class Mortal implements Follower {
    private final Follower real;
    private final Random random;
    private boolean mortal;

    Mortal(Follower real, Random random) {
      this.real = real;
      this.random = random;
    }

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public boolean fromTheStart() {
      return real.fromTheStart();
    }

    @Override
    public boolean follows(LogId log) {
      return real.follows(log);
    }

    @Override
    public Future<Void> take(List<Shown> entries, List<Shown> changed) {
      if (!mortal) {
        return real.take(entries, changed);
      }
      Future<Void> dead = Future.failedFuture(new IllegalStateException("killed"));
      return random.nextBoolean() ? dead : real.take(entries, changed).compose(done -> dead);
    }
  }

  /** Somebody posts, edits or deletes. */
  private Entry act(LogStore store, Random random, int round) {
    LogId room = rooms.get(random.nextInt(rooms.size()));
    List<Shown> said = messages.computeIfAbsent(room, none -> new ArrayList<>());
    long seq = heads.merge(room, 1L, Long::sum);
    if (said.isEmpty() || random.nextInt(2) == 0) {
      Entry entry = now(Entries.entry(room, seq, ann, "c" + round, text(random)));
      Await.of(store.append(List.of(entry)));
      said.add(Shown.fresh(entry));
      return entry;
    }
    int index = random.nextInt(said.size());
    long target = said.get(index).entry().seq();
    Draft draft =
        random.nextInt(3) == 0
            ? Entries.delete(ann, "d" + round, target)
            : Entries.mutation(Mutation.EDIT, ann, "e" + round, target, text(random));
    Entry entry = now(Entries.at(room, seq, draft));
    Shown after = said.get(index).after(entry);
    said.set(index, after);
    Await.of(store.append(List.of(entry), List.of(new Revised(room, target, after.state()))));
    return entry;
  }

  private static String text(Random random) {
    List<String> words = List.of("tea", "grün", "東京", "https://example.org", "x", "now");
    StringBuilder text = new StringBuilder("{\"text\":\"");
    IntStream.rangeClosed(0, random.nextInt(5))
        .forEach(i -> text.append(words.get(random.nextInt(words.size()))).append(' '));
    return text.append("\"}").toString();
  }

  private Entry now(Entry entry) {
    return new Entry(
        entry.log(),
        entry.seq(),
        entry.n(),
        clock.millis(),
        entry.id(),
        entry.kind(),
        entry.author(),
        entry.name(),
        entry.cid(),
        entry.target(),
        entry.countable(),
        Optional.empty(),
        Optional.empty(),
        entry.body(),
        entry.digest());
  }

  private void room(LogId log) {
    UUID id = log.id();
    Await.of(
        pool.preparedQuery(
                """
                insert into rooms (id, type, name, name_key, description, created_at, version,
                                   member_count)
                values ($1, 'private', $2, $2, '', now(), 1, 1)""")
            .execute(Tuple.of(id, id.toString())));
  }

  /** All that is in the index but when each row was written. */
  private Map<String, String> index() {
    Map<String, String> index = new HashMap<>();
    Await.of(
            pool.query(
                    """
                    select n.room || ':' || s.seq as place,
                           concat_ws(' | ', s.at, s.author, s.link, s.deleted, s.terms) as kept
                      from search_messages s join search_rooms n on n.number = s.room""")
                .execute())
        .forEach(row -> index.put(row.getString("place"), row.getString("kept")));
    return index;
  }
}
