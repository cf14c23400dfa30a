package io.parley.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.parley.config.ClusterConfig.TlsConfig;
import io.parley.config.MongoConfig;
import io.parley.config.PostgresConfig;
import io.parley.config.RedisConfig;
import io.parley.config.S3Config;
import io.parley.config.Secret;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestAuthority;
import io.parley.fixtures.TestMongo;
import io.parley.fixtures.TestRedis;
import io.parley.fixtures.TestS3;
import io.parley.fixtures.TlsPipe;
import io.parley.stores.mongo.MongoLink;
import io.parley.stores.postgres.PostgresCheckup;
import io.parley.stores.postgres.PostgresMigrations;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.redis.RedisLink;
import io.parley.stores.s3.S3Bucket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real servers that speak TLS, whose certificates are for 127.0.0.1 and not for localhost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreTlsTest {
  private static final String STRANGER = "is of no authority that is trusted; name that in ";
  private static final String ANOTHER_NAME = "is for another name";

  private final Vertx vertx = Vertx.vertx();
  private Path dir;
  private TlsConfig files;
  private String ours;
  private String theirs;

  @BeforeAll
  void found(@TempDir Path temporary) {
    dir = temporary;
    TestAuthority authority = new TestAuthority(dir, "ours");
    files = authority.server("store", "127.0.0.1");
    ours = authority.file().toString();
    theirs = new TestAuthority(dir, "theirs").file().toString();
  }

  @AfterAll
  void stop() {
    Await.of(vertx.close());
  }

  @Test
  void postgresIsBelievedByItsCertificate() throws IOException {
    Files.setPosixFilePermissions(
        Path.of(files.key()), PosixFilePermissions.fromString("rw-------"));
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", files.certificate())
            .setServerConfig("ssl_key_file", files.key())
            .start()) {
      int port = server.getPort();
      PostgresConfig good = postgres("127.0.0.1", port, "verify-full", ours);
      assertThat(PostgresMigrations.apply(good)).isPositive();
      assertThat(PostgresMigrations.pending(good)).isZero();
      assertThat(PostgresCheckup.of(good).version()).isNotBlank();
      assertThat(encrypted(good)).isEqualTo("true");
      assertThat(encrypted(postgres("localhost", port, "require", ""))).isEqualTo("true");
      assertThat(encrypted(postgres("127.0.0.1", port, "auto", ""))).isEqualTo("false");

      refused(postgres("127.0.0.1", port, "verify-full", theirs), STRANGER + "postgres.authority");
      refused(postgres("127.0.0.1", port, "verify-full", ""), STRANGER + "postgres.authority");
      refused(postgres("localhost", port, "verify-full", ours), ANOTHER_NAME);
      assertThatThrownBy(() -> PostgresMigrations.apply(postgres("::1", 1, "verify-full", "none")))
          .hasMessageContaining("postgres.authority cannot be read: none");
    }
  }

  @Test
  void postgresIsVerifiedUnlessItIsOnThisMachineOrSomebodySaysOtherwise() {
    assertThat(postgres("localhost", 1, "auto", "").encryption())
        .isEqualTo(PostgresConfig.Encryption.NONE);
    assertThat(postgres("db.example.org", 1, "auto", "").encryption())
        .isEqualTo(PostgresConfig.Encryption.VERIFIED);
    assertThat(postgres("db.example.org", 1, "disable", "").encryption())
        .isEqualTo(PostgresConfig.Encryption.NONE);
  }

  @Test
  void redisIsBelievedByItsCertificate() {
    try (TestRedis server = new TestRedis();
        TlsPipe pipe = new TlsPipe(server.config().port(), files)) {
      Secret password = server.config().password();
      int port = pipe.port();

      assertThat(pinged(new RedisConfig("127.0.0.1", port, password, true, ours))).isEmpty();
      assertThat(pinged(new RedisConfig("127.0.0.1", port, password, true, theirs)))
          .contains(STRANGER + "redis.authority");
      assertThat(pinged(new RedisConfig("127.0.0.1", port, password, true, "")))
          .contains(STRANGER + "redis.authority");
      assertThat(pinged(new RedisConfig("localhost", port, password, true, ours)))
          .contains(ANOTHER_NAME);
      assertThat(pinged(new RedisConfig("127.0.0.1", server.config().port(), password, true, ours)))
          .isNotEmpty();
    }
  }

  @Test
  void mongoIsBelievedByItsCertificate() {
    try (TestMongo server = new TestMongo();
        TlsPipe pipe = new TlsPipe(port(server.config().host()), files)) {
      String here = "127.0.0.1:" + pipe.port();

      assertThat(checked(mongo(here, ours))).isEmpty();
      assertThat(checked(mongo(here, theirs))).contains(STRANGER + "mongo.authority");
      assertThat(checked(mongo(here, ""))).contains(STRANGER + "mongo.authority");
      assertThat(checked(mongo("localhost:" + pipe.port(), ours))).contains(ANOTHER_NAME);
    }
  }

  @Test
  void theObjectStoreIsBelievedByItsCertificate() throws Exception {
    TestS3 server = new TestS3(dir);
    URI plain = URI.create(server.config().endpoint());
    try (TlsPipe pipe = new TlsPipe(plain.getPort(), files)) {
      int port = pipe.port();

      S3Config good = s3(server.config(), "127.0.0.1:" + port, ours);
      // A server that has just started may take longer than a client waits.
      await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(made(good)).isEmpty());
      assertThat(made(s3(server.config(), "127.0.0.1:" + port, theirs)))
          .contains(STRANGER + "s3.authority");
      assertThat(made(s3(server.config(), "localhost:" + port, ours))).contains(ANOTHER_NAME);
    } finally {
      server.stop();
    }
  }

  private static PostgresConfig postgres(String host, int port, String mode, String authority) {
    return new PostgresConfig(
        host,
        port,
        "postgres",
        "postgres",
        new Secret("postgres"),
        1,
        Duration.ofSeconds(3),
        mode,
        authority);
  }

  private String encrypted(PostgresConfig config) {
    Pool pool = PostgresPool.open(vertx, config);
    return Await.of(
        pool.query("select ssl::text from pg_stat_ssl where pid = pg_backend_pid()")
            .execute()
            .map(rows -> rows.iterator().next().getString(0))
            .eventually(pool::close));
  }

  private void refused(PostgresConfig config, String why) {
    assertThatThrownBy(() -> PostgresMigrations.apply(config)).hasMessageContaining(why);
    assertThatThrownBy(() -> PostgresCheckup.of(config)).hasMessageContaining(why);
    assertThatThrownBy(() -> encrypted(config)).isNotNull();
  }

  private static MongoConfig mongo(String host, String authority) {
    return new MongoConfig(host, 1, "", "tls", "", Secret.NONE, "admin", true, authority, 2);
  }

  private static S3Config s3(S3Config known, String where, String authority) {
    return new S3Config(
        "https://" + where,
        "",
        known.accessKey(),
        known.secretKey(),
        known.bucket(),
        known.region(),
        authority);
  }

  private static int port(String host) {
    return Integer.parseInt(host.substring(host.indexOf(':') + 1));
  }

  private String pinged(RedisConfig config) {
    return words(
        RedisLink.open(vertx, config).compose(link -> link.ping().eventually(link::close)));
  }

  private String checked(MongoConfig config) {
    MongoLink link = MongoLink.open(vertx, config);
    return words(link.checkUp().eventually(link::close));
  }

  private String made(S3Config config) {
    S3Bucket bucket = new S3Bucket(vertx, config);
    String words = words(bucket.create());
    bucket.close();
    return words;
  }

  private static String words(Future<?> asked) {
    return Await.of(asked.map("").otherwise(cause -> String.valueOf(cause.getMessage())));
  }
}
