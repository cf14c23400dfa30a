package io.parley.cli.load;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.parley.accounts.AccessTokens;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.AccountsApi.SignedIn;
import io.parley.accounts.Endings;
import io.parley.accounts.LoadAccounts;
import io.parley.accounts.SessionStore;
import io.parley.accounts.Sessions;
import io.parley.accounts.UserId;
import io.parley.audit.AuditWriter;
import io.parley.audit.Journal;
import io.parley.bus.Bus;
import io.parley.cli.client.Person;
import io.parley.config.AuthConfig;
import io.parley.config.Config;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.rooms.LoadRooms;
import io.parley.rooms.RoomsApi;
import io.parley.stores.embedded.DataDirectory;
import io.parley.stores.embedded.EmbeddedStores;
import io.parley.stores.postgres.PostgresTools;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Makes people and rooms in the database of a server, and signs their tokens with its secret, so
 * that nothing has to be hashed, and nobody waits in line to enter. It wants the configuration of a
 * node that keeps accounts.
 */
public final class Mint {
  private static final int TRIES = 10;
  private static final long PAUSE_MS = 500;

  private final Vertx vertx;
  private final LoadAccounts accounts;
  private final LoadRooms rooms;
  private final Config config;

  private Mint(Vertx vertx, LoadAccounts accounts, LoadRooms rooms, Config config) {
    this.vertx = vertx;
    this.accounts = accounts;
    this.rooms = rooms;
    this.config = config;
  }

  /**
   * Fails INVALID when the configuration does not lead to a database and a secret. The connections
   * to the database close with the Vert.x.
   *
   * @param config that of a node; when its stores are embedded ones, they have to run
   * @param lifetime of the access tokens
   */
  public static Mint of(Vertx vertx, Config config, Duration lifetime) {
    Config found = config.node().embedded() ? running(config) : config;
    if (!found.auth().jwtSecret().present()) {
      throw refused("tokens are signed with auth.jwtSecret, which is not set");
    }
    Clock clock = Clock.systemUTC();
    AuthConfig auth = found.auth().withAccessToken(lifetime);
    PostgresTools stores = new PostgresTools(vertx, found.postgres(), clock);
    SessionStore stored = stores.sessions();
    MeterRegistry meters = new CompositeMeterRegistry();
    Journal journal =
        new AuditWriter(vertx, stores.audit(), clock, UuidCreator::getTimeOrderedEpoch, meters);
    Bus bus = Bus.over(vertx, List.of(AccountsApi.CONTRACT));
    Sessions sessions =
        new Sessions(
            stored,
            new AccessTokens(vertx, auth, clock),
            auth,
            new Endings(stored, bus, journal, clock),
            journal,
            clock,
            UuidCreator::getTimeOrderedEpoch,
            new SecureRandom(),
            meters);
    return new Mint(
        vertx,
        new LoadAccounts(stores.accounts(), sessions, clock, UuidCreator::getTimeOrderedEpoch),
        new LoadRooms(stores.rooms(), clock, UuidCreator::getTimeOrderedEpoch),
        found);
  }

  /**
   * New people named {@code prefix0, prefix1, …}, without passwords. They enter the default rooms
   * when they first list their rooms. Fails UNAVAILABLE, saying where, when the database does not
   * answer, however often it is asked: a machine under load has better and worse moments.
   */
  public Future<List<Person>> make(String prefix, int count) {
    return reach(TRIES)
        .compose(there -> accounts.make(prefix, count))
        .map(made -> made.stream().map(Mint::person).toList())
        .recover(cause -> Future.failedFuture(explained(Failure.from(cause))));
  }

  /**
   * A new public room of these people, the first of whom owns it. Its log begins when one of them
   * next asks to enter it.
   *
   * @return its id
   */
  public Future<String> room(String name, List<Person> members) {
    return rooms
        .make(name, members.stream().map(Mint::caller).toList())
        .map(Object::toString)
        .recover(cause -> Future.failedFuture(explained(Failure.from(cause))));
  }

  private Future<Void> reach(int tries) {
    return accounts
        .reach()
        .recover(
            cause ->
                tries > 1 && Failure.from(cause).reason() == Reason.UNAVAILABLE
                    ? vertx.timer(PAUSE_MS, TimeUnit.MILLISECONDS).compose(due -> reach(tries - 1))
                    : Future.failedFuture(cause));
  }

  private static RoomsApi.Caller caller(Person person) {
    return new RoomsApi.Caller(new UserId(UUID.fromString(person.user())), person.username());
  }

  private static Person person(SignedIn made) {
    return new Person(
        made.account().id().toString(),
        made.account().name(),
        "",
        made.token(),
        made.refreshToken());
  }

  private static Config running(Config config) {
    Path data = config.node().data();
    if (!Files.isDirectory(data)) {
      throw refused("there is no data directory at " + data.toAbsolutePath());
    }
    return EmbeddedStores.running(DataDirectory.open(data), config)
        .orElseThrow(() -> refused("no stores run below " + data.toAbsolutePath()));
  }

  private Failure explained(Failure failure) {
    return failure.reason() == Reason.UNAVAILABLE
        ? Failure.of(
            Reason.UNAVAILABLE,
            "--mint: PostgreSQL at "
                + config.postgres().host()
                + ":"
                + config.postgres().port()
                + " cannot be used: "
                + failure.detail())
        : failure;
  }

  private static Failure refused(String why) {
    return Failure.of(
        Reason.INVALID,
        "--mint: " + why + "; give the --config, --data or environment of the node, or go without");
  }
}
