package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.UserId;
import io.parley.config.BridgeConfig;
import io.parley.config.ClusterConfig.TlsConfig;
import io.parley.config.EdgeTlsConfig;
import io.parley.edge.EdgeTls;
import io.parley.fixtures.TestAuthority;
import io.parley.fixtures.WireTap;
import io.parley.json.Json;
import io.parley.log.LogId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What bypasses the handlers of a connection must not bypass what encrypts it. */
class SecureBridgeTest {
  private static final Logger LOG = LoggerFactory.getLogger(SecureBridgeTest.class);
  private static final int LOOPS = 2;
  private static final int PEERS = 8;
  private static final int ENTRIES = 200;
  private static final int LONGEST = 20_000;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final UserId ann = TestBridge.user();
  private TestAuthority authority;
  private PemTrustOptions trust;
  private TestBridge world;

  @BeforeEach
  void found(@TempDir Path dir) {
    authority = new TestAuthority(dir, "authority");
    trust = new PemTrustOptions().addCertPath(authority.file().toString());
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everyPeerOnEveryEventLoopGetsTheSameBytesWhole() {
    world = world(config -> Configs.with(config, 2 * PEERS, 20));
    LogId room = world.logs.room(ann);
    List<Peer> peers =
        Stream.iterate(0, i -> i + 1).limit(PEERS).map(i -> listening(room, i % 2 == 0)).toList();
    long seed = System.nanoTime();
    LOG.info("seed {}", seed);
    Random random = new Random(seed);
    List<String> said = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      int length = random.nextInt(10) == 0 ? random.nextInt(LONGEST) : random.nextInt(200);
      String text = i + " " + (char) ('a' + random.nextInt(26)) + "é".repeat(length);
      said.add(text);
      world.logs.append(room, text);
    }

    for (Peer peer : peers) {
      await().atMost(PATIENCE).until(() -> peer.seqs(room).size() >= ENTRIES || peer.closed());
      assertThat(texts(peer, room)).isEqualTo(said);
    }
  }

  @Test
  void whoDoesNotReadIsClosedAsWithoutTls() {
    world = world(config -> Configs.unsent(config, 1 << 20, Duration.ofMinutes(1), 1 << 28));
    LogId room = world.logs.room(ann);
    String text = "x".repeat(30_000);
    try (WireTap stalled = WireTap.secure(world.port(), 4096, authority.trust())) {
      String token = world.token(ann, Duration.ofMinutes(15));
      stalled.text(send("session.open", Map.of("token", token)));
      stalled.text(Json.write(Map.of("type", "register", "address", room.toString())));
      await().until(() -> stalled.next().contains("\"ready\""));
      for (int i = 0; i < 2 * ENTRIES; i++) {
        world.logs.append(room, text);
      }

      await()
          .atMost(PATIENCE)
          .until(() -> world.count("parley.bridge.closed", "code", "4408") == 1);
      assertThat(stalled.end()).isIn("close 4408", "cut");
      assertThat(world.meters.get("parley.bridge.unsent.bytes").gauge().value()).isZero();
    }
  }

  @Test
  void pollingTalksThroughIt() {
    world = world(config -> config);
    HttpClient client =
        world.vertx.createHttpClient(new HttpClientOptions().setSsl(true).setTrustOptions(trust));
    String session = "/eventbus/000/of-sixteen-bytes-and-more/";
    String open = send("session.open", Map.of("token", world.token(ann, Duration.ofMinutes(15))));

    assertThat(post(client, session + "xhr", "")).isEqualTo("200 o\n");
    assertThat(post(client, session + "xhr_send", Json.write(List.of(open)))).isEqualTo("204 ");
    assertThat(post(client, session + "xhr", "")).startsWith("200 a[").contains(ann.toString());
  }

  private String post(HttpClient client, String path, String body) {
    return client
        .request(HttpMethod.POST, world.port(), "127.0.0.1", path)
        .compose(request -> request.send(Buffer.buffer(body)))
        .compose(answer -> answer.body().map(text -> answer.statusCode() + " " + text))
        .await();
  }

  private static String send(String address, Object body) {
    return Json.write(
        Map.of("type", "send", "address", address, "replyAddress", "r", "body", body));
  }

  private Peer listening(LogId room, boolean sockJs) {
    Peer peer = Peer.secure(world.vertx, world.port(), sockJs, trust);
    peer.open(world.token(ann, Duration.ofMinutes(15)));
    peer.listen(room);
    return peer;
  }

  private static List<String> texts(Peer peer, LogId room) {
    return peer.got.stream()
        .filter(message -> message.path("address").asText().equals(room.toString()))
        .map(message -> message.path("body"))
        .filter(body -> Peer.kind(body).equals("message"))
        .map(SecureBridgeTest::text)
        .toList();
  }

  private static String text(JsonNode body) {
    return body.path("body").path("text").asText();
  }

  private TestBridge world(UnaryOperator<BridgeConfig> change) {
    TlsConfig files = authority.server("bridge", "127.0.0.1");
    EdgeTlsConfig config = new EdgeTlsConfig(files.certificate(), files.key());
    return new TestBridge(
        change,
        Map.of(),
        TestBridge.edge(),
        EdgeTls.read("bridge.tls", config, Clock.systemUTC()),
        LOOPS);
  }
}
