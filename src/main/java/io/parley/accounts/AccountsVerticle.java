package io.parley.accounts;

import io.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for accounts. */
public final class AccountsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(AccountsVerticle.class);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final Bus bus;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Endings endings;
  private final People people;

  public AccountsVerticle(
      Bus bus, Accounts accounts, Sessions sessions, Endings endings, People people) {
    this.bus = bus;
    this.accounts = accounts;
    this.sessions = sessions;
    this.endings = endings;
    this.people = people;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(SWEEP.toMillis(), timer -> sweep());
    return Future.all(
        Future.all(
            bus.answer(AccountsApi.REGISTER, accounts::register),
            bus.answer(AccountsApi.LOGIN, accounts::login)),
        Future.all(
            bus.answer(AccountsApi.REFRESH, sessions::refresh),
            bus.answer(AccountsApi.LOGOUT, endings::logout),
            bus.answer(AccountsApi.CHECK, sessions::check)),
        Future.all(
            bus.answer(SessionsApi.OWN, sessions::own),
            bus.answer(SessionsApi.END, endings::end),
            bus.answer(SessionsApi.END_ALL, endings::endAll),
            bus.answer(SessionsApi.ENDED_SINCE, endings::endedSince)),
        Future.all(
            bus.answer(AccountsApi.OWN, people::own),
            bus.answer(AccountsApi.PROFILES, people::profiles),
            bus.answer(AccountsApi.DIRECTORY, people::directory)));
  }

  private void sweep() {
    sessions
        .forget()
        .onFailure(cause -> LOG.warn("expired sessions stay until the next sweep", cause));
  }
}
