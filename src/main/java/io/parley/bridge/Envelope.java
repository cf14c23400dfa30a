package io.parley.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.bus.Bytes;
import io.parley.failure.Failure;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** The messages of the bridge protocol that go to clients. */
final class Envelope {
  private static final byte[] END = {'}'};

  private Envelope() {}

  /** The answer to a client's ping. */
  static byte[] pong() {
    return "{\"type\":\"pong\"}".getBytes(StandardCharsets.US_ASCII);
  }

  /** A message on an address. */
  static byte[] message(String address, JsonNode body) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("type", "rec").put("address", address).set("body", body);
    return Json.bytes(message);
  }

  /** A message on the address of a log, whose body is encoded already. */
  static byte[] message(LogId log, Bytes body) {
    byte[] head =
        ("{\"type\":\"rec\",\"address\":\"" + log + "\",\"body\":")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] json = body.array();
    byte[] message = new byte[head.length + json.length + END.length];
    System.arraycopy(head, 0, message, 0, head.length);
    System.arraycopy(json, 0, message, head.length, json.length);
    message[message.length - 1] = END[0];
    return message;
  }

  /**
   * A refusal that says what it answers.
   *
   * @param address the reply address or the refused address; absent when the client sent none
   */
  static byte[] error(Optional<String> address, Failure failure) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("type", "err");
    address.ifPresent(known -> error.put("address", known));
    error
        .put("failureCode", failure.reason().number())
        .put("failureType", "RECIPIENT_FAILURE")
        .put("message", failure.text());
    return Json.bytes(error);
  }

  /** The missed entries are sent; from here on everything is live. */
  static byte[] ready(LogId log, LogApi.Head head, boolean complete, boolean reset) {
    ObjectNode body = about(log, "ready");
    body.put("head", head.seq()).put("cursor", head.cursor()).put("complete", complete);
    if (reset) {
      body.put("reset", true);
    }
    return message(log.toString(), body);
  }

  /** The session of the socket's user is about to end unless it is renewed. */
  static byte[] expiring(LogId user, Instant expiresAt) {
    ObjectNode body = about(user, "session.expiring");
    body.put("expiresAt", expiresAt.toString());
    return message(user.toString(), body);
  }

  /** Stands where the store has no entry. */
  static Bytes absent(LogId log, long seq) {
    return new Bytes(Json.bytes(about(log, "void").put("seq", seq)));
  }

  private static ObjectNode about(LogId log, String kind) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", kind)
        .put(log.scope().word(), log.id().toString());
  }
}
