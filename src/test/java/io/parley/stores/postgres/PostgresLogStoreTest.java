package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.config.PostgresConfig;
import io.parley.fixtures.TestPostgres;
import io.parley.log.LogId;
import io.parley.log.LogStore;
import io.parley.log.LogStoreContract;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.UUID;
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
    PostgresConfig nowhere =
        new PostgresConfig(
            "127.0.0.1",
            1,
            config.database(),
            config.user(),
            config.password(),
            1,
            config.statementTimeout());
    LogStore unreachable = new PostgresLogStore(PostgresPool.open(vertx, nowhere));

    Throwable cause = failure(unreachable);

    assertThat(LogStore.Fault.of(cause)).isEqualTo(LogStore.Fault.Outcome.UNKNOWN);
  }

  private static Throwable failure(LogStore store) {
    return await(
        store.append(List.of()).map(done -> (Throwable) new AssertionError()).otherwise(e -> e));
  }

  @Test
  void aCidIsFoundAlongItsIndex() {
    LogId log = LogId.room(UUID.randomUUID());
    UserId author = new UserId(UUID.randomUUID());
    String plan =
        await(
                pool.query(
                        """
                    explain select seq from log_entries
                     where log = '%s' and scope = 0 and author = '%s' and cid = 'c'"""
                            .formatted(log.id(), author))
                    .execute())
            .iterator()
            .next()
            .getString(0);

    assertThat(plan).contains("log_entries_cid");
  }
}
