package io.parley.audit;

import io.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for the audit log, and forgets what has been kept for long enough. */
public final class AuditVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(AuditVerticle.class);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final Bus bus;
  private final Audits audits;

  public AuditVerticle(Bus bus, Audits audits) {
    this.bus = bus;
    this.audits = audits;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(SWEEP.toMillis(), timer -> sweep());
    return bus.answer(AuditApi.READ, audits::read);
  }

  private void sweep() {
    audits
        .forget()
        .onFailure(cause -> LOG.warn("old audit entries stay until the next sweep", cause));
  }
}
