package io.parley.http;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.observability.Correlation;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is done with every request before it is looked at, whatever it asks for. */
final class Edge {
  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
  private static final String ASKED =
      "Authorization, Content-Type, Idempotency-Key, X-Request-Id, Traceparent, X-Parley-Client";
  private static final String TOLD =
      "Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id";
  private static final String A_DAY = "86400";

  private final Origins origins;

  Edge(Origins origins) {
    this.origins = origins;
  }

  /** Marks the request with its correlation, and tells it to the caller. */
  static void correlate(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    Correlation correlation =
        Correlation.of(request.getHeader("X-Request-Id"), request.getHeader("Traceparent"));
    correlation.enter();
    routing.response().putHeader("X-Request-Id", correlation.id());
    routing.next();
  }

  /** Tells browsers to trust nothing that this server did not mean. */
  void protect(RoutingContext routing) {
    harden(routing.response());
    if (origins.secure(routing.request())) {
      routing.response().putHeader("Strict-Transport-Security", "max-age=31536000");
    }
    routing.next();
  }

  static void harden(HttpServerResponse response) {
    response
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  /**
   * Lets pages of the configured origins call, with tokens but never with cookies. Other pages get
   * no leave, and their browsers keep the answer from them.
   */
  void share(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    HttpServerResponse response = routing.response();
    response.headers().add(HttpHeaders.VARY, "Origin");
    String origin = request.getHeader("Origin");
    boolean allowed = origin != null && origins.allows(origin);
    if (allowed) {
      response
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
          .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, TOLD);
    }
    boolean preflight =
        request.method().equals(HttpMethod.OPTIONS)
            && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    if (!preflight) {
      routing.next();
      return;
    }
    if (allowed) {
      response
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ASKED)
          .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, A_DAY);
    }
    response.setStatusCode(204).end();
  }

  /**
   * Refuses two addresses at once, of which a proxy may have believed the other, and bodies in a
   * form that no operation takes, before they are read.
   */
  static void screen(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
      throw Failure.invalid("Host", "is given twice");
    }
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Failure.of(Reason.UNSUPPORTED_MEDIA, "compressed requests are not read");
    }
    if (hasBody(request) && !isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      throw Failure.of(Reason.UNSUPPORTED_MEDIA, "a body must be application/json, in UTF-8");
    }
    routing.next();
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    List<String> parts = List.of(contentType.toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1));
    return parts.get(0).strip().equals("application/json")
        && parts.stream()
            .skip(1)
            .filter(part -> part.startsWith("charset="))
            .allMatch(part -> part.replace("\"", "").equals("charset=utf-8"));
  }
}
