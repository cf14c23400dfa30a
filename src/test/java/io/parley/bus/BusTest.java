package io.parley.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.bus.EchoApi.Said;
import io.parley.bus.EchoApi.Say;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusTest {
  private static final Duration SOON = Duration.ofMillis(50);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.over(vertx, List.of(EchoApi.CONTRACT));

  record Unlisted() {}

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void anAnswerComesBackAsItWasGiven() throws Exception {
    Said said = new Said("hello", List.of(1));
    answer(say -> Future.succeededFuture(said));

    assertThat(get(bus.ask(EchoApi.SAY, new Say("hello")))).isSameAs(said);
  }

  @Test
  void anEndpointAtAPlaceIsAnotherAddress() throws Exception {
    get(bus.answer(EchoApi.SAY.at("n1/0"), say -> said("there")));

    assertThat(get(bus.ask(EchoApi.SAY.at("n1/0"), new Say("x"))).text()).isEqualTo("there");
    assertThat(refusal(bus.ask(EchoApi.SAY, new Say("x"))).reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void aFailureArrivesWithItsReasonItsDetailsAndItsSentence() throws Exception {
    Failure failure = Failure.of(Reason.SLOW_MODE, "wait: 4 s").with("retryAfterMs", 4000);
    answer(say -> Future.failedFuture(failure));

    assertThat(refusal(ask()).text()).isEqualTo(failure.text());
  }

  @Test
  void aThrownFailureIsAFailureToo() throws Exception {
    answer(
        say -> {
          throw Failure.invalid("text", "is too long");
        });

    assertThat(refusal(ask()).text()).isEqualTo("INVALID field=text: text is too long");
  }

  @Test
  void nothingOfAnUnforeseenErrorIsTold() throws Exception {
    answer(say -> Future.failedFuture(new IllegalStateException("password=hunter2")));

    assertThat(refusal(ask()).text()).isEqualTo("INTERNAL: something went wrong on the server");
  }

  @Test
  void noFutureAndNoAnswerAreInternalAtOnce() throws Exception {
    answer(this::careless);

    assertThat(refusal(bus.ask(EchoApi.SAY, new Say(""))).reason()).isEqualTo(Reason.INTERNAL);
    assertThat(refusal(bus.ask(EchoApi.SAY, new Say("x"))).reason()).isEqualTo(Reason.INTERNAL);
  }

  @Test
  void whereNobodyListensTheServiceIsUnavailable() throws Exception {
    assertThat(refusal(ask()).reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void whatTakesTooLongTimesOut() throws Exception {
    answer(say -> Promise.<Said>promise().future());

    assertThat(refusal(bus.ask(EchoApi.SAY, new Say("x"), SOON)).reason())
        .isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void aMessageOfAnotherTypeIsInvalid() throws Exception {
    answer(say -> said("x"));
    DeliveryOptions options = new DeliveryOptions().setCodecName(RecordCodec.NAME);

    assertThatThrownBy(
            () -> get(vertx.eventBus().request("echo.say", new Said("x", List.of()), options)))
        .hasRootCauseMessage("INVALID: this address takes bus.Say");
    for (Object odd : new Object[] {"text", null}) {
      assertThatThrownBy(() -> get(vertx.eventBus().request("echo.say", odd)))
          .hasRootCauseMessage("INVALID: this address takes bus.Say");
    }
  }

  @Test
  void aReplyOfAnotherTypeIsInternal() throws Exception {
    get(vertx.eventBus().consumer("echo.say", message -> message.reply("surprise")).completion());

    assertThat(refusal(ask()).reason()).isEqualTo(Reason.INTERNAL);
  }

  @Test
  void anEndpointOfNoContractIsRefusedOnBothSides() {
    Endpoint<Unlisted, Said> unlisted = new Endpoint<>("x", Unlisted.class, Said.class);
    Topic<Unlisted> topic = new Topic<>("y", Unlisted.class);

    assertThatThrownBy(() -> bus.ask(unlisted, new Unlisted()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bus.answer(unlisted, question -> said("x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bus.tell(topic, new Unlisted()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bus.announce(topic, new Unlisted()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bus.hear(topic, news -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void newsReachOneListenerOrAllInOrder() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    get(bus.hear(EchoApi.HEARD, news -> heard.add("a" + news.text())));
    String second =
        get(
            vertx.deployVerticle(
                new VerticleBase() {
                  @Override
                  public Future<?> start() {
                    return bus.hear(EchoApi.HEARD, news -> heard.add("b" + news.text()));
                  }
                }));

    bus.announce(EchoApi.HEARD, new Said("1", List.of()));
    assertThat(List.of(next(heard), next(heard))).containsExactlyInAnyOrder("a1", "b1");

    get(vertx.undeploy(second));
    for (int i = 0; i < 100; i++) {
      bus.tell(EchoApi.HEARD, new Said("" + i, List.of()));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(next(heard)).isEqualTo("a" + i);
    }
  }

  private Future<Said> ask() {
    return bus.ask(EchoApi.SAY, new Say("x"));
  }

  private void answer(Function<Say, Future<Said>> handler) throws Exception {
    get(bus.answer(EchoApi.SAY, handler));
  }

  private static Future<Said> said(String text) {
    return Future.succeededFuture(new Said(text, List.of()));
  }

  // What the type system would not let through otherwise.
  @SuppressWarnings("NullAway")
  private Future<Said> careless(Say say) {
    return say.text().isEmpty() ? null : Future.succeededFuture();
  }

  private static String next(BlockingQueue<String> heard) throws InterruptedException {
    return String.valueOf(heard.poll(5, SECONDS));
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }

  private static Failure refusal(Future<?> future) throws Exception {
    try {
      get(future);
    } catch (ExecutionException expected) {
      return Failure.from(Objects.requireNonNull(expected.getCause()));
    }
    throw new AssertionError("this was to fail");
  }
}
