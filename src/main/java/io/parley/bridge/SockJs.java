package io.parley.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.edge.Callers;
import io.parley.edge.Door;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The SockJS protocol over plain HTTP: the greeting, the info, and the transports for those who
 * cannot have a WebSocket. No cookies, no iframe, no JSONP.
 */
final class SockJs {
  private static final String NO_CACHE =
      "no-store, no-cache, no-transform, must-revalidate, max-age=0";
  private static final String PLAIN = "text/plain; charset=UTF-8";

  private final Set<String> transports;
  private final int maxBody;
  private final RandomGenerator random;
  private final Map<String, PollingWire> sessions;
  private final Function<Runnable, PollingWire> opener;
  private final Callers callers;

  /**
   * @param sessions of the whole node: a request may come in on another event loop than its
   *     session's
   * @param opener makes a session on this event loop, which is forgotten by running the argument
   * @param callers with whom a session counts like a connection, since it lives between those
   */
  SockJs(
      List<String> transports,
      int maxBody,
      RandomGenerator random,
      Map<String, PollingWire> sessions,
      Function<Runnable, PollingWire> opener,
      Callers callers) {
    this.transports = Set.copyOf(transports);
    this.maxBody = maxBody;
    this.random = random;
    this.sessions = sessions;
    this.opener = opener;
    this.callers = callers;
  }

  static Map<String, PollingWire> sessions() {
    return new ConcurrentHashMap<>();
  }

  boolean enabled(String transport) {
    return transports.contains(transport);
  }

  void greet(HttpServerRequest request) {
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, PLAIN).end("Welcome to SockJS!\n");
  }

  void info(HttpServerRequest request) {
    if (options(request, "OPTIONS, GET") || !method(request, HttpMethod.GET)) {
      return;
    }
    var info = JsonNodeFactory.instance.objectNode();
    info.put("websocket", enabled("websocket"));
    info.putArray("origins").add("*:*");
    info.put("cookie_needed", false);
    info.put("entropy", random.nextInt() & 0xFFFFFFFFL);
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=UTF-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE)
        .end(Json.write(info));
  }

  /** Serves {@code /<server>/<session>/<transport>}; false when there is no such transport. */
  boolean serve(HttpServerRequest request, String session, String transport) {
    switch (transport) {
      case "xhr" -> receive(request, session, Polling.XHR);
      case "xhr_streaming" -> receive(request, session, Polling.XHR_STREAMING);
      case "eventsource" -> receive(request, session, Polling.EVENT_SOURCE);
      case "xhr_send" -> send(request, session);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void receive(HttpServerRequest request, String id, Polling polling) {
    HttpMethod method = polling == Polling.EVENT_SOURCE ? HttpMethod.GET : HttpMethod.POST;
    if (!enabled(polling.transport())) {
      refuse(request.response(), 404, "this transport is not enabled");
    } else if (!options(request, "OPTIONS, " + method) && method(request, method)) {
      request.response().putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
      try {
        PollingWire session = sessions.computeIfAbsent(id, fresh -> open(request, fresh));
        session.turn().run(() -> session.attach(request.response(), polling));
      } catch (Failure full) {
        refuse(request.response(), full);
      }
    }
  }

  private PollingWire open(HttpServerRequest request, String id) {
    Door.Place place = callers.admit(request);
    return opener.apply(
        () -> {
          sessions.remove(id);
          place.leave();
        });
  }

  private void send(HttpServerRequest request, String id) {
    if (options(request, "OPTIONS, POST") || !method(request, HttpMethod.POST)) {
      return;
    }
    PollingWire session = sessions.get(id);
    if (session == null) {
      refuse(request.response(), 404, "there is no such session");
      return;
    }
    body(request, body -> send(request.response(), session, body));
  }

  private static void send(HttpServerResponse response, PollingWire session, Buffer body) {
    if (body.length() == 0) {
      refuse(response, 500, "Payload expected.");
      return;
    }
    SockJsText.decode(body.getBytes())
        .flatMap(SockJsText::unpack)
        .ifPresentOrElse(
            messages -> session.turn().run(() -> take(response, session, messages)),
            () -> refuse(response, 500, "Broken JSON encoding."));
  }

  private static void take(
      HttpServerResponse response, PollingWire session, List<String> messages) {
    if (!session.take(messages, () -> accepted(response))) {
      refuse(
          response,
          Failure.of(Reason.RATE_LIMITED, "what was sent before is not served yet")
              .with("retryAfterMs", 1_000));
    }
  }

  private static void accepted(HttpServerResponse response) {
    response
        .setStatusCode(204)
        .putHeader(HttpHeaders.CONTENT_TYPE, PLAIN)
        .putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE)
        .end();
  }

  private void body(HttpServerRequest request, Consumer<Buffer> next) {
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() <= maxBody) {
            body.appendBuffer(chunk);
          } else if (!request.response().ended()) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            refuse(request.response(), 413, "at most " + maxBody + " bytes");
          }
        });
    request.endHandler(
        nothing -> {
          if (!request.response().ended()) {
            next.accept(body);
          }
        });
  }

  private static boolean options(HttpServerRequest request, String methods) {
    if (!request.method().equals(HttpMethod.OPTIONS)) {
      return false;
    }
    request
        .response()
        .setStatusCode(204)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type")
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400")
        .end();
    return true;
  }

  private static boolean method(HttpServerRequest request, HttpMethod method) {
    if (request.method().equals(method)) {
      return true;
    }
    request.response().putHeader(HttpHeaders.ALLOW, "OPTIONS, " + method);
    refuse(request.response(), 405, "this takes " + method);
    return false;
  }

  /** Refuses what may be tried again later. */
  static void refuse(HttpServerResponse response, Failure failure) {
    long millis = Long.parseLong(failure.details().getOrDefault("retryAfterMs", "1000"));
    response.putHeader("Retry-After", String.valueOf((millis + 999) / 1000));
    refuse(response, failure.reason().number() / 10, failure.text());
  }

  static void refuse(HttpServerResponse response, int status, String text) {
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, PLAIN).end(text);
  }
}
