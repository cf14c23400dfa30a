package io.parley.stores.postgres;

import io.parley.accounts.AccountStore;
import io.parley.accounts.SessionListContract;
import io.parley.accounts.SessionStore;
import io.parley.fixtures.TestPool;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresSessionListTest extends SessionListContract {
  @RegisterExtension static final TestPool POOL = new TestPool();

  @Override
  protected SessionStore store() {
    return new PostgresSessionStore(POOL.get());
  }

  @Override
  protected AccountStore accounts() {
    return new PostgresAccountStore(POOL.get());
  }
}
