package io.parley;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.DeparturesVerticle;
import io.parley.accounts.ExportsVerticle;
import io.parley.accounts.Lockout;
import io.parley.accounts.Passwords;
import io.parley.accounts.ProfilesVerticle;
import io.parley.audit.Journal;
import io.parley.bus.Bus;
import io.parley.config.Config;
import io.parley.contacts.ContactsVerticle;
import io.parley.log.LogClient;
import io.parley.log.LogStore;
import io.parley.presence.PresenceVerticle;
import io.parley.presence.Presences;
import io.parley.rooms.DepartingVerticle;
import io.parley.rooms.InvitesVerticle;
import io.parley.rooms.MembershipVerticle;
import io.parley.rooms.PairsVerticle;
import io.parley.stores.postgres.PostgresChoiceStore;
import io.parley.stores.postgres.PostgresContactStore;
import io.parley.stores.postgres.PostgresDepartingStore;
import io.parley.stores.postgres.PostgresDepartureStore;
import io.parley.stores.postgres.PostgresExportStore;
import io.parley.stores.postgres.PostgresInviteStore;
import io.parley.stores.postgres.PostgresOutboxStore;
import io.parley.stores.postgres.PostgresPairStore;
import io.parley.stores.postgres.PostgresProfileStore;
import io.parley.stores.postgres.PostgresRequestStore;
import io.parley.stores.postgres.PostgresRoomStore;
import io.parley.stores.postgres.PostgresSettingStore;
import io.parley.stores.redis.RedisLink;
import io.parley.stores.redis.RedisPresenceStore;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** That part of the role persistence which keeps what people say of themselves and each other. */
final class Society {
  private static final long DEPARTING_MS = 10_000;

  private final Config config;
  private final Bus bus;
  private final Pool pool;
  private final Journal journal;
  private final Clock clock;
  private final BiFunction<Supplier<Deployable>, Integer, Future<String>> deploy;

  /**
   * @param deploy starts so many of a verticle
   */
  Society(
      Config config,
      Bus bus,
      Pool pool,
      Journal journal,
      Clock clock,
      BiFunction<Supplier<Deployable>, Integer, Future<String>> deploy) {
    this.config = config;
    this.bus = bus;
    this.pool = pool;
    this.journal = journal;
    this.clock = clock;
    this.deploy = deploy;
  }

  Future<Void> gather(Passwords passwords, Lockout lockout) {
    int instances = Deployment.instances(config.node().instances().accounts());
    return deploy
        .apply(() -> new ProfilesVerticle(bus, new PostgresProfileStore(pool)), instances)
        .compose(
            deployed ->
                deploy.apply(
                    () ->
                        new ContactsVerticle(
                            bus, new PostgresContactStore(pool), clock, config.contacts()),
                    instances))
        .compose(
            deployed ->
                deploy.apply(
                    () ->
                        new DeparturesVerticle(
                            bus,
                            new PostgresDepartureStore(pool),
                            passwords,
                            lockout,
                            journal,
                            clock),
                    1))
        .compose(
            deployed ->
                deploy.apply(
                    () -> new ExportsVerticle(bus, new PostgresExportStore(pool), journal, clock),
                    1))
        .compose(
            deployed -> deploy.apply(() -> new PairsVerticle(bus, new PostgresPairStore(pool)), 1))
        .mapEmpty();
  }

  /**
   * Knows who is here.
   *
   * @param nodes those that are in the cluster
   */
  Future<Void> attend(RedisLink link, Supplier<Set<String>> nodes) {
    Presences presences =
        new Presences(
            new RedisPresenceStore(link),
            new PostgresChoiceStore(pool),
            bus,
            nodes,
            clock,
            config.presence());
    Duration grace = config.presence().grace();
    return deploy.apply(() -> new PresenceVerticle(bus, presences, grace), 1).mapEmpty();
  }

  /**
   * Knows who follows which threads.
   *
   * @param holder this node, in this life
   */
  Future<Void> thread(LogStore store, LogClient logs, MeterRegistry meters, String holder) {
    return new Threading(bus, pool, logs, clock, meters, holder).deploy(store, deploy);
  }

  /** Looks after those who leave, who come by links, or ask to, once there are logs. */
  Future<Void> move(LogClient logs, Supplier<UUID> ids, SecureRandom random) {
    return part(logs, ids)
        .compose(deployed -> invite(logs, ids, random))
        .compose(deployed -> accommodate(logs, ids));
  }

  private Future<Void> accommodate(LogClient logs, Supplier<UUID> ids) {
    return deploy
        .apply(
            () ->
                new MembershipVerticle(
                    bus,
                    new PostgresRoomStore(pool, clock),
                    new PostgresSettingStore(pool, clock),
                    new PostgresRequestStore(pool, clock),
                    new PostgresOutboxStore(pool),
                    logs,
                    clock,
                    ids,
                    config.rooms()),
            1)
        .mapEmpty();
  }

  private Future<Void> part(LogClient logs, Supplier<UUID> ids) {
    return deploy
        .apply(
            () ->
                new DepartingVerticle(
                    bus,
                    new PostgresRoomStore(pool, clock),
                    new PostgresDepartingStore(pool),
                    new PostgresOutboxStore(pool),
                    logs,
                    clock,
                    ids,
                    DEPARTING_MS),
            1)
        .mapEmpty();
  }

  private Future<Void> invite(LogClient logs, Supplier<UUID> ids, SecureRandom random) {
    return deploy
        .apply(
            () ->
                new InvitesVerticle(
                    bus,
                    new PostgresInviteStore(pool, clock),
                    new PostgresRoomStore(pool, clock),
                    new PostgresOutboxStore(pool),
                    logs,
                    clock,
                    ids,
                    random,
                    config.rooms()),
            1)
        .mapEmpty();
  }
}
