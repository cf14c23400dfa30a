package io.parley.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import io.parley.accounts.UserId;
import io.parley.config.PostgresConfig;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.StoreSql;
import io.parley.fixtures.TestPostgres;
import io.parley.log.Entry;
import io.parley.log.LogId;
import io.parley.log.MessageState;
import io.parley.log.Shown;
import io.parley.rooms.RoomId;
import io.parley.search.Indexing;
import io.parley.search.SearchStore;
import io.parley.search.SearchStore.Wanted;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresSearchStore;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it takes to find messages among many, and to keep them so that they are found. */
class SearchBench {
  private static final int MESSAGES = Integer.getInteger("parley.bench.messages", 1_000_000);
  private static final int ROOMS = Integer.getInteger("parley.bench.rooms", 1_000);
  private static final int OWN = 20;
  private static final int AUTHORS = 500;
  private static final int WORDS = 20_000;
  private static final int ROUNDS = Integer.getInteger("parley.bench.rounds", 200);
  private static final int BATCH = 500;
  private static final int RATE = Integer.getInteger("parley.bench.rate", 500);
  private static final int SECONDS = Integer.getInteger("parley.bench.seconds", 30);
  private static final int TALKING = 100;
  private static final int MEMBERS = 300;
  private static final String AGE =
      "select (extract(epoch from clock_timestamp()) * 1000)::bigint - max(at)"
          + " from search_messages";
  private static final long SEED = Long.getLong("parley.seed", 1);

  private final Vertx vertx = Vertx.vertx();
  private final PostgresConfig database = TestPostgres.database();
  private final Pool pool = PostgresPool.open(vertx, database);
  private final SearchStore store = new PostgresSearchStore(pool);
  private final Random random = new Random(SEED);
  private final List<UUID> rooms = ids(ROOMS);
  private final List<UserId> authors = ids(AUTHORS).stream().map(UserId::new).toList();
  private final long[] heads = new long[ROOMS];
  private final String[] words = new String[WORDS];
  private final double[] often = new double[WORDS];

  @AfterEach
  void end() {
    Await.of(vertx.close());
  }

