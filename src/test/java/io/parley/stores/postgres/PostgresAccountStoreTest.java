package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore;
import io.parley.accounts.AccountStoreContract;
import io.parley.accounts.Identifier;
import io.parley.accounts.SessionStore;
import io.parley.config.PostgresConfig;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresAccountStoreTest extends AccountStoreContract {
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
    Await.of(vertx.close());
  }

  @Override
  protected AccountStore store() {
    return new PostgresAccountStore(pool);
  }

  @Override
  protected SessionStore sessions() {
    return new PostgresSessionStore(pool);
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() {
    PostgresConfig nowhere =
        new PostgresConfig(
            "127.0.0.1",
            1,
            config.database(),
            config.user(),
            config.password(),
            1,
            config.statementTimeout());
    AccountStore unreachable = new PostgresAccountStore(PostgresPool.open(vertx, nowhere));

    assertThat(Await.failure(unreachable.credentials(Identifier.username("ana"))).reason())
        .isEqualTo(Reason.UNAVAILABLE);
  }
}
