package io.parley.accounts;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.bus.Bus;
import io.parley.config.AuthConfig;
import io.parley.config.MailConfig;
import io.parley.fixtures.Await;
import io.parley.fixtures.Notes;
import io.parley.fixtures.TestPostgres;
import io.parley.mail.SmtpPost;
import io.parley.stores.postgres.PostgresAccountStore;
import io.parley.stores.postgres.PostgresIdentityStore;
import io.parley.stores.postgres.PostgresMailStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresSessionStore;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Accounts and identity, put together as on a node, with time that can be moved. */
record IdentityParts(Pool pool, ShiftedClock clock, MeterRegistry meters, Notes notes) {
  private static final AuthConfig CONFIG = AuthConfigs.cheap();

  /** The time, and more. */
  static final class ShiftedClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void forward(Duration more) {
      ahead = ahead.plus(more);
    }

    void reset() {
      ahead = Duration.ZERO;
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  static IdentityParts deploy(
      Vertx vertx, Bus bus, Optional<MailConfig> mail, MeterRegistry meters) {
    Pool pool = PostgresPool.open(vertx, TestPostgres.database());
    ShiftedClock clock = new ShiftedClock();
    Notes notes = new Notes();
    SecureRandom random = new SecureRandom();
    AccountStore store = new PostgresAccountStore(pool);
    AccessTokens tokens = new AccessTokens(vertx, CONFIG, clock);
    SessionStore signedIn = new PostgresSessionStore(pool);
    Endings endings = new Endings(signedIn, bus, notes, clock);
    Sessions sessions =
        new Sessions(
            signedIn, tokens, CONFIG, endings, notes, clock, UUID::randomUUID, random, meters);
    Passwords passwords = new Passwords(vertx, CONFIG, random, meters);
    MailStore queue = new PostgresMailStore(pool);
    Letters letters = new Letters("https://chat.example.org/");
    Optional<Postman> postman =
        mail.map(config -> new SmtpPost(vertx, config, letters.place()))
            .map(post -> new Postman(queue, post, letters, notes, clock, random, meters));
    Mails mails = new Mails(queue, postman, clock, UUID::randomUUID);
    Accounts accounts =
        new Accounts(
            store,
            passwords,
            sessions,
            new Lockout(bus, meters),
            mails,
            notes,
            bus,
            clock,
            UUID::randomUUID,
            meters);
    Await.of(
        vertx.deployVerticle(
            new AccountsVerticle(bus, accounts, sessions, endings, new People(store))));
    IdentityParts parts = new IdentityParts(pool, clock, meters, notes);
    Await.of(vertx.deployVerticle(parts.identity(bus, store, mails, passwords, endings)));
    return parts;
  }

  private IdentityVerticle identity(
      Bus bus, AccountStore store, Mails mails, Passwords passwords, Endings endings) {
    IdentityStore identity = new PostgresIdentityStore(pool);
    Recovery recovery = new Recovery(identity, mails, passwords, endings, notes, clock);
    Changes changes =
        new Changes(
            identity,
            store,
            mails,
            passwords,
            new Lockout(bus, meters),
            endings,
            notes,
            clock,
            meters);
    return new IdentityVerticle(bus, recovery, changes, mails);
  }

  /** How many passwords were hashed or compared. */
  long hashed() {
    return meters.timer("parley.auth.hashing").count();
  }

  /** How many mails were not sent yet. */
  long waiting() {
    return Await.of(pool.query("select count(*) as n from mails where sent_at is null").execute())
        .iterator()
        .next()
        .getLong("n");
  }

  UUID id() {
    return UUID.randomUUID();
  }
}
