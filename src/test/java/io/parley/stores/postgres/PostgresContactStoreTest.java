package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore;
import io.parley.accounts.ProfileStore;
import io.parley.contacts.ContactStore;
import io.parley.contacts.ContactStoreContract;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresContactStoreTest extends ContactStoreContract {
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
  protected ContactStore store() {
    return new PostgresContactStore(pool);
  }

  @Override
  protected ProfileStore profiles() {
    return new PostgresProfileStore(pool);
  }

  @Override
  protected AccountStore accounts() {
    return new PostgresAccountStore(pool);
  }

  @Test
  void changesThatEverybodyHasHeededAreForgottenInSteps() {
    Await.of(
        pool.query(
                """
                insert into pair_changes (pair, changed_at)
                select 'pair ' || n, '2020-01-01' from generate_series(1, 5) n""")
            .execute());
    Instant later = Instant.parse("2021-01-01T00:00:00Z");

    assertThat(Await.of(store().forget(later, 3))).isEqualTo(3);
    assertThat(Await.of(store().forget(later, 3))).isEqualTo(2);
    assertThat(Await.of(store().forget(later, 3))).isZero();
  }
}
