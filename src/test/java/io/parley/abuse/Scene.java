package io.parley.abuse;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.AccessTokens;
import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import io.parley.config.AuthConfig;
import io.parley.config.ConfigLoader;
import io.parley.config.Secret;
import io.parley.failure.Failure;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.Scraped;
import io.parley.fixtures.SocketClient;
import io.parley.fixtures.StoreSql;
import io.parley.fixtures.TestMail;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real node on its embedded stores, where times and limits are short, with Ann and Bob, who are
 * used for mischief, and Ivy, who only wants to talk.
 */
final class Scene implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final int PER_ADDRESS = 50;

  /** Ivy says no more in a second than anybody may. */
  private static final long BREATH_MS = 25;

  /** Where its people think it is, behind a proxy with TLS that is not there. */
  static final String PUBLIC = "https://chat.example.org";

  static final String SECRET = "kPz0-a-secret-that-only-this-test-knows-7Qx";
  static final String PREVIOUS = "Zr81-the-secret-that-signed-before-this-one-k";
  static final String RETIRED = "Wm35-a-secret-that-has-been-taken-out-again-b";
  static final Duration REFRESH_GRACE = Duration.ofSeconds(5);

  final Vertx vertx = Vertx.vertx();
  final TestMail mail = TestMail.start();
  final Path data;
  final ParleyProcess node;
  final RestUser ann;
  final RestUser bob;

  /** Private rooms of their own. */
  final String room;

  final String foreign;
  private final SocketClient ivy;
  private final String quiet;
  private final AtomicInteger said = new AtomicInteger();
  private final AtomicInteger somebodies = new AtomicInteger();

  Scene(Path data) {
    this.data = data;
    node =
        ParleyProcess.serve(data)
            .env("PARLEY_HTTP_PUBLIC_URL", PUBLIC)
            .env("PARLEY_MAIL_HOST", "127.0.0.1")
            .env("PARLEY_MAIL_PORT", String.valueOf(mail.port()))
            .env("PARLEY_MAIL_FROM", "chat@example.org")
            .env("PARLEY_MAIL_TLS", "none")
            .env("PARLEY_AUTH_ARGON_MEMORY_KIB", "8192")
            .env("PARLEY_AUTH_ARGON_ITERATIONS", "1")
            .env("PARLEY_AUTH_JWT_SECRET", SECRET)
            .env("PARLEY_AUTH_PREVIOUS_SECRETS", PREVIOUS)
            .env("PARLEY_AUTH_REFRESH_GRACE", REFRESH_GRACE.toSeconds() + "s")
            .env("PARLEY_HTTP_ORIGINS", "https://app.example.org")
            .env("PARLEY_LIMITS_ROOM_RATE", "0")
            .env("PARLEY_LIMITS_USER_RATE", "0")
            .env("PARLEY_BRIDGE_ORIGINS", "https://app.example.org")
            .env("PARLEY_BRIDGE_AUTHENTICATION", "3s")
            .env("PARLEY_BRIDGE_LIVENESS", "6s")
            .env("PARLEY_BRIDGE_HEARTBEAT", "1s")
            .env("PARLEY_BRIDGE_MAX_REGISTRATIONS", "20")
            .env("PARLEY_EDGE_HEAD_TIMEOUT", "2s")
            .env("PARLEY_EDGE_BODY_TIMEOUT", "2s")
            .env("PARLEY_EDGE_FRAME_BURST", "300")
            .env("PARLEY_EDGE_STRAIN", "1m")
            .env("PARLEY_EDGE_TRUSTED_PROXIES", "127.0.0.1")
            .env("PARLEY_LIMITS_REGISTRATIONS", "60")
            .env("PARLEY_EDGE_MAX_CONNECTIONS_PER_ADDRESS", String.valueOf(PER_ADDRESS))
            .start()
            .awaitReady();
    ann = RestClient.signUp(node.httpPort(), "Ann");
    bob = RestClient.signUp(node.httpPort(), "Bob");
    room = ann.rest().room("target", "private");
    foreign = bob.rest().room("foreign", "private");
    RestUser innocent = RestClient.signUp(node.httpPort(), "Ivy");
    quiet = innocent.rest().room("quiet", "private");
    ivy = open(innocent);
    ivy.listen(quiet, Optional.empty());
  }

  int port() {
    return node.bridgePort();
  }

  SocketClient open(RestUser user) {
    return SocketClient.open(vertx, port(), user.token());
  }

  /** The number of the refusal of what must be refused. */
  static String refusal(Future<JsonNode> answer) {
    return String.valueOf(Await.failure(answer).reason().number());
  }

  /** The number of the refusal, if it is one. */
  static String outcome(Future<JsonNode> answer) {
    return Await.of(
        answer
            .map("served")
            .recover(
                cause ->
                    Future.succeededFuture(String.valueOf(Failure.from(cause).reason().number()))));
  }

  /** The first refusal that names an address which nobody asked to be answered at. */
  static Failure error(SocketClient socket, String address) {
    await().atMost(PATIENCE).until(() -> errors(socket, address).size() > 0);
    return errors(socket, address).get(0);
  }

  static List<Failure> errors(SocketClient socket, String address) {
    return socket.errors().stream()
        .filter(frame -> frame.path("address").asText().equals(address))
        .map(frame -> Failure.parse(frame.path("message").asText()))
        .toList();
  }

  /** Somebody who has nothing to do with it says something and hears it. */
  void othersAreWell() {
    talk(1);
  }

  /** Ivy says so much, one after the other; how long each took until it was heard. */
  List<Duration> talk(int messages) {
    List<Duration> took = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      String cid = "well-" + said.incrementAndGet();
      long begun = System.nanoTime();
      Await.of(ivy.post(quiet, cid, "all is well"));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(1))
          .pollDelay(Duration.ZERO)
          .until(() -> heard(cid));
      took.add(Duration.ofNanos(System.nanoTime() - begun));
      Await.of(vertx.timer(BREATH_MS, TimeUnit.MILLISECONDS));
    }
    return took;
  }

  private boolean heard(String cid) {
    List<JsonNode> entries = ivy.entries(quiet);
    return !entries.isEmpty() && entries.get(entries.size() - 1).path("cid").asText().equals(cid);
  }

  /** How many messages a room has, as its owner sees it. */
  long messages(RestUser owner, String where) {
    JsonNode entries =
        owner.rest().get("/api/rooms/" + where + "/messages").expect(200).body().path("entries");
    long count = 0;
    for (JsonNode entry : entries) {
      count += entry.path("kind").asText().equals("message") ? 1 : 0;
    }
    return count;
  }

  double metric(String name) {
    return Scraped.value("127.0.0.1", node.adminPort(), name);
  }

  /** How many sockets were closed with a code. */
  double closed(String code) {
    return tagged("parley_bridge_closed_total", "code", code);
  }

  /** How many frames were refused for a reason. */
  double refused(String reason) {
    return tagged("parley_bridge_refused_total", "reason", reason);
  }

  /** How many were turned away at the door for a reason. */
  double authFailures(String reason) {
    return tagged("parley_auth_failures_total", "reason", reason);
  }

  /** Says something to the store behind the back of the node. */
  void sql(String statement) {
    StoreSql.in(data).run(statement);
  }

  private double tagged(String name, String tag, String value) {
    return Scraped.value("127.0.0.1", node.adminPort(), name + "{" + tag + "=\"" + value + "\"}");
  }

  /** Somebody new. */
  RestUser somebody() {
    return RestClient.behind("198.18.0." + somebodies.incrementAndGet(), node.httpPort())
        .signUp("Sam");
  }

  /** A token of Ann's that was good once. */
  String expired() {
    String claims = ann.token().split("\\.", -1)[1];
    JsonNode known = Json.object(Base64.getUrlDecoder().decode(claims));
    return tokens(SECRET)
        .issue(
            new UserId(UUID.fromString(known.path("sub").asText())),
            new SessionId(UUID.fromString(known.path("sid").asText())),
            Instant.now().minus(Duration.ofHours(2)),
            Instant.now().minus(Duration.ofHours(1)));
  }

  /** Tokens signed with a secret of the test's. */
  AccessTokens tokens(String secret) {
    AuthConfig config = ConfigLoader.defaults().auth().withJwtSecret(new Secret(secret));
    return new AccessTokens(vertx, config, Clock.systemUTC());
  }

  /** A public room of Ann's with Bob in it. */
  String shared() {
    String shared = ann.rest().room("shared", "public");
    bob.rest().post("/api/rooms/" + shared + "/join", Map.of()).expect(200);
    return shared;
  }

  @Override
  public void close() {
    ivy.close();
    node.terminate();
    mail.close();
    Await.of(vertx.close());
  }
}
