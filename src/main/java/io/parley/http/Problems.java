package io.parley.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.observability.Correlation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failure becomes HTTP: RFC 9457 problems, and nothing internal in them. */
final class Problems {
  static final String TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}");

  private Problems() {}

  /** Answers with whatever went wrong, under the status of its reason. */
  static void send(HttpServerResponse response, Throwable cause) {
    Failure failure = Failure.from(cause);
    if (failure.reason() == Reason.INTERNAL && failure != cause) {
      LOG.error("a request failed", cause);
    }
    send(response, status(failure.reason()), failure);
  }

  /** Answers with a status that no reason has, such as 405. */
  static void send(HttpServerResponse response, int status, Failure failure) {
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    retryAfter(response, failure);
    if (status == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
        .end(encode(status, failure));
  }

  /** The problem alone, for those who write the answer themselves. */
  static Buffer encode(int status, Failure failure) {
    return Buffer.buffer(Json.bytes(problem(status, failure)));
  }

  /** Answers what HTTP itself refused: a request whose head cannot be read, or is too large. */
  static void unreadable(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    HttpServerResponse response = request.response().putHeader(HttpHeaders.CONNECTION, "close");
    Edge.harden(response);
    if (cause instanceof TooLongHttpLineException) {
      send(response, 414, Failure.of(Reason.TOO_LARGE, "the request line is too long"));
    } else if (cause instanceof TooLongHttpHeaderException
        || cause instanceof TooLongFrameException) {
      send(response, 431, Failure.of(Reason.TOO_LARGE, "the request head is too large"));
    } else {
      send(response, 400, Failure.of(Reason.INVALID, "this is not well-formed HTTP"));
    }
    request.connection().close();
  }

  /** Answers whoever is not served at all, whatever is asked, and hangs up. */
  static void turnAway(HttpServerRequest request, Failure failure) {
    HttpServerResponse response = request.response().putHeader(HttpHeaders.CONNECTION, "close");
    Edge.harden(response);
    send(response, failure);
    request.connection().close();
  }

  private static int status(Reason reason) {
    return reason.number() / 10;
  }

  private static ObjectNode problem(int status, Failure failure) {
    ObjectNode problem =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "urn:parley:problem:" + failure.reason())
            .put("title", title(failure.reason()))
            .put("status", status)
            .put("detail", failure.detail())
            .put("code", failure.reason().name())
            .put("traceId", Correlation.current().orElseGet(Correlation::fresh).id());
    for (Map.Entry<String, String> detail : failure.details().entrySet()) {
      if (NUMBER.matcher(detail.getValue()).matches()) {
        problem.put(detail.getKey(), Long.parseLong(detail.getValue()));
      } else {
        problem.put(detail.getKey(), detail.getValue());
      }
    }
    return problem;
  }

  private static String title(Reason reason) {
    String words = reason.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static void retryAfter(HttpServerResponse response, Failure failure) {
    String millis = failure.details().get("retryAfterMs");
    if (millis != null && NUMBER.matcher(millis).matches()) {
      long seconds = Math.max(1, (Long.parseLong(millis) + 999) / 1000);
      response.putHeader("Retry-After", String.valueOf(seconds));
    } else if (failure.reason().number() / 10 == 503) {
      response.putHeader("Retry-After", "1");
    }
  }
}
