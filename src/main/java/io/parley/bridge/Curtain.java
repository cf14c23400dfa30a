package io.parley.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.bus.Bytes;
import io.parley.json.Json;
import io.parley.log.LogApi;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What those who may not read a message are told of other words for it: that there are some.
 * Whoever came later hears all that comes from then on, and an edit is the only entry that says
 * again what was said before. Where a room's history is opened it is lifted for those who listen,
 * at the entry that says so.
 */
final class Curtain {
  /** How such entries begin: every other one is told apart from them by a few bytes. */
  private static final byte[] OPENING = "{\"kind\":\"history\"".getBytes(StandardCharsets.UTF_8);

  private Curtain() {}

  /** Whether one of these entries looks otherwise to some. */
  static boolean hangs(List<LogApi.Encoded> entries) {
    for (LogApi.Encoded entry : entries) {
      if (entry.amends().isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of them does to whoever sees what stands from a place on. */
  static boolean falls(List<LogApi.Encoded> entries, long since) {
    return since > 0 && entries.stream().anyMatch(entry -> hides(entry, since));
  }

  /** Whether everybody may read everything from this entry on. */
  static boolean lifts(LogApi.Encoded entry) {
    byte[] json = entry.json().array();
    return json.length > OPENING.length
        && Arrays.equals(json, 0, OPENING.length, OPENING, 0, OPENING.length)
        && Json.object(json).path("body").path("history").asText().equals("all");
  }

  /** An entry as they see it. */
  static LogApi.Encoded before(LogApi.Encoded entry, long since) {
    if (!hides(entry, since)) {
      return entry;
    }
    ObjectNode told = Json.object(entry.json().array());
    told.putObject("body").put("deleted", true);
    Bytes json = new Bytes(Json.bytes(told));
    return new LogApi.Encoded(entry.log(), entry.seq(), json, entry.expels(), entry.amends());
  }

  private static boolean hides(LogApi.Encoded entry, long since) {
    return entry.amends().filter(target -> target < since).isPresent();
  }
}
