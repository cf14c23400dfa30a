package io.parley.stores.postgres;

import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.parley.log.AuthorStore;
import io.parley.log.AuthorStoreContract;
import io.parley.log.LogStore;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresAuthorStoreTest extends AuthorStoreContract {
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
  protected AuthorStore store() {
    return new PostgresAuthorStore(pool);
  }

  @Override
  protected LogStore logs() {
    return new PostgresLogStore(pool);
  }
}
