package io.parley.bus;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
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

  private static final int MAX_COMPLAINTS = 100;

  private final Set<String> complaints = ConcurrentHashMap.newKeySet();
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final Vertx vertx;
  private final EventBus events;
  private final RecordCodec codec;

  private Bus(Vertx vertx, RecordCodec codec) {
    this.vertx = vertx;
    this.events = vertx.eventBus();
    this.codec = codec;
  }

  /**
   * The bus of a Vert.x instance, able to carry the messages of these contracts. Once per instance.
   */
  public static Bus over(Vertx vertx, Collection<Contract> contracts, MeterRegistry meters) {
    RecordCodec codec = new RecordCodec(Json.cbor(), contracts, new BusMetrics(meters));
    vertx.eventBus().registerCodec(codec);
    BusCorrelation.install(vertx.eventBus());
    Bus bus = new Bus(vertx, codec);
    Gauge.builder("parley.bus.registrations", bus, Bus::registrations)
        .description("listeners of this node that every node has to know of")
        .register(meters);
    return bus;
  }

  /** The same, which counts nothing. */
  public static Bus over(Vertx vertx, Collection<Contract> contracts) {
    return over(vertx, contracts, new CompositeMeterRegistry());
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
    DeliveryOptions options = options().setSendTimeout(Math.max(1, patience.toMillis()));
    return ask(endpoint, request, options)
        .recover(cause -> Future.failedFuture(Failure.from(cause)));
  }

  /**
   * Asks one who listens in this process, or any other if there is none: for questions that must
   * not wait for a node that has just been lost.
   */
  public <Q extends Record, R extends Record> Future<R> askNear(
      Endpoint<Q, R> endpoint, Q request) {
    DeliveryOptions near = options().setSendTimeout(PATIENCE.toMillis()).setLocalOnly(true);
    return ask(endpoint, request, near)
        .recover(
            cause ->
                cause instanceof ReplyException reply
                        && reply.failureType() == ReplyFailure.NO_HANDLERS
                    ? ask(endpoint, request)
                    : Future.failedFuture(Failure.from(cause)));
  }

  private <Q extends Record, R extends Record> Future<R> ask(
      Endpoint<Q, R> endpoint, Q request, DeliveryOptions options) {
    codec.listed(endpoint.request());
    return events
        .<Record>request(endpoint.address(), request, options)
        .map(reply -> answered(endpoint, reply));
  }

  /**
   * Answers a question, on the context of the caller. The future completes when every node knows
   * the listener.
   */
  public <Q extends Record, R extends Record> Future<Void> answer(
      Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
    codec.listed(endpoint.response());
    return listen(
        endpoint.address(),
        endpoint.request(),
        (message, request) -> respond(endpoint, message, request, handler));
  }

  /** Tells one listener; nobody knows whether it arrived. */
  public <M extends Record> void tell(Topic<M> topic, M message) {
    codec.listed(topic.message());
    events.send(topic.address(), message, options());
  }

  /** Tells all listeners on all nodes. */
  public <M extends Record> void announce(Topic<M> topic, M message) {
    codec.listed(topic.message());
    events.publish(topic.address(), message, options());
  }

  /** Listens to news, on the context of the caller; completes when every node knows. */
  public <M extends Record> Future<Void> hear(Topic<M> topic, Consumer<M> listener) {
    return listen(topic.address(), topic.message(), (message, news) -> listener.accept(news));
  }

  /**
   * Tells every node anew who listens here, in case they have forgotten; nothing that is on its way
   * is lost by it.
   */
  public void renew() {
    listeners.forEach(Listener::renew);
  }

  /** The number depends on what a node is, and must not on who is connected to it. */
  private long registrations() {
    return listeners.stream().filter(listener -> listener.consumer.isRegistered()).count();
  }

  private <T extends Record> Future<Void> listen(
      String address, Class<T> type, BiConsumer<Message<Record>, T> handler) {
    String tag = codec.listed(type);
    Listener listener =
        new Listener(
            address,
            message -> {
              Optional<T> body = read(address, message, type);
              if (body.isPresent()) {
                handler.accept(message, body.get());
              } else {
                fail(message, Failure.of(Reason.INVALID, "this address takes " + tag));
              }
            });
    return listener.begin();
  }

  /** One who listens at an address for as long as the verticle that began it lives. */
  private final class Listener {
    private final Context context = vertx.getOrCreateContext();
    private final String address;
    private final Handler<Message<Record>> handler;
    private volatile MessageConsumer<Record> consumer;

    Listener(String address, Handler<Message<Record>> handler) {
      this.address = address;
      this.handler = handler;
      this.consumer = events.consumer(address, handler);
    }

    Future<Void> begin() {
      listeners.add(this);
      return consumer.completion();
    }

    /** The new registration stands before the old one goes. */
    void renew() {
      context.runOnContext(
          turn -> {
            MessageConsumer<Record> old = consumer;
            if (!old.isRegistered()) {
              listeners.remove(this);
              return;
            }
            consumer = events.consumer(address, handler);
            consumer.completion().onComplete(known -> old.unregister());
          });
    }
  }

  private <R extends Record> R answered(Endpoint<?, R> endpoint, Message<?> reply) {
    return read(endpoint.address(), reply, endpoint.response()).orElseThrow(Failure::internal);
  }

  /** The body, which is decoded only now; empty when that fails or something else comes out. */
  private <T> Optional<T> read(String address, Message<?> message, Class<T> type) {
    Object body;
    try {
      body = Objects.requireNonNullElse(message.body(), new Unreadable("nothing"));
    } catch (RuntimeException thrown) {
      body = new Unreadable(thrown.getClass().getName());
    }
    if (type.isInstance(body)) {
      return Optional.of(type.cast(body));
    }
    complain(address, body);
    return Optional.empty();
  }

  /** Once for each address, so that nobody can fill the log; and never with what was sent. */
  private void complain(String address, Object body) {
    if (complaints.size() < MAX_COMPLAINTS && complaints.add(address)) {
      String what =
          body instanceof Unreadable unreadable
              ? unreadable.why()
              : body.getClass().getSimpleName();
      LOG.warn("what cannot be read was sent to or from {}: {}", address, what);
    }
  }

  private <Q extends Record, R extends Record> void respond(
      Endpoint<Q, R> endpoint, Message<Record> message, Q request, Function<Q, Future<R>> handler) {
    Future<R> outcome;
    try {
      outcome = Objects.requireNonNull(handler.apply(request), "no future");
    } catch (RuntimeException thrown) {
      outcome = Future.failedFuture(thrown);
    }
    outcome
        .map(response -> Objects.requireNonNull(response, "no answer"))
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
