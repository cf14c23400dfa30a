package io.parley.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.Processes;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.Answer;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.Scraped;
import io.parley.fixtures.SocketClient;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two real nodes of one cluster with limits as they are meant to be: who is too fast waits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsIT {
  private static final int BURST = 30;
  private static final int REQUESTS = 60;
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private Path data;
  private ParleyProcess node;
  private ParleyProcess other;

  @BeforeAll
  void start(@TempDir Path directory) {
    data = directory;
    node = serve();
    other = serve();
  }

  private ParleyProcess serve() {
    return ParleyProcess.serve(data)
        .env("PARLEY_LIMITS_ROOM_RATE", "0")
        .env("PARLEY_LIMITS_REST_ANONYMOUS", "20")
        .env("PARLEY_LIMITS_REST_USER", String.valueOf(REQUESTS))
        .env("PARLEY_EDGE_TRUSTED_PROXIES", "127.0.0.1")
        .start()
        .awaitReady();
  }

  @AfterAll
  void stop() {
    other.close();
    node.close();
    Await.of(vertx.close());
  }

  private RestUser signUp(String name, String place) {
    return RestClient.behind(place, node.httpPort()).signUp(name);
  }

  @Test
  void oneUserPostsNoFasterOverSocketsAndRestTogether() {
    RestUser ada = signUp("Ada", "198.51.100.1");
    List<String> rooms =
        List.of(ada.rest().room("one", "private"), ada.rest().room("two", "private"));
    long begun = System.nanoTime();
    List<Integer> refused = new ArrayList<>();
    try (SocketClient socket = SocketClient.open(vertx, node.bridgePort(), ada.token())) {
      for (int wave = 0; wave < 100; wave += 20) {
        List<Future<JsonNode>> posts =
            IntStream.range(wave, wave + 20)
                .mapToObj(i -> socket.post(rooms.get(i % 2), "c" + i, "hello"))
                .toList();
        int from = wave;
        IntStream.range(0, 20)
            .filter(i -> refused(posts.get(i)))
            .forEach(i -> refused.add(from + i));
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
      assertThat(100L - refused.size()).isBetween((long) BURST, BURST + 10 * (seconds + 1));

      int last = refused.get(refused.size() - 1);
      Answer over = post(ada, rooms.get(last % 2), "c" + last);
      assertThat(over.status()).isIn(201, 429);
      await().atMost(SOON).until(() -> post(ada, rooms.get(last % 2), "c" + last).status() < 300);
      await().atMost(SOON).until(() -> duplicate(post(ada, rooms.get(last % 2), "c" + last)));
    }
  }

  private static boolean refused(Future<JsonNode> post) {
    return Await.of(
        post.transform(
            outcome -> {
              if (outcome.failed()) {
                Failure failure = Failure.from(outcome.cause());
                assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
                assertThat(failure.details()).containsKey("retryAfterMs");
              }
              return Future.succeededFuture(outcome.failed());
            }));
  }

  private static boolean duplicate(Answer answer) {
    return answer.body().path("duplicate").asBoolean();
  }

  private static Answer post(RestUser user, String room, String cid) {
    return user.rest()
        .post("/api/rooms/" + room + "/messages", Map.of("text", "hello", "cid", cid));
  }

  @Test
  void strangersAreCountedByTheirAddress() {
    RestClient one = RestClient.behind("198.51.100.2", node.httpPort());
    List<Integer> statuses =
        IntStream.range(0, 30).mapToObj(i -> one.get("/api/auth/check").status()).toList();

    assertThat(statuses.subList(0, 20)).containsOnly(401);
    assertThat(statuses).contains(429);
    Answer refused = one.get("/api/auth/check");
    assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.raw().headers().firstValue("RateLimit-Limit")).hasValue("20");
    assertThat(RestClient.behind("198.51.100.3", node.httpPort()).get("/api/auth/check").status())
        .isEqualTo(401);
  }

  @Test
  void whoHadItAllAtOneNodeHasNothingAtTheOther() {
    RestUser ben = signUp("Ben", "198.51.100.4");
    while (ben.rest().get("/api/auth/check").status() == 200) {
      assertThat(ben.id()).isNotEmpty();
    }
    RestClient elsewhere = ben.rest().at(other.httpPort());

    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> elsewhere.get("/api/auth/check").status() == 429);
  }

  @Test
  void withoutRedisNobodySignsInAndEverythingElseGoesOn() {
    RestUser eve = signUp("Eve", "198.51.100.5");
    String room = eve.rest().room("quiet", "private");
    assertThat(login(eve, "198.51.100.5")).isEqualTo(200);
    Processes.signal(redis(), "STOP");
    try {
      Answer refused = answer(eve, "198.51.100.6");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.body().path("code").asText()).isEqualTo("UNAVAILABLE");
      assertThat(post(eve, room, "while it is away").status()).isEqualTo(201);
      assertThat(signUp("Ivy", "198.51.100.7").id()).isNotEmpty();
      assertThat(RestClient.anonymous(node.adminPort()).get("/readyz").status()).isEqualTo(200);
      strangersAreCounted("198.51.100.8");
      await().atMost(SOON).until(() -> alone() == 1);
    } finally {
      Processes.signal(redis(), "CONT");
    }

    await().atMost(SOON).until(() -> login(eve, "198.51.100.9") == 200);
    await()
        .atMost(SOON)
        .until(
            () -> {
              eve.rest().get("/api/auth/check");
              return alone() == 0;
            });
  }

  private void strangersAreCounted(String place) {
    RestClient stranger = RestClient.behind(place, node.httpPort());
    assertThat(IntStream.range(0, 25).mapToObj(i -> stranger.get("/api/auth/check").status()))
        .contains(429);
  }

  private double alone() {
    return Scraped.value("127.0.0.1", node.adminPort(), "parley_limits_alone");
  }

  private int login(RestUser user, String place) {
    return answer(user, place).status();
  }

  private Answer answer(RestUser user, String place) {
    return RestClient.behind(place, node.httpPort())
        .post(
            "/api/auth/login",
            Map.of("username", user.username(), "password", "correct horse " + user.username()));
  }

  private long redis() {
    try {
      JsonNode state = Json.mapper().readTree(Files.readAllBytes(data.resolve("stores.json")));
      return state.path("redis").path("pid").asLong();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
