package io.parley.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.parley.accounts.AccountStore.Place;
import io.parley.failure.Failure;
import io.parley.json.Json;
import java.io.IOException;
import java.util.Base64;
import java.util.UUID;

/** How places in lists of accounts are written, which nobody else needs to make sense of. */
final class Places {
  private Places() {}

  static String write(String name, UserId user) {
    ArrayNode place = Json.mapper().createArrayNode();
    place.add(Names.folded(name)).add(user.toString());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(place));
  }

  /** Fails INVALID for what was not written here. */
  static Place read(String cursor) {
    try {
      JsonNode place = Json.mapper().readTree(Base64.getUrlDecoder().decode(cursor));
      String name = place.path(0).asText();
      UUID user = UUID.fromString(place.path(1).asText());
      if (name.codePoints().noneMatch(Names::deceptive)) {
        return new Place(name, new UserId(user));
      }
    } catch (IOException | IllegalArgumentException forged) {
      // told below
    }
    throw Failure.invalid("after", "is not a position in this list");
  }
}
