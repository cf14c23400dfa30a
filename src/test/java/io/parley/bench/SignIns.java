package io.parley.bench;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * So many who try to sign in, each again as soon as they were answered; who is told to wait for a
 * moment does so.
 */
final class SignIns {
  private static final long LONGEST = 10;

  private final Vertx vertx;
  private final HttpClient client;
  private final int port;
  private final int atOnce;
  private final Supplier<Try> tries;
  private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
  private final List<Future<Void>> running = new ArrayList<>();
  private volatile boolean over;
  private long begun;

  /**
   * A try.
   *
   * @param address where a proxy says that it comes from
   */
  record Try(String identifier, String password, String address) {}

  /** How many were answered in a second, by status. */
  record Answered(Map<Integer, Double> perSecond) {
    double of(HttpResponseStatus status) {
      return perSecond.getOrDefault(status.code(), 0.0);
    }
  }

  SignIns(Vertx vertx, int port, int atOnce, Supplier<Try> tries) {
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(atOnce));
    this.port = port;
    this.atOnce = atOnce;
    this.tries = tries;
  }

  SignIns begin() {
    begun = System.nanoTime();
    for (int i = 0; i < atOnce; i++) {
      running.add(again());
    }
    return this;
  }

  /** Nobody tries again; completes when all are answered. */
  Future<Answered> end() {
    double seconds = (System.nanoTime() - begun) / 1e9;
    Map<Integer, Double> rates = new ConcurrentHashMap<>();
    answers.forEach((status, count) -> rates.put(status, count.sum() / seconds));
    over = true;
    return Future.join(running).compose(all -> client.close()).map(done -> new Answered(rates));
  }

  private Future<Void> again() {
    if (over) {
      return Future.succeededFuture();
    }
    return ask(tries.get())
        .compose(
            response -> {
              int status = response.statusCode();
              answers.computeIfAbsent(status, unknown -> new LongAdder()).increment();
              return Optional.ofNullable(response.getHeader("Retry-After"))
                  .map(told -> pause(Long.parseLong(told)))
                  .orElseGet(Future::succeededFuture);
            })
        .compose(done -> again());
  }

  /** No longer than it can take until all is over. */
  private Future<Void> pause(long seconds) {
    return vertx.timer(Math.min(Math.max(1, seconds), LONGEST), TimeUnit.SECONDS).mapEmpty();
  }

  private Future<HttpClientResponse> ask(Try one) {
    Buffer body =
        Buffer.buffer(
            Json.bytes(Map.of("identifier", one.identifier(), "password", one.password())));
    return client
        .request(HttpMethod.POST, port, "127.0.0.1", "/api/auth/login")
        .compose(
            request ->
                request
                    .putHeader("Content-Type", "application/json")
                    .putHeader("X-Forwarded-For", one.address())
                    .send(body))
        .compose(response -> response.body().map(response));
  }
}
