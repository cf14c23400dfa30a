package io.parley.bus;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event bus with types: records in, records out, failures as {@link Failure}.
 *
 * <p>Between two listeners messages keep their order; a message may be lost, an answer may never
 * come. What must not be lost is in a store.
 */
public final class Bus {
  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final EventBus events;

  private Bus(EventBus events) {
    this.events = events;
  }

  /**
   * The bus of a Vert.x instance, able to carry the messages of these contracts. Once per instance.
   */
  public static Bus over(Vertx vertx, Collection<Contract> contracts) {
    vertx.eventBus().registerCodec(new RecordCodec(Json.cbor(), contracts));
    return new Bus(vertx.eventBus());
  }

  /**
   * Asks and waits at most five seconds. Fails with what the other side failed with, UNAVAILABLE or
   * TIMEOUT.
   */
  public <Q extends Record, R extends Record> Future<R> ask(Endpoint<Q, R> endpoint, Q request) {
    return ask(endpoint, request, PATIENCE);
  }

  /** Asks and waits at most so long. */
  public <Q extends Record, R extends Record> Future<R> ask(
      Endpoint<Q, R> endpoint, Q request, Duration patience) {
    DeliveryOptions options =
        new DeliveryOptions()
            .setCodecName(RecordCodec.NAME)
            .setSendTimeout(Math.max(1, patience.toMillis()));
    return events
        .<Record>request(endpoint.address(), request, options)
        .map(reply -> endpoint.response().cast(reply.body()))
        .recover(cause -> Future.failedFuture(Failure.from(cause)));
  }

  /**
   * Answers a question, on the context of the caller. The future completes when every node knows
   * the listener.
   */
  public <Q extends Record, R extends Record> Future<Void> answer(
      Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
    return consumer(
            endpoint.address(),
            endpoint.request(),
            (message, request) -> respond(endpoint, message, request, handler))
        .completion();
  }

  /** Tells one listener; nobody knows whether it arrived. */
  public <M extends Record> void tell(Topic<M> topic, M message) {
    events.send(topic.address(), message, options());
  }

  /** Tells all listeners on all nodes. */
  public <M extends Record> void announce(Topic<M> topic, M message) {
    events.publish(topic.address(), message, options());
  }

  /** Listens to news, on the context of the caller. Unregister the consumer to stop. */
  public <M extends Record> MessageConsumer<?> hear(Topic<M> topic, Consumer<M> listener) {
    return consumer(topic.address(), topic.message(), (message, news) -> listener.accept(news));
  }

  private <T extends Record> MessageConsumer<Record> consumer(
      String address, Class<T> type, java.util.function.BiConsumer<Message<Record>, T> handler) {
    return events.consumer(
        address,
        message -> {
          if (type.isInstance(message.body())) {
            handler.accept(message, type.cast(message.body()));
          } else {
            fail(
                message, Failure.of(Reason.INVALID, "this address takes " + RecordCodec.tag(type)));
          }
        });
  }

  private <Q extends Record, R extends Record> void respond(
      Endpoint<Q, R> endpoint, Message<Record> message, Q request, Function<Q, Future<R>> handler) {
    Future<R> outcome;
    try {
      outcome = handler.apply(request);
    } catch (RuntimeException thrown) {
      outcome = Future.failedFuture(thrown);
    }
    outcome
        .onSuccess(response -> message.reply(response, options()))
        .onFailure(cause -> fail(message, handled(endpoint.address(), cause)));
  }

  private static Failure handled(String address, Throwable cause) {
    Failure failure = Failure.from(cause);
    if (failure.reason() == Reason.INTERNAL) {
      LOG.error("{} failed", address, cause);
    }
    return failure;
  }

  private static void fail(Message<?> message, Failure failure) {
    message.fail(failure.reason().number(), failure.text());
  }

  private static DeliveryOptions options() {
    return new DeliveryOptions().setCodecName(RecordCodec.NAME);
  }
}
