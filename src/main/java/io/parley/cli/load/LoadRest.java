package io.parley.cli.load;

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

/** Calls of the REST API, over connections that are kept. */
final class LoadRest {
  private final HttpClient client;
  private final URI origin;

  /**
   * @param connections how many are kept at most; calls beyond wait for one, and their times say so
   */
  LoadRest(Vertx vertx, URI origin, int connections) {
    this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(connections));
    this.origin = origin;
  }

  /**
   * Posts JSON.
   *
   * @param token an access token, or empty for nobody
   * @return the answer's body, empty without one; fails with UNAVAILABLE, naming the answer, unless
   *     it is 2xx
   */
  Future<ObjectNode> post(String path, String token, ObjectNode body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(origin.getHost())
            .setPort(origin.getPort())
            .setURI(path)
            .putHeader("content-type", "application/json");
    if (!token.isEmpty()) {
      options.putHeader("authorization", "Bearer " + token);
    }
    return client
        .request(options)
        .compose(request -> request.send(Buffer.buffer(Json.bytes(body))))
        .compose(response -> response.body().map(bytes -> accepted(path, response, bytes)));
  }

  private static ObjectNode accepted(String path, HttpClientResponse response, Buffer body) {
    if (response.statusCode() / 100 != 2) {
      throw Failure.of(
          Reason.UNAVAILABLE, path + " answered " + response.statusCode() + " " + body);
    }
    return body.length() == 0 ? Json.mapper().createObjectNode() : Json.object(body.getBytes());
  }
}
