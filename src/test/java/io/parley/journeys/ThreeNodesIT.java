package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.Scraped;
import io.parley.fixtures.SocketClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes on one data directory are one chat server, and stay it when one of them goes. */
class ThreeNodesIT {
  private static final int OTHER = 2;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int MOVE = 4503;
  private static final int SIGNED_OUT = 4403;
  private static final int UNAUTHORIZED = 401;

  private static ThreeNodes cluster;
  private Talk talk;

  @BeforeAll
  static void start(@TempDir Path data) {
    cluster = new ThreeNodes(data);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void meet() {
    talk = new Talk(cluster);
  }

  @AfterEach
  void part() {
    talk.close();
  }

  @Test
  void everybodySeesOneOrderWhereverTheyAre() {
    talk.begin(1_000, 0, 1, 2);
    talk.end();

    talk.check(List.of(talk.socket(0), talk.socket(1), talk.socket(2)));
  }

  @Test
  void aNodeThatStopsServesUntilNobodyIsSentToItThenHandsOverAndNoPostFails() {
    ParleyProcess node = cluster.node(OTHER);
    List<SocketClient> there = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      there.add(
          SocketClient.open(cluster.vertx(), node.bridgePort(), cluster.person(i % 3).token()));
    }
    String aside = cluster.person(0).rest().room("aside", "public");
    talk.begin(300, 0, 1);
    assertThat(ready(node)).isEqualTo(200);

    long told = System.nanoTime();
    cluster.signal(OTHER, "TERM");
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(ThreeNodes.ROUTING_PAUSE.dividedBy(2))
        .until(() -> ready(node) == SERVICE_UNAVAILABLE);
    Await.of(there.get(0).post(aside, "still", "still serving"));
    assertThat(since(told)).as("still serving").isLessThan(ThreeNodes.ROUTING_PAUSE);
    assertThat(there).noneMatch(SocketClient::closed);

    List<Duration> moved = moments(there, told);
    assertThat(moved.get(0)).isGreaterThanOrEqualTo(ThreeNodes.ROUTING_PAUSE);
    assertThat(moved.get(7).minus(moved.get(0))).isGreaterThan(Duration.ofMillis(300));
    assertThat(there).allSatisfy(socket -> assertThat(socket.closeCode()).contains(MOVE));
    assertThat(node.awaitExit()).isIn(0, 143);
    assertThat(since(told)).isLessThan(Duration.ofSeconds(25));
    cluster.awaitShared(0, 1);
    talk.allGoOn();
    talk.end();

    assertThat(talk.refusals()).isEmpty();
    talk.check(List.of(talk.socket(0), talk.socket(1)));
    cluster.restart(OTHER);
  }

  @Test
  void aSessionThatEndsOnOneNodeHasNoSocketAndNoTokenOnAny() {
    RestUser user = RestClient.signUp(cluster.node(0).httpPort(), "Leaver");
    List<SocketClient> sockets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sockets.add(SocketClient.open(cluster.vertx(), cluster.node(i).bridgePort(), user.token()));
      check(user, i).expect(200);
    }

    user.rest().ask("DELETE", "/api/me/sessions", Map.of()).expect(200);

    await()
        .atMost(ThreeNodes.PATIENCE)
        .until(() -> sockets.stream().allMatch(SocketClient::closed));
    assertThat(sockets).allMatch(socket -> socket.closeCode().equals(Optional.of(SIGNED_OUT)));
    for (int i = 0; i < 3; i++) {
      int node = i;
      await().atMost(ThreeNodes.PATIENCE).until(() -> check(user, node).status() == UNAUTHORIZED);
    }
  }

  private static RestClient.Answer check(RestUser user, int node) {
    return user.rest().at(cluster.node(node).httpPort()).get("/api/auth/check");
  }

  @Test
  void whatTheClusterKnowsOfANodeDoesNotGrowWithSocketsAndRooms() {
    List<Double> before = registrations();
    List<SocketClient> sockets = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int port = cluster.node(i % 3).bridgePort();
      sockets.add(SocketClient.open(cluster.vertx(), port, cluster.person(0).token()));
    }
    for (int i = 0; i < 30; i++) {
      String room = cluster.person(0).rest().room("room " + i, "public");
      sockets.forEach(socket -> socket.listen(room, Optional.empty()));
    }

    double heard = 0;
    for (int i = 0; i < 3; i++) {
      heard += Scraped.value(cluster.node(i), "parley_bridge_registrations");
    }
    assertThat(heard).isGreaterThanOrEqualTo(6 * 30);
    assertThat(registrations()).isEqualTo(before).allMatch(count -> count > 0);
    sockets.forEach(SocketClient::close);
  }

  /** How many listeners each node has told the cluster of, and how many Vert.x counts. */
  private static List<Double> registrations() {
    return IntStream.range(0, 3)
        .mapToObj(cluster::node)
        .flatMap(
            node ->
                Stream.of("parley_bus_registrations", "vertx_eventbus_handlers")
                    .map(name -> Scraped.value(node, name)))
        .toList();
  }

  /** When each of the sockets was closed, in order. */
  private static List<Duration> moments(List<SocketClient> sockets, long since) {
    List<Duration> moments = new ArrayList<>();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(ThreeNodes.PATIENCE)
        .until(
            () -> {
              long closed = sockets.stream().filter(SocketClient::closed).count();
              while (moments.size() < closed) {
                moments.add(since(since));
              }
              return closed == sockets.size();
            });
    return moments;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static int ready(ParleyProcess node) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.adminPort() + "/readyz"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return HttpClient.newHttpClient()
          .sendAsync(request, HttpResponse.BodyHandlers.discarding())
          .get(5, TimeUnit.SECONDS)
          .statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
