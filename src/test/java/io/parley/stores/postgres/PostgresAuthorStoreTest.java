package io.parley.stores.postgres;

import io.parley.fixtures.TestPool;
import io.parley.log.AuthorStore;
import io.parley.log.AuthorStoreContract;
import io.parley.log.LogStore;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresAuthorStoreTest extends AuthorStoreContract {
  @RegisterExtension static final TestPool POOL = new TestPool();

  @Override
  protected AuthorStore store() {
    return new PostgresAuthorStore(POOL.get());
  }

  @Override
  protected LogStore logs() {
    return new PostgresLogStore(POOL.get());
  }
}
