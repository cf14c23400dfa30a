package io.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.config.ClusterConfig;
import io.parley.config.Secret;
import io.parley.failure.Failure;
import io.parley.fixtures.Await;
import io.parley.fixtures.FreePorts;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTest {
  private final int port = FreePorts.one();
  private final int busPort = FreePorts.one();
  private final List<Cluster> started = new CopyOnWriteArrayList<>();

  @AfterEach
  void leave() {
    started.forEach(cluster -> Await.of(cluster.leave()));
  }

  @Test
  void oneNodeIsAClusterWithinSeconds() {
    long begin = System.nanoTime();
    Cluster alone = join(config("secret"));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(alone.vertx().isClustered()).isTrue();
    assertThat(alone.nodes()).containsExactly(alone.node());
    assertThat(alone.port()).isEqualTo(port);
    assertThat(alone.busPort()).isEqualTo(busPort);
  }

  @Test
  void whoHasLeftSeesNobodyElse() {
    Cluster gone = join(config("secret"));
    Await.of(gone.leave());
    assertThat(gone.nodes()).containsExactly(gone.node());
  }

  @Test
  void aSecondNodeMovesToTheNextPortsAndTheyTalkBothWays() {
    Cluster first = join(config("secret"));
    Cluster second = join(config("secret"));
    assertThat(second.port()).isGreaterThan(first.port());
    assertThat(second.busPort()).isGreaterThan(first.busPort());
    await().until(() -> first.nodes().size() == 2 && second.nodes().size() == 2);
    assertThat(ask(first, second, "to the second")).isEqualTo("to the second, heard");
    assertThat(ask(second, first, "to the first")).isEqualTo("to the first, heard");
  }

  @Test
  void whoDoesNotKnowTheSecretStaysOutside() {
    Cluster first = join(config("secret"));
    Cluster stranger = join(config("guess"));
    assertThat(stranger.nodes()).containsExactly(stranger.node());
    assertThat(first.nodes()).containsExactly(first.node());
    assertThat(Membership.name("parley", new Secret("secret")))
        .startsWith("parley-")
        .doesNotContain("secret")
        .isNotEqualTo(Membership.name("parley", new Secret("guess")));
  }

  @Test
  void aNodeThatLeavesIsMissedAtOnceAndItsListenersWithIt() {
    Cluster first = join(config("secret"));
    Cluster second = join(config("secret"));
    await().until(() -> first.nodes().size() == 2);
    assertThat(ask(first, second, "still there?")).endsWith("heard");
    Await.of(second.leave());
    started.remove(second);
    await().atMost(Duration.ofSeconds(2)).until(() -> first.nodes().size() == 1);
    assertThatThrownBy(() -> Await.of(first.vertx().eventBus().request("place", "anybody?")))
        .hasMessageContaining("No handlers");
  }

  @Test
  void nodesThatStartAtTheSameMomentMeet() {
    ClusterConfig config = config("secret");
    CompletableFuture<Cluster> other = CompletableFuture.supplyAsync(() -> join(config));
    Cluster first = join(config);
    Cluster second = other.join();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> first.nodes().size() == 2 && second.nodes().size() == 2);
    assertThat(ask(first, second, "late, but")).endsWith("heard");
  }

  /** As when all are started at once: the named one knows nobody, and is not there yet. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNodeThatCameTooEarlyJoinsTheOneItNamesWhenThatComes(boolean lowerFirst) {
    int named = FreePorts.one();
    int early = FreePorts.one();
    int low = Math.min(named, early);
    int high = Math.max(named, early);
    named = lowerFirst ? high : low;
    early = lowerFirst ? low : high;
    List<String> members = List.of("127.0.0.1:" + named);
    Cluster first = join(at(early, members));
    assertThat(first.nodes()).hasSize(1);
    Cluster second = join(at(named, members));
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> first.nodes().size() == 2 && second.nodes().size() == 2);
    assertThat(ask(first, second, "late, but")).endsWith("heard");
    assertThat(ask(second, first, "both ways")).endsWith("heard");
  }

  private static ClusterConfig at(int port, List<String> members) {
    return Clusters.naming(Clusters.onLoopback("secret", port, FreePorts.one()), members);
  }

  @Test
  void aNodeThatDiesWithoutAWordIsMissedToo() {
    Cluster first = join(config("secret"));
    Cluster second = join(config("secret"));
    await().until(() -> first.nodes().size() == 2);
    HazelcastInstance membership = second.hazelcast().orElseThrow();
    assertThat(Await.of(second.health()).ok()).isTrue();
    membership.getLifecycleService().terminate();
    assertThat(Await.of(second.health()).detail()).contains("dropped out");
    await().atMost(Duration.ofSeconds(8)).until(() -> first.nodes().size() == 1);
  }

  @Test
  void aPortSomebodyAskedForMustBeFree() throws IOException {
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      Future<Cluster> refused =
          Cluster.join(config("secret"), Ports.FIXED, new SimpleMeterRegistry());
      assertThat(refused.cause())
          .isInstanceOf(Failure.class)
          .hasMessageContaining("cluster.port: 127.0.0.1:" + port + " is in use");
    }
  }

  @Test
  void offTheLoopbackTheSecretIsRequired() {
    ClusterConfig open = Clusters.at("0.0.0.0", Secret.NONE, port, busPort);
    Future<Cluster> refused = Cluster.join(open, Ports.FIXED, new SimpleMeterRegistry());
    assertThat(refused.cause()).hasMessageContaining("cluster.secret is missing");
  }

  @Test
  void offTheLoopbackCertificatesAreRequired() {
    ClusterConfig open = Clusters.at("0.0.0.0", new Secret("secret"), port, busPort);
    Future<Cluster> refused = Cluster.join(open, Ports.FIXED, new SimpleMeterRegistry());
    assertThat(refused.cause()).hasMessageContaining("cluster.tls is missing");
  }

  @Test
  void nodesOfOneNameMeet() {
    List<String> asked = new CopyOnWriteArrayList<>();
    NamedNodes.Resolver resolver =
        name -> {
          asked.add(name);
          return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
        };
    ClusterConfig config = Clusters.named(config("secret"), "chat.example.org");
    Cluster first = join(config, resolver);
    Cluster second = join(config, resolver);
    await().until(() -> first.nodes().size() == 2 && second.nodes().size() == 2);
    assertThat(ask(first, second, "found")).isEqualTo("found, heard");
    assertThat(asked).isNotEmpty().containsOnly("chat.example.org");
  }

  @Test
  void whatIsNoneOfOursIsNotMadeOfBytesFromAnotherNode() {
    Cluster first = join(config("secret"));
    Cluster second = join(config("secret"));
    await().until(() -> first.nodes().size() == 2 && second.nodes().size() == 2);
    HazelcastInstance sender = first.hazelcast().orElseThrow();
    HazelcastInstance receiver = second.hazelcast().orElseThrow();

    sender.getMap("things").put("harmless", "text");
    sender.getMap("things").put("hostile", new Hostile());

    assertThat(receiver.getMap("things").get("harmless")).isEqualTo("text");
    assertThatThrownBy(() -> receiver.getMap("things").get("hostile"))
        .hasStackTraceContaining("Hostile")
        .hasStackTraceContaining("not allowed");
    assertThat(Hostile.RAN).isFalse();
  }

  /** Does something when it is read. */
  private static final class Hostile implements Serializable {
    private static final long serialVersionUID = 1L;
    static final AtomicBoolean RAN = new AtomicBoolean();

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      RAN.set(true);
    }
  }

  @Test
  void aStandaloneNodeHasNoCluster() {
    Cluster alone = join(Clusters.standalone());
    assertThat(alone.vertx().isClustered()).isFalse();
    assertThat(alone.nodes()).containsExactly(alone.node());
    assertThat(Await.of(alone.health()).ok()).isTrue();
  }

  private ClusterConfig config(String secret) {
    return Clusters.onLoopback(secret, port, busPort);
  }

  private Cluster join(ClusterConfig config) {
    Cluster cluster = Await.of(Cluster.join(config, Ports.NEXT_FREE, new SimpleMeterRegistry()));
    started.add(cluster);
    return cluster;
  }

  private Cluster join(ClusterConfig config, NamedNodes.Resolver resolver) {
    Cluster cluster =
        Await.of(Cluster.join(config, Ports.NEXT_FREE, new SimpleMeterRegistry(), resolver));
    started.add(cluster);
    return cluster;
  }

  /**
   * What was answered to words that one node says to another; again while they are lost, as they
   * may be where two clusters have only just become one.
   */
  private static String ask(Cluster from, Cluster to, String words) {
    Await.of(
        to.vertx()
            .eventBus()
            .<String>consumer("place", message -> message.reply(message.body() + ", heard"))
            .completion());
    DeliveryOptions briefly = new DeliveryOptions().setSendTimeout(1_000);
    return await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(ReplyException.class)
        .until(
            () -> Await.of(from.vertx().eventBus().<String>request("place", words, briefly)).body(),
            Objects::nonNull);
  }
}
