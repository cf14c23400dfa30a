package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People on three nodes watch each other while one of the nodes is lost. */
class PresenceNodesIT {
  private static final int LOST = 2;
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static ThreeNodes cluster;

  @BeforeAll
  static void start(@TempDir Path data) {
    cluster = new ThreeNodes(data);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static SocketClient open(RestUser user, int node) {
    return SocketClient.open(cluster.vertx(), cluster.node(node).bridgePort(), user.token());
  }

  @Test
  void whoComesBackFromALostNodeWasNeverGoneAndWhoDoesNotIsAfterTheGrace() {
    RestUser ann = cluster.person(0);
    RestUser bob = cluster.person(1);
    RestUser cem = cluster.person(2);
    open(bob, LOST);
    open(cem, LOST);
    Watching watching = new Watching(ann, open(ann, 0), bob, cem);
    watching.comesToBe(bob, "online");
    watching.comesToBe(cem, "online");

    long lost = System.nanoTime();
    cluster.signal(LOST, "KILL");
    // Whoever is asked who somebody is may be the lost node; a client tries again.
    SocketClient elsewhere =
        await().atMost(GRACE).ignoreExceptions().until(() -> open(bob, 1), opened -> true);
    await().atMost(LONGEST).until(() -> watching.state(cem).equals("offline"));

    assertThat(Duration.ofNanos(System.nanoTime() - lost)).isGreaterThan(GRACE);
    assertThat(watching.states(bob)).doesNotContain("away").endsWith("online");
    assertThat(watching.states(bob).subList(1, watching.states(bob).size()))
        .doesNotContain("offline");
    assertThat(watching.known()).isTrue();
    watching.missedNothing();
    elsewhere.close();
    await().atMost(LONGEST).until(() -> watching.state(bob).equals("offline"));
  }
}
