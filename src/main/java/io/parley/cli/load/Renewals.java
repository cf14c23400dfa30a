package io.parley.cli.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.cli.client.RestCalls;
import io.parley.json.Json;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps people signed in for as long as the run lasts. */
final class Renewals {
  private final RestCalls rest;
  private final Map<String, String> next = new ConcurrentHashMap<>();

  Renewals(RestCalls rest) {
    this.rest = rest;
  }

  /** A new access token for somebody; what it is renewed with next is remembered. */
  Future<String> renew(Member member) {
    String user = member.person().user();
    ObjectNode asked =
        Json.mapper()
            .createObjectNode()
            .put("refreshToken", next.getOrDefault(user, member.person().refreshToken()));
    return rest.post("/api/auth/refresh", "", asked)
        .onSuccess(answer -> next.put(user, answer.path("refreshToken").asText()))
        .map(answer -> answer.path("token").asText());
  }
}
