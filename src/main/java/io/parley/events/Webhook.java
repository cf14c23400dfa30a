package io.parley.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.WebhookConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.tls.Trust;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Posts events to an address, signed. Whatever is answered but 2xx, a redirection included, means
 * that they were not taken; what else the answer says is read by nobody.
 */
public final class Webhook implements EventConsumer {
  private static final int CONNECTIONS = 4;
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final int TAKEN = 200;
  private static final int NOT_TAKEN = 300;

  private final Vertx vertx;
  private final WebhookConfig config;
  private final Set<EventKind> kinds;
  private final HttpClient client;
  private final Destination destination;
  private final Signature signature;
  private final Clock clock;
  private final URI url;

  /** Fails INVALID, naming the setting. */
  public Webhook(Vertx vertx, WebhookConfig config, Clock clock) {
    this.vertx = vertx;
    this.config = config;
    this.kinds = kinds(config.kinds());
    this.clock = clock;
    this.url = URI.create(config.url());
    this.destination = new Destination(vertx, url.getHost(), config.privateAddresses());
    this.signature = new Signature(config.secret());
    this.client =
        vertx.createHttpClient(options(config), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  private static HttpClientOptions options(WebhookConfig config) {
    return new HttpClientOptions()
        .setConnectTimeout((int) config.timeout().toMillis())
        .setTrustOptions(Trust.of("events.webhook.authority", config.authority()).options());
  }

  private static Set<EventKind> kinds(List<String> words) {
    if (words.isEmpty()) {
      return EnumSet.allOf(EventKind.class);
    }
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (String word : words) {
      kinds.add(
          EventKind.of(word)
              .orElseThrow(
                  () ->
                      Failure.invalid(
                          "events.webhook.kinds",
                          "may be "
                              + Arrays.stream(EventKind.values()).map(EventKind::word).toList()
                              + ", not "
                              + word)));
    }
    return kinds;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.copyOf(kinds);
  }

  /**
   * One deadline for all: whatever was found or connected later is not used any more, since by then
   * the same may be posted anew, or by another node.
   */
  @Override
  public Future<Void> take(List<Event> events) {
    byte[] body = body(events);
    Promise<Integer> answer = Promise.promise();
    Future<Integer> over = answer.future();
    long timer = vertx.setTimer(config.timeout().toMillis(), passed -> answer.tryFail(tooLate()));
    destination
        .address()
        .compose(address -> over.isComplete() ? late() : client.request(options(address)))
        .compose(request -> post(request, body, over))
        .onSuccess(answer::tryComplete)
        .onFailure(answer::tryFail);
    return over.onComplete(answered -> vertx.cancelTimer(timer))
        .recover(cause -> Future.failedFuture(failure(cause)))
        .compose(Webhook::judge);
  }

  static byte[] body(List<Event> events) {
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode all = body.putArray("events");
    events.forEach(event -> all.add(event.json()));
    return Json.bytes(body);
  }

  /** Connects to the address that was looked at, and to no other that the name may have by now. */
  private RequestOptions options(String address) {
    boolean tls = url.getScheme().equals("https");
    int port = url.getPort() >= 0 ? url.getPort() : tls ? HTTPS : HTTP;
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setServer(SocketAddress.inetSocketAddress(port, address))
        .setHost(url.getHost())
        .setPort(port)
        .setSsl(tls)
        .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
  }

  private Future<Integer> post(HttpClientRequest request, byte[] body, Future<Integer> over) {
    over.onFailure(cause -> request.reset());
    if (over.isComplete()) {
      return late();
    }
    long seconds = clock.instant().getEpochSecond();
    String id = Signature.id(body);
    return request
        .putHeader("Content-Type", "application/json")
        .putHeader("User-Agent", "parley")
        .putHeader("webhook-id", id)
        .putHeader("webhook-timestamp", String.valueOf(seconds))
        .putHeader("webhook-signature", signature.of(id, seconds, body))
        .send(Buffer.buffer(body))
        .compose(response -> response.end().map(response.statusCode()));
  }

  private static <T> Future<T> late() {
    return Future.failedFuture(tooLate());
  }

  private static Failure tooLate() {
    return Failure.of(
        Reason.UNAVAILABLE, "the address in events.webhook has not answered within the timeout");
  }

  private static Future<Void> judge(int status) {
    return status >= TAKEN && status < NOT_TAKEN
        ? Future.succeededFuture()
        : Future.failedFuture(
            Failure.of(Reason.UNAVAILABLE, "the address in events.webhook answered " + status));
  }

  /** Without the words of others, which may say anything. */
  private static Failure failure(Throwable cause) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    String why =
        Trust.doubt(cause, "events.webhook.authority").orElse(cause.getClass().getSimpleName());
    return Failure.of(Reason.UNAVAILABLE, "the address in events.webhook: " + why);
  }
}
