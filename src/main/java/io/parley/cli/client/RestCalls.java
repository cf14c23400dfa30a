package io.parley.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;

/**
 * Calls of the REST API, over connections that are kept. Each answers the body, empty without one,
 * or fails with the reason that the server gave, UNAVAILABLE if it gave none, naming the answer.
 */
public final class RestCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client;
  private final URI origin;

  /**
   * @param connections how many are kept at most; calls beyond wait for one, and their times say so
   */
  public RestCalls(Vertx vertx, URI origin, int connections) {
    this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(connections));
    this.origin = origin;
  }

  /**
   * @param token an access token, or empty for nobody
   */
  public Future<ObjectNode> get(String path, String token) {
    return call(HttpMethod.GET, path, token, Buffer.buffer());
  }

  /** Posts JSON. */
  public Future<ObjectNode> post(String path, String token, ObjectNode body) {
    return call(HttpMethod.POST, path, token, Buffer.buffer(Json.bytes(body)));
  }

  public Future<ObjectNode> delete(String path, String token) {
    return call(HttpMethod.DELETE, path, token, Buffer.buffer());
  }

  private Future<ObjectNode> call(HttpMethod method, String path, String token, Buffer body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(origin.getHost())
            .setPort(origin.getPort())
            .setURI(path)
            .setTimeout(PATIENCE.toMillis());
    if (body.length() > 0) {
      options.putHeader("content-type", "application/json");
    }
    if (!token.isEmpty()) {
      options.putHeader("authorization", "Bearer " + token);
    }
    return client
        .request(options)
        .compose(request -> body.length() > 0 ? request.send(body) : request.send())
        .compose(response -> response.body().map(bytes -> accepted(path, response, bytes)));
  }

  private static ObjectNode accepted(String path, HttpClientResponse response, Buffer body) {
    if (response.statusCode() / 100 != 2) {
      throw Failure.of(reason(body), path + " answered " + response.statusCode() + " " + body);
    }
    return body.length() == 0 ? Json.mapper().createObjectNode() : Json.object(body.getBytes());
  }

  private static Reason reason(Buffer problem) {
    try {
      String code = Json.object(problem.getBytes()).path("code").asText();
      return Arrays.stream(Reason.values())
          .filter(reason -> reason.name().equals(code))
          .findFirst()
          .orElse(Reason.UNAVAILABLE);
    } catch (Failure notJson) {
      return Reason.UNAVAILABLE;
    }
  }
}
