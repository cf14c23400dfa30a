package io.parley.cli.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.Json;

/**
 * Somebody who takes part.
 *
 * @param token an access token
 * @param room where they talk
 */
record Member(String token, String room) {
  /** What a message of a number is known by. */
  static String cid(int number) {
    return "L" + number;
  }

  /** The message of a number, without its room. */
  ObjectNode message(int number, String text) {
    return Json.mapper().createObjectNode().put("cid", cid(number)).put("text", text);
  }
}
