package io.parley.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.json.Text;
import io.parley.log.LogId;
import java.util.Optional;

/** Reads clients' frames, strictly; what is wrong with one is a value, never an exception. */
final class RequestParser {
  private static final int MAX_ADDRESS = 256;
  private static final int MAX_HEADER = 8 * 1024;
  private static final String BEARER = "Bearer ";

  private RequestParser() {}

  static Request parse(String text) {
    ObjectNode frame;
    try {
      frame = Json.object(text);
    } catch (Failure unfit) {
      return unfit(text, unfit);
    }
    try {
      return parse(frame);
    } catch (Failure invalid) {
      return new Request.Refused(echo(frame), invalid, false);
    }
  }

  /** Text that no store could keep is refused like garbage, but its sender learns what it was. */
  private static Request unfit(String text, Failure failure) {
    try {
      if (Json.mapper().readTree(text) instanceof ObjectNode frame) {
        return new Request.Refused(echo(frame), failure, false);
      }
    } catch (JsonProcessingException notJson) {
      // nothing in it can be told apart
    }
    return new Request.Refused(Optional.empty(), failure, true);
  }

  private static Request parse(ObjectNode frame) {
    String type = text(frame, "type", MAX_ADDRESS).orElseThrow(() -> missing("type"));
    return switch (type) {
      case "ping" -> new Request.Ping();
      case "send" -> call(frame);
      case "register" -> new Request.Register(log(frame), header(frame, "cursor"), token(frame));
      case "unregister" -> new Request.Unregister(log(frame), token(frame));
      case "publish" ->
          throw Failure.of(Reason.FORBIDDEN, "clients publish to nothing; send a command");
      default -> throw Failure.invalid("type", "must be send, register, unregister or ping");
    };
  }

  private static Request.Call call(ObjectNode frame) {
    Optional<String> replyAddress = text(frame, "replyAddress", MAX_ADDRESS);
    String address = address(frame);
    JsonNode body = frame.get("body");
    if (body == null) {
      throw missing("body");
    }
    if (!(body instanceof ObjectNode arguments)) {
      throw Failure.invalid("body", "must be an object");
    }
    return new Request.Call(address, replyAddress, arguments, token(frame));
  }

  private static LogId log(ObjectNode frame) {
    return LogId.parse(address(frame))
        .orElseThrow(
            () -> Failure.of(Reason.FORBIDDEN, "only room.<id> and user.<own id> can be heard"));
  }

  private static String address(ObjectNode frame) {
    return text(frame, "address", MAX_ADDRESS).orElseThrow(() -> missing("address"));
  }

  private static Optional<String> token(ObjectNode frame) {
    return header(frame, "Authorization")
        .map(
            value -> {
              if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                throw Failure.invalid("headers.Authorization", "must be a bearer token");
              }
              return value.substring(BEARER.length()).trim();
            });
  }

  private static Optional<String> header(ObjectNode frame, String name) {
    JsonNode headers = frame.get("headers");
    if (headers == null || headers.isNull()) {
      return Optional.empty();
    }
    if (!(headers instanceof ObjectNode fields)) {
      throw Failure.invalid("headers", "must be an object");
    }
    return text(fields, name, MAX_HEADER);
  }

  private static Optional<String> text(ObjectNode fields, String name, int max) {
    JsonNode value = fields.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().isEmpty() || value.textValue().length() > max) {
      throw Failure.invalid(name, "must be a string of 1 to " + max + " characters");
    }
    return Optional.of(value.textValue());
  }

  private static Optional<String> echo(ObjectNode frame) {
    return echo(frame, "replyAddress").or(() -> echo(frame, "address"));
  }

  private static Optional<String> echo(ObjectNode frame, String name) {
    JsonNode value = frame.get(name);
    boolean fit =
        value != null
            && value.isTextual()
            && value.textValue().length() <= MAX_ADDRESS
            && Text.storable(value.textValue());
    return fit ? Optional.of(value.textValue()) : Optional.empty();
  }

  private static Failure missing(String field) {
    return Failure.invalid(field, "is missing");
  }
}
