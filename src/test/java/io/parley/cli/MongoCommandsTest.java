package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MongoConfig;
import io.parley.config.PostgresConfig;
import io.parley.config.Secret;
import io.parley.fixtures.TestMongo;
import io.parley.fixtures.TestPostgres;
import io.parley.stores.mongo.MongoCheckup;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What the command line knows of MongoDB when it keeps the logs. */
@ResourceLock(Resources.SYSTEM_OUT)
class MongoCommandsTest {
  private static final List<String> INDEXES =
      List.of(
          "log_entries_cid",
          "log_entries_change",
          "log_entries_own",
          "log_entries_shard",
          "log_entries_mutation",
          "log_entries_of",
          "log_entries_pinned",
          "log_entries_thread",
          "log_entries_replied",
          "log_entries_woven",
          "log_entries_mentions");

  private final TestMongo mongo = new TestMongo();
  private final Map<String, String> environment = new HashMap<>();
  private String output = "";

  MongoCommandsTest() {
    MongoConfig config = mongo.config();
    environment.put("PARLEY_NODE_EMBEDDED", "false");
    environment.put("PARLEY_AUTH_JWT_SECRET", "mK2v8Qz4Rt7Yw1Xc5Bn9Lp3Hd6Gf0SjA");
    environment.put("PARLEY_LOG_STORE", "mongo");
    environment.put("PARLEY_MONGO_HOST", config.host());
    environment.put("PARLEY_MONGO_DATABASE", config.database());
    environment.put("PARLEY_REDIS_PORT", "1");
  }

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void theDoctorTellsVersionReplicaSetAndIndexes() {
    run("doctor");
    assertThat(output)
        .contains("MongoDB at " + mongo.config().host() + " answers, version ")
        .contains("it is a single server and no replica set")
        .contains("indexes of logs are missing (" + String.join(", ", INDEXES) + ")");
  }

  @Test
  void migrateMakesTheIndexesOnceAndChecksThem() {
    PostgresConfig postgres = TestPostgres.database();
    environment.put("PARLEY_POSTGRES_HOST", postgres.host());
    environment.put("PARLEY_POSTGRES_PORT", "" + postgres.port());
    environment.put("PARLEY_POSTGRES_DATABASE", postgres.database());
    environment.put("PARLEY_POSTGRES_USER", postgres.user());
    environment.put("PARLEY_POSTGRES_PASSWORD", postgres.password().value());

    assertThat(run("migrate", "--check")).isEqualTo(1);
    assertThat(output)
        .contains("The database schema is up to date.")
        .contains("MongoDB lacks " + String.join(", ", INDEXES) + "; run parley migrate");

    assertThat(run("migrate")).isZero();
    assertThat(run("migrate")).isZero();
    assertThat(output).contains("The indexes of logs in MongoDB stand.");
    assertThat(run("migrate", "--check")).isZero();

    run("doctor");
    assertThat(output).contains("ok         the indexes of logs stand");
  }

  @Test
  void aServerThatDoesNotAnswerIsOneLine() {
    environment.put("PARLEY_MONGO_HOST", "127.0.0.1");
    environment.put("PARLEY_MONGO_PORT", "1");

    assertThat(run("doctor")).isEqualTo(1);
    assertThat(output)
        .contains("BAD        MongoDB at 127.0.0.1:1 cannot be used: nothing listens there");
  }

  @Test
  void aReplicaSetOfAnotherNameIsOneLine() {
    environment.put("PARLEY_MONGO_REPLICA_SET", "rs7");

    assertThat(run("doctor")).isEqualTo(1);
    assertThat(output)
        .contains("cannot be used: no primary answers; is it of the replica set that mongo");
  }

  @Test
  void aReplicaSetIsNamedAndWantedInTheConfiguration() {
    MongoCheckup found = new MongoCheckup("8.0.4", Optional.of("rs0"), List.of());

    assertThat(MongoDoctor.findings(named("rs0"), found).toString())
        .contains("version 8.0.4", "ok         it is the replica set 'rs0'")
        .doesNotContain("attention");
    assertThat(MongoDoctor.findings(named(""), found).toString())
        .contains("attention  it belongs to the replica set 'rs0'; set mongo.replicaSet");
  }

  @Test
  void aNodeAtTheEdgeIsAskedForNoStore() {
    environment.put("PARLEY_NODE_ROLES", "http,bridge");

    run("doctor");
    assertThat(output)
        .contains("a node with these roles needs no store")
        .doesNotContain("PostgreSQL", "MongoDB", "Redis", "S3");
  }

  private static MongoConfig named(String replicaSet) {
    return new MongoConfig(
        "mongo", 27_017, replicaSet, "parley", "", Secret.NONE, "admin", false, 8);
  }

  private int run(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      System.setErr(captured);
      return Parley.run(arguments, environment, config -> Future.failedFuture("not asked for"));
    } finally {
      System.setOut(out);
      System.setErr(err);
      output = bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
