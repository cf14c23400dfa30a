package io.parley.stores.postgres;

import io.parley.accounts.AccountStore;
import io.parley.accounts.SessionListContract;
import io.parley.accounts.SessionStore;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresSessionListTest extends SessionListContract {
  private static Vertx vertx;
  private static Pool pool;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    pool = PostgresPool.open(vertx, TestPostgres.database());
  }

  @AfterAll
  static void close() {
    Await.of(vertx.close());
  }

  @Override
  protected SessionStore store() {
    return new PostgresSessionStore(pool);
  }

  @Override
  protected AccountStore accounts() {
    return new PostgresAccountStore(pool);
  }
}
