package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.json.Text;
import io.parley.rooms.RoomId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The arguments of a command: typed reading, where every refusal names the field and the rule. */
public final class Args {
  /** The largest position in a log that JavaScript can still tell from its neighbours. */
  public static final long MAX_POSITION = (1L << 53) - 1;

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
    return uuid(field, text(field));
  }

  public Optional<RoomId> optionalRoom() {
    return optionalText("room").map(text -> new RoomId(uuid("room", text)));
  }

  /** People named in an array; none when it is absent. */
  public List<UserId> users(String field, int max) {
    JsonNode array = value(field).orElse(fields.arrayNode());
    if (!array.isArray()) {
      throw Failure.invalid(field, "must be an array");
    }
    if (array.size() > max) {
      throw Failure.invalid(field, "may have at most " + max + " items").with("limit", max);
    }
    List<UserId> users = new ArrayList<>();
    array.forEach(item -> users.add(new UserId(uuid(field, text(field, item)))));
    return List.copyOf(users);
  }

  /** How many items a page may have: what was asked for, or the usual number. */
  public int limit(int usual, int max) {
    return optionalLong("limit", 1, max).map(Math::toIntExact).orElse(usual);
  }

  public String text(String field) {
    return optionalText(field).orElseThrow(() -> Failure.invalid(field, "is missing"));
  }

  /** A text that goes by either of two names; giving both is fine when they agree. */
  public String oneOf(String field, String alias) {
    Optional<String> text = optionalText(field);
    Optional<String> other = optionalText(alias);
    if (text.isPresent() && other.isPresent() && !text.equals(other)) {
      throw Failure.invalid(field, "and " + alias + " differ; give only one");
    }
    return text.or(() -> other).orElseThrow(() -> Failure.invalid(field, "is missing"));
  }

  public Optional<String> optionalText(String field) {
    return value(field).map(node -> text(field, node));
  }

  public Optional<Long> optionalLong(String field, long min, long max) {
    return value(field).map(node -> whole(field, node, min, max));
  }

  private static long whole(String field, JsonNode node, long min, long max) {
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < min
        || node.longValue() > max) {
      throw Failure.invalid(field, "must be a whole number from " + min + " to " + max);
    }
    return node.longValue();
  }

  /** Whole numbers in an array that must be given. */
  public List<Long> longs(String field, int max, long min, long most) {
    JsonNode array = value(field).orElseThrow(() -> Failure.invalid(field, "is missing"));
    if (!array.isArray() || array.isEmpty() || array.size() > max) {
      throw Failure.invalid(field, "must be an array of 1 to " + max + " whole numbers")
          .with("limit", max);
    }
    List<Long> numbers = new ArrayList<>();
    array.forEach(item -> numbers.add(whole(field, item, min, most)));
    return List.copyOf(numbers);
  }

  /** A whole number that must be given. */
  public long requiredLong(String field, long min, long max) {
    return optionalLong(field, min, max).orElseThrow(() -> Failure.invalid(field, "is missing"));
  }

  /** Fields within a field, by their full names such as {@code status.text}. */
  public Optional<Args> within(String field) {
    return value(field)
        .map(
            node -> {
              if (!node.isObject()) {
                throw Failure.invalid(field, "must be an object");
              }
              ObjectNode named = fields.objectNode();
              node.properties()
                  .forEach(each -> named.set(field + "." + each.getKey(), each.getValue()));
              return new Args(named);
            });
  }

  /** A moment as RFC 3339 tells it. */
  public Optional<Instant> optionalTime(String field) {
    return optionalText(field)
        .map(
            text -> {
              try {
                return OffsetDateTime.parse(text).toInstant();
              } catch (DateTimeParseException unfit) {
                throw Failure.invalid(field, "must be a time such as 2026-11-21T02:30:00Z");
              }
            });
  }

  public boolean flag(String field) {
    return optionalFlag(field).orElse(false);
  }

  public Optional<Boolean> optionalFlag(String field) {
    return value(field)
        .map(
            node -> {
              if (!node.isBoolean()) {
                throw Failure.invalid(field, "must be true or false");
              }
              return node.booleanValue();
            });
  }

  private static String text(String field, JsonNode node) {
    if (!node.isTextual()) {
      throw Failure.invalid(field, "must be a string");
    }
    String text = node.textValue();
    if (!Text.storable(text)) {
      throw Failure.invalid(field, "must be free of NUL and lone surrogates");
    }
    return text;
  }

  private static UUID uuid(String field, String text) {
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

  private Optional<JsonNode> value(String field) {
    JsonNode node = fields.get(field);
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
  }
}
