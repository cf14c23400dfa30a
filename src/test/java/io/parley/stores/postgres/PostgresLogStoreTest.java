package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.PostgresConfig;
import io.parley.fixtures.TestPostgres;
import io.parley.log.Entry;
import io.parley.log.LogStore;
import io.parley.log.LogStoreContract;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresLogStoreTest extends LogStoreContract {
  private static Vertx vertx;
  private static PostgresConfig config;
  private static Pool pool;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    config = TestPostgres.database();
    pool = PostgresPool.open(vertx, config);
    await(connected(20));
  }

  /** The first connections to a server that has just started may take their time. */
  private static Future<Void> connected(int tries) {
    return pool.query("select 1")
        .execute()
        .<Void>mapEmpty()
        .recover(cause -> tries > 1 ? connected(tries - 1) : Future.failedFuture(cause));
  }

  @AfterAll
  static void close() {
    await(vertx.close());
  }

  @Override
  protected LogStore store() {
    return new PostgresLogStore(pool);
  }

  @Test
  void everyCommitWaitsForTheDisk() {
    assertThat(
            await(pool.query("show synchronous_commit").execute()).iterator().next().getString(0))
        .isEqualTo("on");
  }

  @Test
  void aServerThatGivesNoAnswerLeavesTheOutcomeUnknown() {
    LogStore unreachable = new PostgresLogStore(PostgresPool.open(vertx, at(1, Duration.ZERO)));

    assertThat(outcome(unreachable.append(List.of()))).isEqualTo(LogStore.Fault.Outcome.UNKNOWN);
  }

  @Test
  void aStatementThatTakesTooLongLeavesTheOutcomeUnknown() {
    List<Entry> batch = twoRooms();
    PostgresConfig hasty = at(config.port(), Duration.ofMillis(300));
    LogStore store = new PostgresLogStore(PostgresPool.open(vertx, hasty));
    SqlConnection blocker = await(pool.getConnection());
    await(blocker.begin());
    await(occupy(blocker, batch.get(1)));

    assertThat(outcome(store.append(batch))).isEqualTo(LogStore.Fault.Outcome.UNKNOWN);
    await(blocker.close());
  }

  @Test
  void aDeadlockIsAConflict() {
    List<Entry> batch = twoRooms();
    SqlConnection blocker = await(pool.getConnection());
    await(blocker.begin());
    await(occupy(blocker, batch.get(1)));
    Future<Void> append = store().append(batch);
    Awaitility.await().until(PostgresLogStoreTest::somebodyWaits);
    Future<?> ring = occupy(blocker, batch.get(0));

    assertThat(outcome(append)).isEqualTo(LogStore.Fault.Outcome.CONFLICT);
    await(ring);
    await(blocker.close());
    assertThat(await(store().find(batch.stream().map(Entry::key).toList()))).isEmpty();
  }

  private static boolean somebodyWaits() {
    return await(
                pool.query("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                    .execute())
            .iterator()
            .next()
            .getLong(0)
        > 0;
  }

  /** Takes an entry's place in a transaction that goes on. */
  private static Future<RowSet<Row>> occupy(SqlConnection connection, Entry entry) {
    return connection
        .preparedQuery(PostgresLogWrites.INSERT)
        .execute(PostgresLogWrites.columns(List.of(entry)));
  }

  private static PostgresConfig at(int port, Duration statementTimeout) {
    return new PostgresConfig(
        config.host(),
        port,
        config.database(),
        config.user(),
        config.password(),
        1,
        statementTimeout);
  }

  @Test
  void aCidIsFoundAlongItsIndex() {
    String author = UUID.randomUUID().toString();

    assertThat(plan("author = '%s' and cid = 'c'".formatted(author))).contains("log_entries_cid");
  }

  @Test
  void editsOfAMessageAreFoundAlongTheirIndex() {
    assertThat(plan("target = 5 and kind = 'edit'")).contains("log_entries_edits");
  }

  private static String plan(String entry) {
    String sql =
        "explain select seq from log_entries where log = '%s' and scope = 0 and %s"
            .formatted(UUID.randomUUID(), entry);
    return await(pool.query(sql).execute()).iterator().next().getString(0);
  }
}
