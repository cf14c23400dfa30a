package io.parley;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.AccessTokens;
import io.parley.accounts.AccountStore;
import io.parley.accounts.Accounts;
import io.parley.accounts.AccountsVerticle;
import io.parley.accounts.Changes;
import io.parley.accounts.Endings;
import io.parley.accounts.IdentityStore;
import io.parley.accounts.IdentityVerticle;
import io.parley.accounts.Letters;
import io.parley.accounts.Lockout;
import io.parley.accounts.MailStore;
import io.parley.accounts.Mails;
import io.parley.accounts.Passwords;
import io.parley.accounts.People;
import io.parley.accounts.Postman;
import io.parley.accounts.Recovery;
import io.parley.accounts.SessionStore;
import io.parley.accounts.Sessions;
import io.parley.audit.Journal;
import io.parley.bus.Bus;
import io.parley.cluster.Cluster;
import io.parley.config.Config;
import io.parley.limits.Limits;
import io.parley.limits.LimitsVerticle;
import io.parley.limits.Veil;
import io.parley.log.AuthorStore;
import io.parley.log.AuthorsVerticle;
import io.parley.log.Census;
import io.parley.log.LogClient;
import io.parley.log.LogStore;
import io.parley.log.LogVerticle;
import io.parley.log.Ownership;
import io.parley.mail.SmtpPost;
import io.parley.messages.MessagesVerticle;
import io.parley.observability.AgreedClock;
import io.parley.observability.Health;
import io.parley.observability.HealthChecks;
import io.parley.rooms.RoomAdmission;
import io.parley.rooms.RoomsVerticle;
import io.parley.stores.mongo.MongoLink;
import io.parley.stores.postgres.PostgresAccountStore;
import io.parley.stores.postgres.PostgresAuthorStore;
import io.parley.stores.postgres.PostgresHealth;
import io.parley.stores.postgres.PostgresIdentityStore;
import io.parley.stores.postgres.PostgresLogStore;
import io.parley.stores.postgres.PostgresMailStore;
import io.parley.stores.postgres.PostgresOutboxStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresReaderStore;
import io.parley.stores.postgres.PostgresRoomStore;
import io.parley.stores.postgres.PostgresSessionStore;
import io.parley.stores.redis.RedisLimitStore;
import io.parley.stores.redis.RedisLink;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role persistence: every verticle that holds a store, and the stores. */
final class Persistence {
  private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);

  private final Config config;
  private final Cluster cluster;
  private final Vertx vertx;
  private final Bus bus;
  private final HealthChecks health;
  private final Census census;
  private final LogClient logs;
  private final AccessTokens tokens;
  private final Fittings fittings;
  private final AgreedClock clock;
  private final MeterRegistry meters;
  private final String holder;
  private final SecureRandom random = new SecureRandom();
  private final Supplier<UUID> ids = UuidCreator::getTimeOrderedEpoch;
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private final List<LogVerticle> owners = new CopyOnWriteArrayList<>();
  private Optional<RedisLink> redis = Optional.empty();
  private Optional<MongoLink> mongo = Optional.empty();
  private Optional<SmtpPost> post = Optional.empty();
  private Optional<Staffing> staffing = Optional.empty();

  Persistence(
      Config config,
      Cluster cluster,
      Bus bus,
      HealthChecks health,
      Census census,
      LogClient logs,
      AccessTokens tokens,
      Fittings fittings,
      AgreedClock clock,
      MeterRegistry meters) {
    this.config = config;
    this.cluster = cluster;
    this.vertx = cluster.vertx();
    this.bus = bus;
    this.health = health;
    this.census = census;
    this.logs = logs;
    this.tokens = tokens;
    this.fittings = fittings;
    this.clock = clock;
    this.meters = meters;
    this.holder = cluster.node() + "/" + ids.get();
  }

  /**
   * Completes when everything listens and this node has taken its share of the logs. What time it
   * is has to be known first.
   */
  Future<Void> deploy() {
    Pool pool = PostgresPool.open(vertx, config.postgres());
    Supplier<Future<Health>> time = watchPostgres(new PostgresHealth(pool));
    Passwords passwords = new Passwords(vertx, config.auth(), random, meters);
    Staffing staff = new Staffing(config, vertx, bus, pool, clock, ids, meters);
    staffing = Optional.of(staff);
    Journal journal = staff.journal();
    Society society = new Society(config, bus, pool, journal, clock, this::deploy);
    var instances = config.node().instances();
    return time.get()
        .map(Health::ok)
        .otherwise(true)
        .compose(census::fit)
        .compose(
            agreed ->
                accounts(pool, passwords, journal, Deployment.instances(instances.accounts())))
        .compose(deployed -> society.gather(passwords, new Lockout(bus, meters)))
        .compose(deployed -> staff.deploy(this::deploy))
        .compose(deployed -> logStore())
        .map(fittings.logStore())
        .compose(store -> authors(store).map(store))
        .compose(store -> followers(store).map(store))
        .compose(store -> log(store, time, Deployment.instances(instances.log())).map(store))
        .compose(store -> society.thread(store, logs, meters, holder))
        .compose(deployed -> rooms(pool))
        .compose(
            deployed ->
                deploy(() -> new MessagesVerticle(bus), Deployment.instances(instances.messages())))
        .compose(deployed -> society.move(logs, ids, random))
        .compose(deployed -> redis())
        .compose(link -> society.attend(link, cluster::nodes));
  }

  /** Takes nothing more for the logs; completes when what was taken is written. */
  Future<Void> finish() {
    return Future.join(owners.stream().map(LogVerticle::finish).toList()).mapEmpty();
  }

  /** Ends every verticle, then lets go of what no verticle holds. */
  Future<Void> close() {
    return Future.join(deployments.stream().map(vertx::undeploy).toList())
        .transform(gone -> staffing.map(Staffing::finish).orElse(Future.succeededFuture()))
        .transform(written -> redis.map(RedisLink::close).orElse(Future.succeededFuture()))
        .transform(closed -> post.map(SmtpPost::close).orElse(Future.succeededFuture()))
        .transform(closed -> mongo.map(MongoLink::close).orElse(Future.succeededFuture()));
  }

  /** Returns what tells whether the clock is right. */
  private Supplier<Future<Health>> watchPostgres(PostgresHealth postgres) {
    Supplier<Future<Health>> time = clock.against(postgres::time);
    health.register("postgres", () -> postgres.time().map(Health.well()));
    health.register("clock", time);
    return time;
  }

  /** Nothing true lives in Redis: its loss is told, and the node goes on. */
  private Future<RedisLink> redis() {
    return RedisLink.open(vertx, config.redis())
        .onSuccess(link -> health.watch("redis", () -> link.ping().map(Health.well())))
        .onSuccess(link -> redis = Optional.of(link))
        .compose(link -> limits(link).map(link));
  }

  private Future<String> limits(RedisLink link) {
    Limits limits =
        new Limits(new RedisLimitStore(link), new Veil(config.auth().jwtSecret()), config.limits());
    return deploy(() -> new LimitsVerticle(bus, limits), 1);
  }

  private Future<String> accounts(Pool pool, Passwords passwords, Journal journal, int instances) {
    AccountStore store = new PostgresAccountStore(pool);
    SessionStore signedIn = new PostgresSessionStore(pool);
    Endings endings = new Endings(signedIn, bus, journal, clock);
    Sessions sessions =
        new Sessions(signedIn, tokens, config.auth(), endings, journal, clock, ids, random, meters);
    Lockout lockout = new Lockout(bus, meters);
    MailStore queue = new PostgresMailStore(pool);
    Mails mails = new Mails(queue, postman(queue, journal), clock, ids);
    Accounts accounts =
        new Accounts(store, passwords, sessions, lockout, mails, journal, bus, clock, ids, meters);
    IdentityStore identity = new PostgresIdentityStore(pool);
    Recovery recovery = new Recovery(identity, mails, passwords, endings, journal, clock);
    Changes changes =
        new Changes(identity, store, mails, passwords, lockout, endings, journal, clock, meters);
    return deploy(
            () -> new AccountsVerticle(bus, accounts, sessions, endings, new People(store)),
            instances)
        .compose(deployed -> deploy(() -> new IdentityVerticle(bus, recovery, changes, mails), 1));
  }

  /** Without a mail server nothing is sent, and everything else works. */
  private Optional<Postman> postman(MailStore queue, Journal journal) {
    if (!config.mail().present()) {
      return Optional.empty();
    }
    Letters letters = new Letters(config.http().publicUrl());
    SmtpPost sending = new SmtpPost(vertx, config.mail(), letters.place());
    post = Optional.of(sending);
    return Optional.of(new Postman(queue, sending, letters, journal, clock, random, meters));
  }

  /** What somebody has left in logs, which lie in the same store. */
  private Future<String> authors(LogStore store) {
    AuthorStore authors =
        mongo
            .map(MongoLink::authors)
            .orElseGet(() -> new PostgresAuthorStore(PostgresPool.open(vertx, config.postgres())));
    return deploy(() -> new AuthorsVerticle(bus, store, authors), 1);
  }

  private Future<String> rooms(Pool pool) {
    PostgresRoomStore store = new PostgresRoomStore(pool, clock);
    PostgresOutboxStore outbox = new PostgresOutboxStore(pool);
    PostgresReaderStore readers = new PostgresReaderStore(pool);
    return deploy(
        () -> new RoomsVerticle(bus, store, outbox, readers, logs, clock, ids, config.rooms()),
        Deployment.instances(config.node().instances().rooms()));
  }

  private Future<Void> followers(LogStore store) {
    return new Finding(config, vertx, bus, clock, meters, holder)
        .deploy(store, this::deploy)
        .compose(
            found ->
                new Telling(config, vertx, bus, clock, meters, holder).deploy(store, this::deploy));
  }

  private Future<LogStore> logStore() {
    if (!config.log().inMongo()) {
      return Future.succeededFuture(
          new PostgresLogStore(PostgresPool.open(vertx, config.postgres())));
    }
    MongoLink link = MongoLink.open(vertx, config.mongo());
    mongo = Optional.of(link);
    health.register("mongo", () -> link.ping().map(Health.well()));
    return link.store(random);
  }

  private Future<Void> log(LogStore store, Supplier<Future<Health>> time, int instances) {
    RoomAdmission admission = new RoomAdmission(bus);
    AtomicInteger next = new AtomicInteger();
    return deploy(
            () -> {
              LogVerticle owner =
                  new LogVerticle(
                      bus,
                      store,
                      admission,
                      census,
                      new Ownership.Owner(cluster.node(), next.getAndIncrement()),
                      config.log(),
                      config.limits(),
                      clock,
                      meters);
              owners.add(owner);
              return owner;
            },
            instances)
        .onSuccess(deployed -> new Fitness(vertx, store::identity, time, this::tell).watch())
        .compose(deployed -> census.ready(instances));
  }

  private void tell(boolean fit) {
    census.fit(fit).onFailure(cause -> LOG.error("nobody is told", cause));
  }

  private Future<String> deploy(Supplier<Deployable> verticle, int instances) {
    return vertx
        .deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
        .onSuccess(deployments::add);
  }
}
