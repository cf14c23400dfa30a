package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.rooms.RoomId;
import java.util.Optional;
import java.util.UUID;

/** The arguments of a command: typed reading, where every refusal names the field and the rule. */
public final class Args {
  private final ObjectNode fields;

  public Args(ObjectNode fields) {
    this.fields = fields;
  }

  public RoomId room() {
    return new RoomId(uuid("room"));
  }

  public UserId user(String field) {
    return new UserId(uuid(field));
  }

  /** A lower-case UUID. */
  public UUID uuid(String field) {
    String text = text(field);
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equals(text)) {
        return id;
      }
    } catch (IllegalArgumentException notOne) {
      // told below, with the field's name
    }
    throw Failure.invalid(field, "must be a UUID in lower case");
  }

  public String text(String field) {
    return optionalText(field).orElseThrow(() -> Failure.invalid(field, "is missing"));
  }

  public Optional<String> optionalText(String field) {
    return value(field)
        .map(
            node -> {
              if (!node.isTextual()) {
                throw Failure.invalid(field, "must be a string");
              }
              return node.textValue();
            });
  }

  public Optional<Long> optionalLong(String field, long min, long max) {
    return value(field)
        .map(
            node -> {
              if (!node.isIntegralNumber()
                  || !node.canConvertToLong()
                  || node.longValue() < min
                  || node.longValue() > max) {
                throw Failure.invalid(field, "must be a whole number from " + min + " to " + max);
              }
              return node.longValue();
            });
  }

  public boolean flag(String field) {
    return value(field)
        .map(
            node -> {
              if (!node.isBoolean()) {
                throw Failure.invalid(field, "must be true or false");
              }
              return node.booleanValue();
            })
        .orElse(false);
  }

  private Optional<JsonNode> value(String field) {
    JsonNode node = fields.get(field);
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
  }
}
