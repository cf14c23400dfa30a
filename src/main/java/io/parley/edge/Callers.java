package io.parley.edge;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.parley.failure.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one event loop: counts each from its first to its last moment, and closes
 * those who take too long to say what they want, byte by byte if need be. A connection has so much
 * time for the head of each request, and so much for its body.
 */
public final class Callers {
  private static final Logger LOG = LoggerFactory.getLogger(Callers.class);

  private static final long LOOK_MS = 500;

  private final Vertx vertx;
  private final Door door;
  private final Map<HttpConnection, Long> timers = new HashMap<>();
  private final Map<HttpConnection, Failure> unwelcome = new HashMap<>();

  /** Requests whose bodies are on their way. */
  private final Map<HttpConnection, HttpServerRequest> uploading = new HashMap<>();

  private long coming;

  /** The answer to the last request that came, which may be that to a later one than has ended. */
  private final Map<HttpConnection, HttpServerResponse> latest = new HashMap<>();

  public Callers(Vertx vertx, Door door) {
    this.vertx = vertx;
    this.door = door;
    vertx.setPeriodic(LOOK_MS, tick -> look());
  }

  /** Somebody has connected; to be told before anything is read. */
  public void connected(HttpConnection connection) {
    Optional<Arrival> counted = Arrival.of(channel(connection));
    Door.Place place = counted.map(Arrival::place).or(() -> enter(connection)).orElse(null);
    if (place == null) {
      cut(connection);
      return;
    }
    place.refusal().ifPresent(why -> unwelcome.put(connection, why));
    connection.closeHandler(
        closed -> {
          disarm(connection);
          unwelcome.remove(connection);
          latest.remove(connection);
        });
    connection.exceptionHandler(
        cause -> {
          LOG.debug("a connection is cut: {}", cause.toString());
          cut(connection);
        });
    Duration taken = counted.map(Callers::since).orElse(Duration.ZERO);
    arm(connection, door.config().headTimeout().minus(taken));
  }

  /** A handshake takes its time from that of the first head. */
  private static Duration since(Arrival counted) {
    return Duration.ofNanos(System.nanoTime() - counted.at());
  }

  private Optional<Door.Place> enter(HttpConnection connection) {
    Optional<Door.Place> place =
        door.enter(host(connection.remoteAddress()), host(connection.localAddress()));
    place.ifPresent(entered -> leaveInTheEnd(connection, entered));
    return place;
  }

  /**
   * Of the channel itself, since the handler of a connection that becomes a socket is never called;
   * and it keeps nothing but the place.
   */
  // The channel's end is an event, and nobody waits for those who listen to it.
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void leaveInTheEnd(HttpConnection connection, Door.Place place) {
    channel(connection).closeFuture().addListener(closed -> place.leave());
  }

  /** A request has come. Tells why it is not served, if it is not. */
  public Optional<Failure> begin(HttpServerRequest request) {
    latest.put(request.connection(), request.response());
    return Optional.ofNullable(unwelcome.get(request.connection()));
  }

  /** A head has come; now the body must. */
  public void head(HttpServerRequest request) {
    arm(request.connection(), door.config().bodyTimeout());
    uploading.put(request.connection(), request);
  }

  /** The whole request has come. */
  public void received(HttpServerRequest request) {
    disarm(request.connection());
  }

  /** The answer is out, and no later request is being served: the next head must come. */
  public void answered(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    EventLoop loop = channel(connection).eventLoop();
    if (!loop.inEventLoop()) {
      loop.execute(() -> answered(request));
    } else if (latest.get(connection) == request.response()) {
      arm(connection, door.config().keepAlive());
    }
  }

  /** The connection becomes a socket, and its life is somebody else's care; it counts on. */
  public void upgraded(HttpServerRequest request) {
    disarm(request.connection());
    latest.remove(request.connection());
  }

  /**
   * Counts a connection that is to become a socket for the address behind a proxy, which could not
   * be known when it was accepted. Tells why it may not, if it may not.
   */
  // The channel's end is an event, and nobody waits for those who listen to it.
  @SuppressWarnings("FutureReturnValueIgnored")
  public Optional<Failure> crowd(HttpServerRequest request) {
    Remote remote = door.proxies().remote(request);
    Optional<Failure> refusal = door.join(remote);
    if (refusal.isEmpty() && remote.proxied()) {
      channel(request.connection()).closeFuture().addListener(closed -> door.part(remote));
    }
    return refusal;
  }

  /** All of it for a request that nobody else looks after. */
  public void watch(HttpServerRequest request) {
    head(request);
    request.end().onComplete(ended -> ended(request));
    request.response().endHandler(done -> answered(request));
  }

  /** A body may come after its answer. */
  private void ended(HttpServerRequest request) {
    if (request.response().ended()) {
      answered(request);
    } else {
      received(request);
    }
  }

  /**
   * Counts something that lives between connections of one peer, such as a session of polling.
   * Fails RATE_LIMITED, OVERLOADED.
   */
  public Door.Place admit(HttpServerRequest request) {
    String peer = door.proxies().remote(request).address();
    return door.admit(peer, host(request.connection().localAddress()));
  }

  private void arm(HttpConnection connection, Duration left) {
    disarm(connection);
    if (channel(connection).isOpen()) {
      timers.put(
          connection, vertx.setTimer(Math.max(1, left.toMillis()), expired -> late(connection)));
    }
  }

  /** When all bodies together are too much, the largest go first. */
  private void look() {
    long now = uploading.values().stream().mapToLong(HttpServerRequest::bytesRead).sum();
    long excess = door.received(now - coming);
    coming = now;
    if (excess <= 0) {
      return;
    }
    List<HttpServerRequest> largest =
        uploading.values().stream()
            .sorted(Comparator.comparingLong(HttpServerRequest::bytesRead).reversed())
            .toList();
    for (HttpServerRequest request : largest) {
      if (excess > 0) {
        excess -= request.bytesRead();
        door.tooLarge();
        cut(request.connection());
      }
    }
  }

  private void late(HttpConnection connection) {
    timers.remove(connection);
    door.late();
    cut(connection);
  }

  /** Not by its own closing, which waits until all that was sent is read. */
  // The channel's end is heard where the place is left.
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void cut(HttpConnection connection) {
    channel(connection).close();
  }

  private void disarm(HttpConnection connection) {
    uploading.remove(connection);
    Long timer = timers.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  private static Channel channel(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }

  private static String host(@Nullable SocketAddress address) {
    String host = address == null ? null : address.hostAddress();
    return host == null ? "" : host;
  }
}
