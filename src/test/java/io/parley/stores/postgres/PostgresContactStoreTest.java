package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore;
import io.parley.accounts.ProfileStore;
import io.parley.contacts.ContactStore;
import io.parley.contacts.ContactStoreContract;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPool;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresContactStoreTest extends ContactStoreContract {
  @RegisterExtension static final TestPool POOL = new TestPool();

  @Override
  protected ContactStore store() {
    return new PostgresContactStore(POOL.get());
  }

  @Override
  protected ProfileStore profiles() {
    return new PostgresProfileStore(POOL.get());
  }

  @Override
  protected AccountStore accounts() {
    return new PostgresAccountStore(POOL.get());
  }

  @Test
  void changesThatEverybodyHasHeededAreForgottenInSteps() {
    Await.of(
        POOL.get()
            .query(
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
