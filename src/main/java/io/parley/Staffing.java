package io.parley;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.Endings;
import io.parley.accounts.Staff;
import io.parley.accounts.StaffVerticle;
import io.parley.audit.AuditStore;
import io.parley.audit.AuditVerticle;
import io.parley.audit.AuditWriter;
import io.parley.audit.Audits;
import io.parley.audit.Journal;
import io.parley.bus.Bus;
import io.parley.config.Config;
import io.parley.stores.postgres.PostgresAuditStore;
import io.parley.stores.postgres.PostgresSessionStore;
import io.parley.stores.postgres.PostgresStaffStore;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** That part of the role persistence which keeps who runs the server, and what was done there. */
final class Staffing {
  private static final Duration LAST_ENTRIES = Duration.ofSeconds(2);

  private final Config config;
  private final Bus bus;
  private final Pool pool;
  private final Clock clock;
  private final AuditStore audit;
  private final AuditWriter journal;

  Staffing(
      Config config,
      Vertx vertx,
      Bus bus,
      Pool pool,
      Clock clock,
      Supplier<UUID> ids,
      MeterRegistry meters) {
    this.config = config;
    this.bus = bus;
    this.pool = pool;
    this.clock = clock;
    this.audit = new PostgresAuditStore(pool);
    this.journal = new AuditWriter(vertx, audit, clock, ids, meters);
  }

  /** Where everybody on this node notes what was done. */
  Journal journal() {
    return journal;
  }

  /**
   * @param deploy starts so many of a verticle
   */
  Future<Void> deploy(BiFunction<Supplier<Deployable>, Integer, Future<String>> deploy) {
    Endings endings = new Endings(new PostgresSessionStore(pool), bus, journal, clock);
    Staff staff = new Staff(new PostgresStaffStore(pool), endings, journal, bus, clock);
    Audits audits = new Audits(audit, config.audit(), clock);
    return deploy
        .apply(() -> new AuditVerticle(bus, audits), 1)
        .compose(deployed -> deploy.apply(() -> new StaffVerticle(bus, staff), 1))
        .mapEmpty();
  }

  /** Completes when what was noted is written, or has had its time. */
  Future<Void> finish() {
    return journal.finish(LAST_ENTRIES);
  }
}
