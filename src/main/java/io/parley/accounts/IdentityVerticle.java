package io.parley.accounts;

import io.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for identity, and looks for mails that are due. */
public final class IdentityVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(IdentityVerticle.class);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final Bus bus;
  private final Recovery recovery;
  private final Changes changes;
  private final Mails mails;

  public IdentityVerticle(Bus bus, Recovery recovery, Changes changes, Mails mails) {
    this.bus = bus;
    this.recovery = recovery;
    this.changes = changes;
    this.mails = mails;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(LOOK.toMillis(), timer -> mails.wake());
    vertx.setPeriodic(SWEEP.toMillis(), timer -> sweep());
    return Future.all(
        Future.all(
            bus.answer(IdentityApi.VERIFY_EMAIL, recovery::verifyEmail),
            bus.answer(IdentityApi.RESEND, recovery::resend)),
        Future.all(
            bus.answer(IdentityApi.ASK_RESET, recovery::askReset),
            bus.answer(IdentityApi.RESET, recovery::reset)),
        Future.all(
            bus.answer(IdentityApi.CHANGE_PASSWORD, changes::changePassword),
            bus.answer(IdentityApi.CHANGE_IDENTIFIER, changes::changeIdentifier)));
  }

  private void sweep() {
    mails.forget().onFailure(cause -> LOG.warn("old mails stay until the next sweep", cause));
  }
}
