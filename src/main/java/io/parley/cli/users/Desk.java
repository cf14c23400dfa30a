package io.parley.cli.users;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.Endings;
import io.parley.accounts.Letters;
import io.parley.accounts.Operators;
import io.parley.accounts.Passwords;
import io.parley.accounts.SessionStore;
import io.parley.accounts.Staff;
import io.parley.accounts.UserId;
import io.parley.audit.Actor;
import io.parley.audit.AuditApi;
import io.parley.audit.AuditStore;
import io.parley.audit.AuditVerticle;
import io.parley.audit.AuditWriter;
import io.parley.audit.Audits;
import io.parley.bus.Bus;
import io.parley.config.Config;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.observability.AgreedClock;
import io.parley.stores.postgres.PostgresTools;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** The rules of a server, beside its stores, for somebody at the command line. */
final class Desk implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LAST_ENTRIES = Duration.ofSeconds(5);

  private final Vertx vertx = Vertx.vertx();
  private final AuditWriter journal;
  private final SessionStore sessions;
  private final Staff staff;
  private final Operators operators;

  Desk(Config config) {
    this(config, Clock.systemUTC());
  }

  /**
   * @param machine this machine's clock; the database's counts where they differ, as on nodes,
   *     which look for what has ended since a moment ago
   */
  Desk(Config config, Clock machine) {
    AgreedClock clock = new AgreedClock(machine, System::nanoTime);
    Supplier<UUID> ids = UuidCreator::getTimeOrderedEpoch;
    MeterRegistry meters = new CompositeMeterRegistry();
    SecureRandom random = new SecureRandom();
    Bus bus = Bus.over(vertx, List.of(AccountsApi.CONTRACT, AuditApi.CONTRACT));
    PostgresTools stores = new PostgresTools(vertx, config.postgres(), clock);
    await(clock.against(stores::time).get());
    AuditStore audit = stores.audit();
    journal = new AuditWriter(vertx, audit, clock, ids, meters);
    sessions = stores.sessions();
    Endings endings = new Endings(sessions, bus, journal, clock);
    staff = new Staff(stores.staff(), endings, journal, bus, clock);
    operators =
        new Operators(
            stores.operators(),
            stores.identity(),
            new Passwords(vertx, config.auth(), random, meters),
            new Letters(config.http().publicUrl()),
            config.mail().present(),
            journal,
            clock,
            ids,
            random);
    AuditVerticle answers = new AuditVerticle(bus, new Audits(audit, config.audit(), clock));
    await(vertx.deployVerticle(answers));
  }

  /**
   * Does something at the desk of a server, and clears it away.
   *
   * @param begins whether the server need not have run before
   */
  static <T> T at(Server server, boolean begins, Teller teller, Function<Desk, T> work) {
    return server.at(
        begins,
        teller.progress(),
        config -> {
          try (Desk desk = new Desk(config)) {
            return work.apply(desk);
          }
        });
  }

  Staff staff() {
    return staff;
  }

  Operators operators() {
    return operators;
  }

  SessionStore sessions() {
    return sessions;
  }

  /** Who sits here. */
  static Actor operator() {
    return Actor.cli(System.getProperty("user.name", "somebody"));
  }

  /** Whom somebody means by an id, a username, an e-mail address or a phone number. */
  UserId find(String known) {
    return await(operators.find(known));
  }

  /** The outcome, as soon as there is one. Throws the failure. */
  static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw Failure.of(Reason.TIMEOUT, "the database does not answer; what was asked is unknown");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Reason.TIMEOUT, "interrupted; what was asked is unknown");
    }
  }

  @Override
  public void close() {
    await(journal.finish(LAST_ENTRIES));
    await(vertx.close());
  }
}
