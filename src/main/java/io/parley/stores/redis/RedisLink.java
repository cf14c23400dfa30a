package io.parley.stores.redis;

import io.parley.config.RedisConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.tls.Trust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipelined connection to Redis that comes back by itself.
 *
 * <p>While there is none, commands fail at once instead of waiting; a command that is not answered
 * within a second condemns the connection, since what hangs may hang for minutes. Nothing is ever
 * sent twice: whoever sees TIMEOUT or UNAVAILABLE after sending does not know whether it was done.
 * May be used from any thread.
 */
public final class RedisLink {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int MAX_WAITING = 10_000;
  private static final String AUTHORITY = "redis.authority";

  /** A client with its only connection; both go together. */
  private record Line(Redis client, RedisConnection connection) {}

  private final Vertx vertx;
  private final RedisOptions options;
  private final int maxWaiting;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile @Nullable Line line;
  private volatile String trouble = "not connected yet";
  private volatile boolean closed;

  private RedisLink(Vertx vertx, RedisConfig config, int maxWaiting) {
    this.vertx = vertx;
    this.options = options(config, maxWaiting);
    this.maxWaiting = maxWaiting;
  }

  /**
   * Starts to connect, and goes on trying; never fails. The future says that the first try ended.
   */
  public static Future<RedisLink> open(Vertx vertx, RedisConfig config) {
    return open(vertx, config, MAX_WAITING);
  }

  static Future<RedisLink> open(Vertx vertx, RedisConfig config, int maxWaiting) {
    RedisLink link = new RedisLink(vertx, config, maxWaiting);
    return link.connect(FIRST_PAUSE).map(link);
  }

  /**
   * Sends one command. Fails UNAVAILABLE without a connection or when it broke, OVERLOADED when ten
   * thousand commands wait, TIMEOUT after a second; and as Redis says, for wrong commands.
   *
   * @return the answer, empty for nil
   */
  public Future<Optional<Response>> send(Request request) {
    Line current = line;
    if (current == null) {
      return Future.failedFuture(unavailable(trouble));
    }
    if (waiting.incrementAndGet() > maxWaiting) {
      waiting.decrementAndGet();
      return Future.failedFuture(Failure.of(Reason.OVERLOADED, "too many commands wait for Redis"));
    }
    return current
        .connection()
        .send(request)
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(done -> waiting.decrementAndGet())
        .map(Optional::ofNullable)
        .recover(cause -> Future.failedFuture(judge(current, cause)));
  }

  /** Asks Redis whether it is there. Fails with the reason, in words. */
  public Future<Void> ping() {
    return send(Request.cmd(Command.PING)).mapEmpty();
  }

  /** Hangs up for good. */
  public Future<Void> close() {
    closed = true;
    Line last = line;
    line = null;
    trouble = "closed";
    return last == null ? Future.succeededFuture() : last.client().close();
  }

  private Future<Void> connect(Duration pause) {
    Redis client = Redis.createClient(vertx, options);
    return client
        .connect()
        .timeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(connection -> connected(new Line(client, connection)))
        .<Void>mapEmpty()
        .recover(
            cause -> {
              failed(client, cause, pause);
              return Future.succeededFuture();
            });
  }

  private void connected(Line fresh) {
    if (closed) {
      hangUp(fresh.client());
      return;
    }
    fresh.connection().exceptionHandler(cause -> lost(fresh, words(cause)));
    fresh.connection().endHandler(end -> lost(fresh, "the connection was closed"));
    line = fresh;
    LOG.info("connected to Redis");
  }

  private void failed(Redis client, Throwable cause, Duration pause) {
    hangUp(client);
    String words = words(cause);
    if (!words.equals(trouble)) {
      LOG.warn("Redis cannot be reached: {}", words);
    }
    trouble = words;
    again(pause);
  }

  private synchronized void lost(Line broken, String why) {
    if (!broken.equals(line)) {
      return;
    }
    line = null;
    trouble = why;
    LOG.warn("Redis is lost: {}", why);
    hangUp(broken.client());
    again(FIRST_PAUSE);
  }

  private void again(Duration pause) {
    if (closed) {
      return;
    }
    Duration longer = pause.multipliedBy(2);
    Duration next = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    vertx.setTimer(pause.toMillis(), id -> connect(next));
  }

  private Throwable judge(Line used, Throwable cause) {
    if (cause instanceof ErrorType) {
      return cause;
    }
    if (cause instanceof TimeoutException) {
      lost(used, "no answer within a second");
      return Failure.of(Reason.TIMEOUT, "Redis gave no answer within a second");
    }
    return unavailable(words(cause));
  }

  private static Failure unavailable(String why) {
    return Failure.of(Reason.UNAVAILABLE, "Redis is not available: " + why);
  }

  private static void hangUp(Redis client) {
    client.close().onFailure(cause -> LOG.debug("a Redis client does not close", cause));
  }

  private static String words(Throwable cause) {
    return Trust.doubt(cause, AUTHORITY)
        .orElseGet(
            () ->
                cause instanceof TimeoutException
                    ? "no connection within " + CONNECT.toSeconds() + " s"
                    : String.valueOf(cause.getMessage()));
  }

  private static RedisOptions options(RedisConfig config, int maxWaiting) {
    RedisOptions options =
        new RedisOptions()
            .setConnectionString(
                (config.tls() ? "rediss://" : "redis://") + config.host() + ":" + config.port())
            .setMaxPoolSize(1)
            .setMaxWaitingHandlers(maxWaiting)
            .setPoolName("redis")
            .setNetClientOptions(transport(config));
    if (config.password().present()) {
      options.setPassword(config.password().value());
    }
    return options;
  }

  private static NetClientOptions transport(RedisConfig config) {
    NetClientOptions options =
        new NetClientOptions()
            .setConnectTimeout((int) CONNECT.toMillis())
            .setTcpNoDelay(true)
            .setTcpKeepAlive(true);
    if (config.tls()) {
      options
          .setSsl(true)
          .setTrustOptions(Trust.of(AUTHORITY, config.authority()).options())
          .setHostnameVerificationAlgorithm("HTTPS");
    }
    return options;
  }
}
