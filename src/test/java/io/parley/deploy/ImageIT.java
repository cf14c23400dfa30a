package io.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.config.MongoConfig;
import io.parley.config.PostgresConfig;
import io.parley.config.RedisConfig;
import io.parley.config.S3Config;
import io.parley.fixtures.FreePorts;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.SocketClient;
import io.parley.fixtures.TestMongo;
import io.parley.fixtures.TestPostgres;
import io.parley.fixtures.TestRedis;
import io.parley.fixtures.TestS3;
import io.parley.json.Json;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the image runs as docker-compose.yml runs it, without an engine. */
class ImageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> EDGES = List.of("HTTP", "BRIDGE", "ADMIN");
  @TempDir private static Path folder;
  private static ImageLayout image;

  private final ComposeFile compose = ComposeFile.render(ComposeFile.example());
  private final Map<String, Process> running = new HashMap<>();
  private final Map<String, Map<String, String>> environments = new HashMap<>();
  private final List<String> members = new ArrayList<>();

  @BeforeAll
  static void layOut() {
    image = ImageLayout.make(ImageFile.read(), folder.resolve("image"));
  }

  @AfterEach
  void end() {
    running.values().forEach(Process::destroyForcibly);
  }

  @Test
  void nothingOfTheEmbeddedServersIsInIt() {
    assertThat(image.files().keySet())
        .contains("/parley/parley.jar", "/parley/ready", "/opt/java/bin/java")
        .anyMatch(file -> file.startsWith("/parley/lib/vertx-core-"))
        .noneMatch(file -> file.contains("embedded") || file.contains("s3proxy"));
  }

  @Test
  void itsJavaTakesItsFlags() throws Exception {
    assertThat(ImageLayout.output(image.container(List.of("--version"), Map.of())))
        .startsWith("parley ")
        .doesNotContain("not packaged")
        .hasLineCount(1);
  }

  @Test
  void nodesWithSplitRolesAreOneServerOverStoresElsewhere() throws Exception {
    Map<String, Long> before = image.files();
    try (TestMongo mongo = new TestMongo();
        TestRedis redis = new TestRedis()) {
      TestS3 s3 = new TestS3(folder.resolve("s3"));
      Map<String, String> stores = stores(TestPostgres.database(), redis.config(), s3.config());
      stores.putAll(logs(mongo.config()));
      start("core-1", stores);
      start("edge-1", Map.of());

      talk();

      stop("edge-1");
      stop("core-1");
      s3.stop();
    }
    assertThat(image.files()).isEqualTo(before);
  }

  @Test
  void aNodeThatIsNotThereIsNotHealthy() throws Exception {
    assertThat(image.healthy(Map.of("PARLEY_ADMIN_PORT", "" + FreePorts.one()))).isFalse();
  }

  /** What somebody posts at the edge comes back from the node behind it. */
  private void talk() throws Exception {
    Vertx vertx = Vertx.vertx();
    RestClient.RestUser ada = RestClient.signUp(port("edge-1", "HTTP"), "Ada");
    String room = ada.rest().room("Engines", "public");
    try (SocketClient socket = SocketClient.open(vertx, port("edge-1", "BRIDGE"), ada.token())) {
      socket.listen(room, Optional.empty());
      ada.rest().post("/api/rooms/" + room + "/messages", Map.of("text", "hello")).expect(201);
      await().until(() -> !socket.entries(room).isEmpty());
      assertThat(socket.entries(room).get(0).at("/body/text").asText()).isEqualTo("hello");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  /** As Compose would, one after the other, but on loopback and with the stores of this test. */
  private void start(String node, Map<String, String> stores) throws IOException {
    Map<String, String> environment = new HashMap<>(compose.environment(node));
    for (String edge : EDGES) {
      environment.put("PARLEY_" + edge + "_HOST", "127.0.0.1");
      environment.put("PARLEY_" + edge + "_PORT", "" + FreePorts.one());
    }
    int cluster = FreePorts.one();
    environment.put("PARLEY_CLUSTER_HOST", "127.0.0.1");
    environment.put("PARLEY_CLUSTER_PORT", "" + cluster);
    environment.put("PARLEY_CLUSTER_BUS_PORT", "" + FreePorts.one());
    members.add("127.0.0.1:" + cluster);
    environment.put("PARLEY_CLUSTER_MEMBERS", String.join(",", members));
    environment.putAll(stores);
    environments.put(node, environment);
    running.put(
        node,
        image.container(List.of("serve"), environment).redirectOutput(log(node).toFile()).start());
    awaitHealthy(node);
  }

  private void awaitHealthy(String node) {
    await(node)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .failFast(() -> assertThat(alive(node)).as(() -> printed(node)).isTrue())
        .untilAsserted(
            () ->
                assertThat(image.healthy(environments.get(node))).as(() -> printed(node)).isTrue());
  }

  /** Whatever it logged is for machines, and nothing that it needed was missing. */
  private void stop(String node) throws Exception {
    Process process = running.get(node);
    process.toHandle().destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(node + " ends").isTrue();

    assertThat(printed(node))
        .contains("Parley is ready", "\nstopping")
        .doesNotContain("NoClassDefFound", "ClassNotFound", "UnsatisfiedLink");
    assertThat(printed(node).lines().filter(line -> line.contains("\"level\"")).toList())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(Json.object(line).path("at").asText()).endsWith("Z"));
  }

  private boolean alive(String node) {
    return running.get(node).isAlive();
  }

  private int port(String node, String edge) {
    return Integer.parseInt(environments.get(node).get("PARLEY_" + edge + "_PORT"));
  }

  private static Path log(String node) {
    return folder.resolve(node + ".log");
  }

  private static String printed(String node) {
    try {
      return Files.readString(log(node));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> stores(
      PostgresConfig postgres, RedisConfig redis, S3Config s3) {
    Map<String, String> stores = new HashMap<>();
    stores.put("PARLEY_POSTGRES_HOST", postgres.host());
    stores.put("PARLEY_POSTGRES_PORT", "" + postgres.port());
    stores.put("PARLEY_POSTGRES_DATABASE", postgres.database());
    stores.put("PARLEY_POSTGRES_USER", postgres.user());
    stores.put("PARLEY_POSTGRES_PASSWORD", postgres.password().value());
    stores.put("PARLEY_REDIS_HOST", redis.host());
    stores.put("PARLEY_REDIS_PORT", "" + redis.port());
    stores.put("PARLEY_REDIS_PASSWORD", redis.password().value());
    stores.put("PARLEY_S3_ENDPOINT", s3.endpoint());
    stores.put("PARLEY_S3_ACCESS_KEY", s3.accessKey());
    stores.put("PARLEY_S3_SECRET_KEY", s3.secretKey().value());
    return stores;
  }

  private static Map<String, String> logs(MongoConfig mongo) {
    return Map.of(
        "PARLEY_MONGO_HOST", mongo.host(),
        "PARLEY_MONGO_DATABASE", mongo.database(),
        "PARLEY_MONGO_REPLICA_SET", mongo.replicaSet(),
        "PARLEY_MONGO_USER", mongo.user(),
        "PARLEY_MONGO_PASSWORD", mongo.password().value());
  }
}
