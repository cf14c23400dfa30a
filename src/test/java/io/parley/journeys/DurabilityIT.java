package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was acknowledged outlives the process, whatever kills it. */
class DurabilityIT {
  private static final Logger LOG = LoggerFactory.getLogger(DurabilityIT.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void everyAcknowledgedMessageSurvivesKillNineOnceAndInOrder(@TempDir Path data) {
    long seed = System.nanoTime();
    LOG.info("seed {}", seed);
    Random random = new Random(seed);
    Vertx vertx = Vertx.vertx();
    ParleyProcess node = ParleyProcess.serve(data).withoutRates().start().awaitReady();
    try {
      RestUser ann = RestClient.signUp(node.httpPort(), "Ann");
      RestUser bob = RestClient.signUp(node.httpPort(), "Bob");
      String room = ann.rest().room("storm", "public");
      bob.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200);
      SocketClient reader = SocketClient.open(vertx, node.bridgePort(), bob.token());
      String cursor = reader.listen(room, Optional.empty()).path("cursor").asText();
      Map<String, Long> acknowledged = new ConcurrentHashMap<>();

      streamUntilKilled(vertx, node, ann, room, acknowledged, 300 + random.nextInt(700));
      List<JsonNode> seen = reader.entries(room);
      String resume = seen.isEmpty() ? cursor : seen.get(seen.size() - 1).path("cursor").asText();
      node = node.restart().awaitReady();

      RestClient later = RestClient.anonymous(node.httpPort());
      String token = signIn(later, bob);
      SocketClient again = SocketClient.open(vertx, node.bridgePort(), token);
      again.listen(room, Optional.of(resume));
      List<JsonNode> view = new ArrayList<>(seen);
      view.addAll(again.entries(room));
      check(view, acknowledged);
      again.close();
    } finally {
      node.terminate();
      Await.of(vertx.close());
    }
    assertThat(Survivors.of(data)).as("servers that outlive a clean stop").isEmpty();
  }

  private static void streamUntilKilled(
      Vertx vertx,
      ParleyProcess node,
      RestUser ann,
      String room,
      Map<String, Long> acknowledged,
      int killAfter) {
    List<SocketClient> writers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      writers.add(SocketClient.open(vertx, node.bridgePort(), ann.token()));
    }
    AtomicInteger number = new AtomicInteger();
    writers.forEach(writer -> keepPosting(writer, room, number, acknowledged));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE)
        .until(() -> acknowledged.size() >= killAfter);
    node.kill9();
  }

  private static void keepPosting(
      SocketClient writer, String room, AtomicInteger number, Map<String, Long> acknowledged) {
    String cid = "k" + number.incrementAndGet();
    Future<JsonNode> post = writer.post(room, cid, "text of " + cid);
    post.onSuccess(answer -> acknowledged.put(cid, answer.path("seq").asLong()))
        .onSuccess(answer -> keepPosting(writer, room, number, acknowledged));
  }

  private static String signIn(RestClient rest, RestUser user) {
    return rest.post(
            "/api/auth/login",
            Map.of("username", user.username(), "password", "correct horse " + user.username()))
        .expect(200)
        .body()
        .path("token")
        .asText();
  }

  /**
   * What the reader saw before and after is the whole log, and holds all that was acknowledged,
   * once, where it was said to be.
   */
  private static void check(List<JsonNode> view, Map<String, Long> acknowledged) {
    List<Long> seqs = view.stream().map(entry -> entry.path("seq").asLong()).toList();
    long first = seqs.get(0);
    assertThat(seqs).isEqualTo(LongStream.range(first, first + seqs.size()).boxed().toList());
    Map<String, Long> stored = new ConcurrentHashMap<>();
    for (JsonNode entry : view) {
      Long twice = stored.put(entry.path("cid").asText(), entry.path("seq").asLong());
      assertThat(twice).as("a second entry of one cid").isNull();
      assertThat(entry.path("body").path("text").asText())
          .isEqualTo("text of " + entry.path("cid").asText());
    }
    assertThat(stored).containsAllEntriesOf(acknowledged);
  }
}
