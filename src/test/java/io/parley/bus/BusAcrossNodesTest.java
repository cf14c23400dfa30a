package io.parley.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.bus.EchoApi.Said;
import io.parley.bus.EchoApi.Say;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.observability.Correlation;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes in one process, with everything between them going over the wire. */
class BusAcrossNodesTest {
  private static final Endpoint<io.parley.bus.twin.bus.Said, Say> TWIN =
      new Endpoint<>("echo.twin", io.parley.bus.twin.bus.Said.class, Say.class);
  private static final Endpoint<Said, Say> ASKED =
      new Endpoint<>("echo.twin", Said.class, Say.class);

  record Surprise(String text) {}

  private static final MeterRegistry asked = new SimpleMeterRegistry();
  private static final MeterRegistry answered = new SimpleMeterRegistry();
  private static final List<HazelcastClusterManager> managers = new ArrayList<>();
  private static int seed;
  private static Vertx here;
  private static Vertx there;
  private static Bus asking;
  private static Bus answering;

  @BeforeAll
  static void start() throws Exception {
    int port = freePort();
    here = node(port, port);
    there = node(freePort(), port);
    seed = port;
    asking = Bus.over(here, List.of(EchoApi.CONTRACT), asked);
    answering = Bus.over(there, List.of(EchoApi.CONTRACT), answered);
  }

  @AfterAll
  static void stop() throws Exception {
    get(there.close());
    get(here.close());
  }

  @Test
  void anAnswerComesBackEqual() throws Exception {
    get(
        answering.answer(
            EchoApi.SAY, say -> Future.succeededFuture(new Said(say.text(), List.of(1, 2)))));

    Said said = get(asking.ask(EchoApi.SAY, new Say("hällo 😀")));

    assertThat(said).isEqualTo(new Said("hällo 😀", List.of(1, 2)));
  }

