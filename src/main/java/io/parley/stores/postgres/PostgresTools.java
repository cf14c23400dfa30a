package io.parley.stores.postgres;

import io.parley.accounts.AccountStore;
import io.parley.accounts.IdentityStore;
import io.parley.accounts.OperatorStore;
import io.parley.accounts.SessionStore;
import io.parley.accounts.StaffStore;
import io.parley.audit.AuditStore;
import io.parley.config.PostgresConfig;
import io.parley.log.LogStore;
import io.parley.rooms.RoomStore;
import io.parley.search.SearchStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Instant;

/** Stores for a tool that works beside the nodes, over connections of its own. */
public final class PostgresTools {
  private final Pool pool;
  private final Clock clock;

  /** The connections close with the Vert.x. */
  public PostgresTools(Vertx vertx, PostgresConfig config, Clock clock) {
    this.pool = PostgresPool.open(vertx, config);
    this.clock = clock;
  }

  /** The database's time. Fails UNAVAILABLE, also at a standby. */
  public Future<Instant> time() {
    return new PostgresHealth(pool).time();
  }

  public AccountStore accounts() {
    return new PostgresAccountStore(pool);
  }

  public SessionStore sessions() {
    return new PostgresSessionStore(pool);
  }

  public StaffStore staff() {
    return new PostgresStaffStore(pool);
  }

  public OperatorStore operators() {
    return new PostgresOperatorStore(pool);
  }

  public IdentityStore identity() {
    return new PostgresIdentityStore(pool);
  }

  public AuditStore audit() {
    return new PostgresAuditStore(pool);
  }

  public LogStore logs() {
    return new PostgresLogStore(pool);
  }

  public SearchStore search() {
    return new PostgresSearchStore(pool);
  }

  public RoomStore rooms() {
    return new PostgresRoomStore(pool, clock);
  }
}