  private static List<UUID> ids(int many) {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      ids.add(UuidCreator.getTimeOrderedEpoch());
    }
    return ids;
  }

  @Test
  void searching() {
    language();
    people();
    long begun = System.nanoTime();
    Indexing indexing = Indexing.of(store);
    for (int done = 0; done < MESSAGES; done += BATCH) {
      Await.of(indexing.take(messages(Math.min(BATCH, MESSAGES - done)), List.of()));
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Await.of(pool.query("vacuum analyze search_messages").execute());
    Table table =
        new Table(
            "search",
            "%d messages of 12 words in %d rooms, the reader in %d; %d searches each; seed %d"
                .formatted(MESSAGES, ROOMS, OWN, ROUNDS, SEED),
            "what is looked for",
            "found on the first page",
            "p50 ms",
            "p99 ms");
    queries().forEach((name, wanted) -> row(table, name, wanted));
    table.row("| indexed messages a second, alone | %.0f | | |", MESSAGES / seconds);
    for (String part :
        List.of(
            "search_messages",
            "search_messages_pkey",
            "search_messages_terms",
            "search_messages_author",
            "search_messages_link")) {
      table.row("| MiB of %s | %.0f | | |", part, mebibytes(part));
    }
  }

  /** How old the newest message is that is found, while people talk. */
  @Test
  void followingTalk(@TempDir Path data) {
    Table table =
        new Table(
            "search-lag",
            "%s; %d messages a second in %d rooms × %d for %d s"
                .formatted(Server.SETTINGS, RATE, TALKING, MEMBERS / TALKING, SECONDS),
            "newest that is found, p50 / p99 / most ms",
            "acknowledged p50 / p99 ms",
            "CPU µs of the node a post",
            "CPU µs of the stores a post");
    try (Server server = new Server(data.resolve("data"))) {
      server.add(Server.ALL);
      Path json = data.resolve("result.json");
      ParleyProcess load =
          server
              .load(json)
              .with("--scenario", "TALK")
              .with("--members", "" + MEMBERS)
              .with("--rooms", "" + TALKING)
              .with("--rate", "" + RATE)
              .with("--warm-up", "10")
              .with("--duration", "" + SECONDS)
              .start();
      load.awaitLine("connected " + MEMBERS + " of " + MEMBERS);
      List<Long> ages = ages(StoreSql.in(data.resolve("data")));
      Measured talk = new Measured(server.end(load, json));
      table.row(
          "| %d / %d / %d | %s | %.0f | %.0f |",
          ages.get(ages.size() / 2),
          ages.get(ages.size() * 99 / 100),
          ages.get(ages.size() - 1),
          talk.times("toAcknowledged"),
          talk.nodeMicrosAPost(),
          talk.storeMicrosAPost());
    }
  }

  /** Looked at twice a second after the warm-up, in order. */
  private List<Long> ages(StoreSql sql) {
    Await.of(vertx.timer(15, TimeUnit.SECONDS));
    List<Long> ages = new ArrayList<>();
    for (int i = 0; i < 2 * SECONDS - 10; i++) {
      ages.add(Long.parseLong(sql.run(AGE).orElseThrow()));
      Await.of(vertx.timer(400, TimeUnit.MILLISECONDS));
    }
    ages.sort(null);
    return ages;
  }

  /** As in real ones few words are said often, and most hardly ever. */
  private void language() {
    double sum = 0;
    for (int i = 0; i < WORDS; i++) {
      words[i] = "w" + Integer.toString(i * 7919 % 1_000_003, 36) + Integer.toString(i, 36);
      sum += 1.0 / (i + 1);
      often[i] = sum;
    }
  }

  private String word() {
    double drawn = random.nextDouble() * often[WORDS - 1];
    int index = Arrays.binarySearch(often, drawn);
    return words[Math.min(WORDS - 1, index < 0 ? -index - 1 : index)];
  }

  private void people() {
    Await.of(
        pool.preparedQuery(
                """
                insert into rooms (id, type, name, name_key, description, created_at, version,
                                   member_count)
                select id, 'private', 'r', 'r', '', now(), 1, 1 from unnest($1::uuid[]) id""")
            .execute(Tuple.tuple().addArrayOfUUID(rooms.toArray(UUID[]::new))));
    Await.of(
        pool.preparedQuery(
                """
                insert into room_members (room, account, role, joined_at, since, version, read_seq,
                                          read_n)
                select id, $2, 'member', now(), 0, 1, 0, 0 from unnest($1::uuid[]) id""")
            .execute(
                Tuple.tuple()
                    .addArrayOfUUID(rooms.subList(0, OWN).toArray(UUID[]::new))
                    .addUUID(authors.get(0).value())));
  }

  private List<Shown> messages(int many) {
    List<Shown> messages = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      int room = random.nextInt(ROOMS);
      StringBuilder text = new StringBuilder("{\"text\":\"");
      for (int w = 0; w < 12; w++) {
        text.append(word()).append(' ');
      }
      messages.add(
          new Shown(
              new Entry(
                  LogId.room(rooms.get(room)),
                  ++heads[room],
                  heads[room],
                  1_700_000_000_000L + heads[room],
                  rooms.get(room),
                  "message",
                  authors.get(random.nextInt(AUTHORS)),
                  "Ann",
                  "c",
                  Optional.empty(),
                  true,
                  Optional.empty(),
                  Optional.empty(),
                  text.append("\"}").toString(),
                  rooms.get(room)),
              MessageState.FRESH));
    }
    return messages;
  }

  private Map<String, Wanted> queries() {
    Map<String, Wanted> queries = new LinkedHashMap<>();
    queries.put("a rare word", words(words[WORDS / 2]));
    queries.put("a common word (one in 13 messages)", words(words[100]));
    queries.put("the most common word (in most messages)", words(words[0]));
    queries.put("a common word and a rare one", words(words[100], words[WORDS / 4]));
    queries.put("two letters as a beginning", ranked("('~w1':*)", false));
    queries.put("the most common word, best first", ranked("('~" + words[0] + "')", true));
    queries.put("a common word in one room", in(words[100]));
    queries.put("all of one author", of(authors.get(7)));
    return queries;
  }

  private Wanted words(String... all) {
    List<String> terms = new ArrayList<>();
    for (String each : all) {
      terms.add("('~" + each + "')");
    }
    return ranked(String.join(" & ", terms), false);
  }

  private Wanted ranked(String query, boolean ranked) {
    return wanted(Optional.of(query), Optional.empty(), Optional.empty(), ranked);
  }

  private Wanted in(String word) {
    return wanted(
        Optional.of("('~" + word + "')"),
        Optional.of(List.of(new RoomId(rooms.get(0)))),
        Optional.empty(),
        false);
  }

  private Wanted of(UserId author) {
    return wanted(Optional.empty(), Optional.empty(), Optional.of(List.of(author)), false);
  }

  private Wanted wanted(
      Optional<String> query,
      Optional<List<RoomId>> where,
      Optional<List<UserId>> by,
      boolean ranked) {
    return new Wanted(
        authors.get(0),
        query,
        where,
        by,
        false,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        ranked,
        Optional.empty(),
        21);
  }

  private void row(Table table, String name, Wanted wanted) {
    long[] nanos = new long[ROUNDS];
    int found = 0;
    for (int i = -ROUNDS / 10; i < ROUNDS; i++) {
      long begun = System.nanoTime();
      found = Await.of(store.find(wanted)).size();
      if (i >= 0) {
        nanos[i] = System.nanoTime() - begun;
      }
    }
    Arrays.sort(nanos);
    table.row(
        "| %s | %d | %.1f | %.1f |",
        name, Math.min(20, found), millis(nanos[ROUNDS / 2]), millis(nanos[ROUNDS * 99 / 100]));
  }

  private static double millis(long nanos) {
    return (double) nanos / TimeUnit.MILLISECONDS.toNanos(1);
  }

  private double mebibytes(String relation) {
    return Await.of(
                pool.preparedQuery("select pg_relation_size($1::text::regclass) as size")
                    .execute(Tuple.of(relation)))
            .iterator()
            .next()
            .getLong("size")
        / (double) (1 << 20);
  }
}
