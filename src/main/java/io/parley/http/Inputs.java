package io.parley.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.failure.Failure;
import io.parley.json.Json;
import io.parley.json.Text;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.contract.RequestBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the requests of one operation as the contract says, and refuses the rest with the field and
 * the rule.
 *
 * <p>The library's own request validator is not used: it hops to a worker thread and copies all
 * schemas for each value. The schemas are its own, looked up once.
 */
final class Inputs {
  /** What the decoder puts in place of bytes that are not UTF-8. */
  private static final char REPLACED = '\uFFFD';

  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private final List<Input> parameters = new ArrayList<>();
  private final Optional<RequestBody> body;
  private final Optional<Checked> bodySchema;

  Inputs(Operation operation, SchemaRepository schemas) {
    for (Parameter parameter : operation.getParameters()) {
      parameters.add(new Input(parameter, new Checked(parameter.getSchema(), schemas)));
    }
    this.body = Optional.ofNullable(operation.getRequestBody());
    this.bodySchema =
        body.map(content -> content.getContent().get("application/json"))
            .map(MediaType::getSchema)
            .map(schema -> new Checked(schema, schemas));
  }

  /** Path, query and body under their documented names. Fails INVALID. */
  ObjectNode read(RoutingContext routing) {
    ObjectNode fields = bodySchema.map(schema -> readBody(routing, schema)).orElseGet(Inputs::none);
    for (Input parameter : parameters) {
      Optional<JsonNode> value = parameter.read(routing);
      if (parameter.location() != Location.HEADER) {
        fields.remove(parameter.name());
        value.ifPresent(node -> fields.set(parameter.name(), node));
      }
    }
    return fields;
  }

  private ObjectNode readBody(RoutingContext routing, Checked schema) {
    if (routing.body().buffer() == null || routing.body().length() == 0) {
      if (body.map(RequestBody::isRequired).orElse(false)) {
        throw Failure.invalid("body", "is missing; a JSON object is expected");
      }
      return none();
    }
    ObjectNode object = Json.object(routing.body().buffer().getBytes());
    object.properties().removeIf(field -> field.getValue().isNull());
    schema.check("", new JsonObject(Json.mapper().convertValue(object, MAP)));
    return object;
  }

  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A schema and what checks it. */
  private record Checked(JsonSchema schema, Validator validator) {
    Checked(JsonSchema schema, SchemaRepository schemas) {
      this(schema, schemas.validator(schema));
    }

    void check(String field, Object value) {
      OutputUnit outcome = validator.validate(value);
      if (!outcome.getValid()) {
        throw BrokenRule.of(field, schema, value, outcome);
      }
    }
  }

  /** A parameter in the path, the query or the head. */
  private record Input(Parameter parameter, Checked schema) {
    String name() {
      return parameter.getName();
    }

    Location location() {
      return parameter.getIn();
    }

    Optional<JsonNode> read(RoutingContext routing) {
      List<String> values =
          switch (parameter.getIn()) {
            case PATH -> List.of(routing.pathParam(name()));
            case QUERY -> routing.queryParam(name());
            case HEADER -> routing.request().headers().getAll(name());
            case COOKIE -> List.of();
          };
      if (values.size() > 1) {
        throw Failure.invalid(name(), "is given twice");
      }
      if (values.isEmpty()) {
        if (parameter.isRequired()) {
          throw Failure.invalid(name(), "is missing");
        }
        return Optional.empty();
      }
      JsonNode value = typed(values.get(0));
      schema.check(name(), Json.mapper().convertValue(value, Object.class));
      return Optional.of(value);
    }

    private JsonNode typed(String text) {
      if (!Text.storable(text) || text.indexOf(REPLACED) >= 0) {
        throw Failure.invalid(name(), "must be valid UTF-8, without NUL");
      }
      JsonNodeFactory nodes = JsonNodeFactory.instance;
      return switch (parameter.getSchemaType()) {
        case INTEGER -> nodes.numberNode(whole(text));
        case BOOLEAN -> nodes.booleanNode(yesOrNo(text));
        default -> nodes.textNode(text);
      };
    }

    private long whole(String text) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException notOne) {
        throw Failure.invalid(name(), "must be a whole number");
      }
    }

    private boolean yesOrNo(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw Failure.invalid(name(), "must be true or false");
      };
    }
  }
}
