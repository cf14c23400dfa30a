package io.parley.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operation answers when nothing went wrong. */
record Reply(int status, Optional<JsonNode> body, List<Map.Entry<String, String>> headers) {

  static Reply ok(JsonNode body) {
    return new Reply(200, Optional.of(body), List.of());
  }

  static Reply created(JsonNode body) {
    return new Reply(201, Optional.of(body), List.of());
  }

  /** It is taken, and done by and by. */
  static Reply accepted() {
    return new Reply(202, Optional.empty(), List.of());
  }

  static Reply nothing() {
    return new Reply(204, Optional.empty(), List.of());
  }

  /** Of what was sent on the way already. */
  static Reply sent() {
    return nothing();
  }

  Reply with(String header, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(header, value));
    return new Reply(status, body, List.copyOf(more));
  }

  void send(HttpServerResponse response) {
    if (response.ended()) {
      return;
    }
    response.setStatusCode(status);
    headers.forEach(header -> response.headers().add(header.getKey(), header.getValue()));
    body.ifPresentOrElse(
        json ->
            response
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(Json.bytes(json))),
        response::end);
  }
}
