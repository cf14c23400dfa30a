package io.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.fixtures.Await;
import io.parley.fixtures.FreePorts;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node notices of another that is killed or frozen. */
class ClusterIT {
  private final int port = FreePorts.one();
  private final int busPort = FreePorts.one();
  private Cluster here;
  private OtherNode other;

  @BeforeEach
  void start() throws Exception {
    here =
        Await.of(
            Cluster.join(
                OtherNode.config(port, busPort), Ports.NEXT_FREE, new SimpleMeterRegistry()));
    Await.of(
        here.vertx()
            .eventBus()
            .consumer("here", message -> message.reply(message.body()))
            .completion());
    other = OtherNode.start(port, busPort);
    await().atMost(Duration.ofSeconds(60)).until(this::answers);
  }

  @AfterEach
  void stop() throws Exception {
    other.kill();
    Await.of(here.leave());
  }

  @Test
  void aKilledNodeIsGoneAtOnce() throws Exception {
    other.kill();
    long killed = System.nanoTime();
    await().pollInterval(Duration.ofMillis(20)).until(() -> here.nodes().size() == 1);
    assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void aFrozenNodeIsGoneInSecondsAndHeardAgainWhenItThaws() throws Exception {
    other.signal("STOP");
    long frozen = System.nanoTime();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> here.nodes().size() == 1);
    assertThat(Duration.ofNanos(System.nanoTime() - frozen)).isLessThan(Duration.ofSeconds(10));
    other.signal("CONT");
    await().atMost(Duration.ofSeconds(60)).until(() -> here.nodes().size() == 2 && answers());
  }

  private boolean answers() {
    DeliveryOptions soon = new DeliveryOptions().setSendTimeout(500);
    return Await.of(
        here.vertx()
            .eventBus()
            .request("other", "there?", soon)
            .map(reply -> true)
            .otherwise(false));
  }
}
