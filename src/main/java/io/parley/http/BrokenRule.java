package io.parley.http;

import io.parley.failure.Failure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in words which rule of a schema a value broke, and never what the value was. */
final class BrokenRule {
  private BrokenRule() {}

  /**
   * @param field the name of the value, empty for a body, whose fields have names of their own
   */
  static Failure of(String field, JsonSchema schema, Object value, OutputUnit outcome) {
    OutputUnit deepest = deepest(outcome);
    List<String> path = path(deepest.getInstanceLocation());
    JsonObject rules = resolve(schema, path);
    String keyword = last(deepest.getKeywordLocation());
    if (keyword.equals("required")) {
      return Failure.invalid(missing(rules, value), "is missing");
    }
    String name =
        Stream.concat(Stream.of(field), path.stream())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("."));
    return Failure.invalid(name.isEmpty() ? "body" : name, sentence(keyword, rules));
  }

  /**
   * The library wraps each error in those of the objects around it; the last of the deepest is it.
   */
  private static OutputUnit deepest(OutputUnit outcome) {
    return outcome.getErrors().stream()
        .reduce((one, other) -> depth(other) >= depth(one) ? other : one)
        .orElse(outcome);
  }

  private static int depth(OutputUnit error) {
    return path(error.getInstanceLocation()).size();
  }

  private static String sentence(String keyword, JsonObject rules) {
    Object limit = rules.getValue(keyword);
    return switch (keyword) {
      case "type" -> "must be " + article(String.valueOf(limit));
      case "minLength" ->
          Integer.valueOf(1).equals(limit)
              ? "must not be empty"
              : "must have at least " + limit + " characters";
      case "maxLength" -> "may have at most " + limit + " characters";
      case "minimum" -> "must be at least " + limit;
      case "maximum" -> "must be at most " + limit;
      case "maxItems" -> "may have at most " + limit + " items";
      case "enum" -> "must be one of " + words((JsonArray) limit);
      case "pattern" -> "must be " + described(rules);
      default -> "is not as documented";
    };
  }

  private static String missing(JsonObject rules, Object value) {
    JsonArray required = rules.getJsonArray("required", new JsonArray());
    return required.stream()
        .map(String::valueOf)
        .filter(name -> !(value instanceof JsonObject object && object.containsKey(name)))
        .findFirst()
        .orElse("body");
  }

  private static JsonObject resolve(JsonSchema schema, List<String> path) {
    JsonObject rules = (JsonObject) schema;
    for (String step : path) {
      JsonObject properties = rules.getJsonObject("properties", new JsonObject());
      rules = properties.containsKey(step) ? properties.getJsonObject(step) : items(rules);
    }
    return rules;
  }

  private static JsonObject items(JsonObject rules) {
    return rules.getValue("items") instanceof JsonObject items ? items : new JsonObject();
  }

  private static String article(String type) {
    return switch (type) {
      case "array", "object" -> "an " + type;
      case "integer" -> "a whole number";
      case "boolean" -> "true or false";
      default -> "a " + type;
    };
  }

  private static String described(JsonObject rules) {
    String description = rules.getString("description", "as documented").replaceFirst("\\.$", "");
    return description.substring(0, 1).toLowerCase(Locale.ROOT) + description.substring(1);
  }

  private static String words(JsonArray values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static List<String> path(String location) {
    return Stream.of(location.split("/")).skip(1).filter(step -> !step.isEmpty()).toList();
  }

  private static String last(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }
}
