package io.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.config.ClusterConfig;
import io.parley.config.ClusterConfig.TlsConfig;
import io.parley.fixtures.Await;
import io.parley.fixtures.FreePorts;
import io.parley.fixtures.TestAuthority;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusTlsTest {
  private static final DeliveryOptions SOON = new DeliveryOptions().setSendTimeout(1_500);

  private final int port = FreePorts.one();
  private final int busPort = FreePorts.one();
  private final List<Cluster> started = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private Path dir;
  private TestAuthority ours;

  @BeforeEach
  void found(@TempDir Path temporary) {
    dir = temporary;
    ours = new TestAuthority(dir, "ours");
  }

  @AfterEach
  void leave() {
    started.forEach(cluster -> Await.of(cluster.leave()));
  }

  @Test
  void nodesOfOneAuthorityTalkBothWays() {
    Cluster first = join(ours.node("first"), "at the first");
    Cluster second = join(ours.node("second"), "at the second");
    await().until(() -> first.nodes().size() == 2 && second.nodes().size() == 2);

    assertThat(reaches(first, "at the second")).isTrue();
    assertThat(reaches(second, "at the first")).isTrue();
  }

  @Test
  void withACertificateOfAnotherAuthorityNobodySendsOrReceives() {
    Cluster member = join(ours.node("member"), "at the member");
    Cluster stranger = join(new TestAuthority(dir, "theirs").node("stranger"), "at the stranger");
    await().until(() -> member.nodes().size() == 2 && stranger.nodes().size() == 2);

    assertThat(reaches(stranger, "at the member")).isFalse();
    assertThat(reaches(member, "at the stranger")).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void withoutACertificateNobodySendsOrReceives() {
    Cluster member = join(ours.node("member"), "at the member");
    Cluster open = join(TlsConfig.NONE, "in the open");
    await().until(() -> member.nodes().size() == 2 && open.nodes().size() == 2);

    assertThat(reaches(open, "at the member")).isFalse();
    assertThat(reaches(member, "in the open")).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void aCallerThatTrustsTheAuthorityAndShowsNothingIsHungUpOn() {
    TlsConfig node = ours.node("member");
    Cluster member = join(node, "at the member");
    Vertx vertx = member.vertx();
    AtomicBoolean closed = new AtomicBoolean();
    NetClientOptions nameless =
        new NetClientOptions()
            .setSsl(true)
            .setHostnameVerificationAlgorithm("")
            .setTrustOptions(new PemTrustOptions().addCertPath(node.authority()));

    vertx
        .createNetClient(nameless)
        .connect(member.busPort(), "127.0.0.1")
        .onFailure(refused -> closed.set(true))
        .onSuccess(socket -> listen(socket, closed));

    await().untilTrue(closed);
  }

  private static void listen(NetSocket socket, AtomicBoolean closed) {
    socket.closeHandler(gone -> closed.set(true));
    socket.exceptionHandler(refused -> closed.set(true));
  }

  @Test
  void whatCannotWorkIsToldBeforeTheNodeStarts() throws IOException {
    TlsConfig one = ours.node("one");
    TlsConfig two = ours.node("two");
    Path empty = Files.createFile(dir.resolve("empty.pem"));
    refused(one.certificate(), "missing", one.authority(), "cluster.tls.key cannot be read");
    refused(one.certificate(), two.key(), one.authority(), "cluster.tls.key does not fit");
    refused(one.certificate(), one.certificate(), one.authority(), "cluster.tls.key holds no");
    refused(empty.toString(), one.key(), one.authority(), "cluster.tls.certificate holds");
    refused(one.certificate(), one.key(), empty.toString(), "cluster.tls.authority holds");
    refused(
        one.certificate(),
        one.key(),
        new TestAuthority(dir, "theirs").node("three").authority(),
        "cluster.tls.certificate was not signed by cluster.tls.authority");
  }

  @Test
  void aCertificateIsLookedAtBeforeOthersAre() {
    Instant soon = Instant.now().plus(Duration.ofDays(3));
    TlsConfig brief =
        ours.node("brief", soon, KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
    TlsConfig half = ours.node("half", soon, KeyPurposeId.id_kp_serverAuth);

    assertThat(BusTls.read(brief, Clock.systemUTC()).expires())
        .isBetween(soon.minusSeconds(1), soon);
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(4));
    assertThatThrownBy(() -> BusTls.read(brief, later)).hasMessageContaining("expired at");
    assertThatThrownBy(() -> BusTls.read(half, Clock.systemUTC()))
        .hasMessageContaining("both server and client");
  }

  private static void refused(String certificate, String key, String authority, String why) {
    assertThatThrownBy(
            () -> BusTls.read(new TlsConfig(certificate, key, authority), Clock.systemUTC()))
        .hasMessageContaining(why);
  }

  private Cluster join(TlsConfig tls, String address) {
    ClusterConfig config = Clusters.secured(Clusters.onLoopback("secret", port, busPort), tls);
    Cluster cluster = Await.of(Cluster.join(config, Ports.NEXT_FREE, new SimpleMeterRegistry()));
    started.add(cluster);
    Await.of(
        cluster
            .vertx()
            .eventBus()
            .<String>consumer(
                address,
                message -> {
                  heard.add(message.body());
                  message.reply("yes");
                })
            .completion());
    return cluster;
  }

  private static boolean reaches(Cluster from, String address) {
    return Await.of(
        from.vertx()
            .eventBus()
            .request(address, "anybody?", SOON)
            .map(reply -> true)
            .otherwise(false));
  }
}