  @Test
  void whoeverIsNearIsAskedFirst() throws Exception {
    Endpoint<Say, Said> far = EchoApi.SAY.at("far");
    Endpoint<Say, Said> both = EchoApi.SAY.at("both");
    Said yes = new Said("there", List.of());
    get(answering.answer(far, say -> Future.succeededFuture(yes)));
    get(answering.answer(both, say -> Future.succeededFuture(yes)));
    get(asking.answer(both, say -> Future.failedFuture(Failure.of(Reason.BANNED, "here"))));

    assertThat(get(asking.askNear(far, new Say("x")))).isEqualTo(yes);
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> get(asking.askNear(both, new Say("x"))))
          .hasMessageContaining("here");
    }
    assertThatThrownBy(() -> get(asking.askNear(EchoApi.SAY.at("nowhere"), new Say("x"))))
        .cause()
        .isInstanceOfSatisfying(
            Failure.class, told -> assertThat(told.reason()).isEqualTo(Reason.UNAVAILABLE));
  }

  @Test
  void aFailureArrivesWhole() throws Exception {
    Failure failure = Failure.of(Reason.NOT_OWNER, "ask n2").with("owner", "n2/3");
    get(answering.answer(EchoApi.SAY.at("failing"), say -> Future.failedFuture(failure)));

    assertThatThrownBy(() -> get(asking.ask(EchoApi.SAY.at("failing"), new Say("x"))))
        .cause()
        .isInstanceOfSatisfying(
            Failure.class, arrived -> assertThat(arrived.text()).isEqualTo(failure.text()));
  }

  @Test
  void whatCannotBeReadIsRefusedAtOnce() throws Exception {
    Vertx odd = node(freePort(), seed);
    Contract twin = new Contract("Twin", List.of(TWIN), List.of());
    get(Bus.over(odd, List.of(twin)).answer(TWIN, x -> Future.succeededFuture()));

    assertThatThrownBy(() -> get(asking.ask(ASKED, new Said("no number", List.of()))))
        .hasMessageContaining("this address takes bus.Said");
    get(odd.close());
  }

  @Test
  void anAnswerThatCannotBeReadIsToldAtOnceToo() throws Exception {
    Vertx odd = node(freePort(), seed);
    Endpoint<Say, Surprise> surprising = new Endpoint<>("echo.odd", Say.class, Surprise.class);
    get(
        Bus.over(odd, List.of(new Contract("Odd", List.of(surprising), List.of())))
            .answer(surprising, say -> Future.succeededFuture(new Surprise("!"))));

    assertThatThrownBy(
            () -> get(asking.ask(new Endpoint<>("echo.odd", Say.class, Said.class), new Say("x"))))
        .cause()
        .isInstanceOfSatisfying(
            Failure.class, told -> assertThat(told.reason()).isEqualTo(Reason.INTERNAL));
    get(odd.close());
  }

  @Test
  void whoAsksIsKnownOnTheOtherNodeAndStillKnownAfterwards() throws Exception {
    get(
        answering.answer(
            EchoApi.SAY.at("known"),
            say -> Future.succeededFuture(new Said(correlation(), List.of()))));

    Promise<String> seen = Promise.promise();
    here.runOnContext(
        start ->
            new Correlation("order-7")
                .run(
                    () ->
                        asking
                            .ask(EchoApi.SAY.at("known"), new Say("x"))
                            .map(said -> said.text() + " " + correlation())
                            .onComplete(seen)));
    assertThat(get(seen.future())).isEqualTo("order-7 order-7");
    assertThat(get(asking.ask(EchoApi.SAY.at("known"), new Say("x"))).text()).isEqualTo("nobody");
  }

  @Test
  void newsKeepTheirOrder() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    get(answering.hear(EchoApi.HEARD, news -> heard.add(news.text())));

    for (int i = 0; i < 1000; i++) {
      asking.tell(EchoApi.HEARD, new Said("" + i, List.of()));
    }

    for (int i = 0; i < 1000; i++) {
      assertThat(heard.poll(5, SECONDS)).isEqualTo("" + i);
    }
  }

  @Test
  void aNodeThatTheOthersHaveForgottenIsFoundAgainWhenItRenewsItsListeners() throws Exception {
    get(
        answering.answer(
            EchoApi.SAY.at("forgotten"),
            say -> Future.succeededFuture(new Said(say.text(), List.of()))));
    get(asking.ask(EchoApi.SAY.at("forgotten"), new Say("1")));
    await() // a node that leaves makes the others tell their listeners once more
        .until(
            () -> {
              Hazelcast.getAllHazelcastInstances()
                  .forEach(
                      member -> member.getMultiMap("__vertx.subs").remove("echo.say@forgotten"));
              return get(
                  asking.ask(EchoApi.SAY.at("forgotten"), new Say("2")).map(false).otherwise(true));
            });

    answering.renew();

    await()
        .until(
            () ->
                get(
                    asking
                        .ask(EchoApi.SAY.at("forgotten"), new Say("3"))
                        .map(true)
                        .otherwise(false)));
    assertThat(get(asking.ask(EchoApi.SAY.at("forgotten"), new Say("4"))).text()).isEqualTo("4");
  }

  @Test
  void whatGoesToOtherNodesIsCountedByTypeAndWhatStaysIsNot() throws Exception {
    Endpoint<Say, Said> far = EchoApi.SAY.at("counted-far");
    Endpoint<Say, Said> near = EchoApi.SAY.at("counted-near");
    get(answering.answer(far, say -> Future.succeededFuture(new Said("yes", List.of()))));
    get(asking.answer(near, say -> Future.succeededFuture(new Said("yes", List.of()))));
    double questions = sent(asked, "sent", "bus.Say");
    double bytes = sent(asked, "sent.bytes", "bus.Say");
    double answers = sent(answered, "sent", "bus.Said");

    get(asking.ask(near, new Say("x".repeat(1_000))));
    assertThat(sent(asked, "sent", "bus.Say")).isEqualTo(questions);
    get(asking.ask(far, new Say("x".repeat(1_000))));
    get(asking.ask(far, new Say("x".repeat(1_000))));

    assertThat(sent(asked, "sent", "bus.Say") - questions).isEqualTo(2);
    assertThat(sent(asked, "sent.bytes", "bus.Say") - bytes).isBetween(2_100.0, 3_000.0);
    assertThat(sent(answered, "sent", "bus.Said") - answers).isEqualTo(2);
  }

  @Test
  void aNodeKnowsHowManyOfItsListenersTheClusterHasToKnow() throws Exception {
    long known = known();
    assertThat(registrations()).isEqualTo(known);
    get(asking.answer(EchoApi.SAY.at("one-more"), say -> Future.failedFuture("no")));
    assertThat(registrations()).isEqualTo(known + 1);
    assertThat(known()).isEqualTo(known + 1);

    asking.renew();
    await().until(() -> known() == known + 1 && registrations() == known + 1);
  }

  private static double sent(MeterRegistry meters, String name, String type) {
    Counter counter = meters.find("parley.bus." + name).tag("message", type).counter();
    return counter == null ? 0 : counter.count();
  }

  private static long registrations() {
    return (long) asked.get("parley.bus.registrations").gauge().value();
  }

  /** How many listeners of the asking node the cluster itself keeps. */
  private static long known() {
    HazelcastClusterManager manager = managers.get(0);
    return manager.getHazelcastInstance().getMultiMap("__vertx.subs").values().stream()
        .filter(place -> place.toString().contains(manager.getNodeId()))
        .count();
  }

  private static Vertx node(int port, int seed) throws Exception {
    Config config = new Config().setClusterName("bus-test-" + seed);
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(port).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    network.getJoin().getMulticastConfig().setEnabled(false);
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + seed);
    HazelcastClusterManager manager = new HazelcastClusterManager(config);
    managers.add(manager);
    return get(
        Vertx.builder()
            .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1")))
            .withClusterManager(manager)
            .buildClustered());
  }

  private static String correlation() {
    return Correlation.current().map(Correlation::id).orElse("nobody");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, SECONDS);
  }
}
