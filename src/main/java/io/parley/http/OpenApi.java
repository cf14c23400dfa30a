package io.parley.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contract of the REST edge, as it is served and as it is enforced. Reading and checking it
 * takes a moment, so a process has one of these for all its listeners.
 */
public final class OpenApi {
  static final String FILE = "openapi.yaml";

  private @Nullable Future<OpenAPIContract> contract;

  /** The contract, delivered on the context that asks. */
  Future<OpenAPIContract> contract(Vertx vertx, Context context) {
    Promise<OpenAPIContract> delivered = Promise.promise();
    loaded(vertx).onComplete(outcome -> context.runOnContext(now -> delivered.handle(outcome)));
    return delivered.future();
  }

  private synchronized Future<OpenAPIContract> loaded(Vertx vertx) {
    if (contract == null) {
      contract =
          vertx
              .fileSystem()
              .readFile(FILE)
              .map(OpenApi::known)
              .compose(json -> OpenAPIContract.from(vertx, json));
    }
    return contract;
  }

  /** The library refuses contracts with media types that it does not know; problems are ours. */
  private static JsonObject known(Buffer yaml) {
    try {
      JsonNode contract = new YAMLMapper().readTree(yaml.getBytes());
      for (JsonNode response : contract.path("components").path("responses")) {
        if (response.path("content").has(Problems.TYPE)) {
          ((ObjectNode) response).remove("content");
        }
      }
      Map<?, ?> map = new YAMLMapper().convertValue(contract, Map.class);
      JsonObject object = new JsonObject();
      map.forEach((key, value) -> object.put(String.valueOf(key), value));
      return object;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
