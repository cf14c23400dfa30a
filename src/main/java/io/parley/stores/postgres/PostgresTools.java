package io.parley.stores.postgres;

import io.parley.accounts.AccountStore;
import io.parley.accounts.SessionStore;
import io.parley.config.PostgresConfig;
import io.parley.rooms.RoomStore;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;

/** Stores for a tool that works beside the nodes, over connections of its own. */
public final class PostgresTools {
  private final Pool pool;
  private final Clock clock;

  /** The connections close with the Vert.x. */
  public PostgresTools(Vertx vertx, PostgresConfig config, Clock clock) {
    this.pool = PostgresPool.open(vertx, config);
    this.clock = clock;
  }

  public AccountStore accounts() {
    return new PostgresAccountStore(pool);
  }

  public SessionStore sessions() {
    return new PostgresSessionStore(pool);
  }

  public RoomStore rooms() {
    return new PostgresRoomStore(pool, clock);
  }
}
