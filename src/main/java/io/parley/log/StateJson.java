package io.parley.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The wire form of what has become of a message. */
final class StateJson {
  /** What an edit replaces, and what is gone when it does not name it. */
  private static final List<String> EDITED = List.of("text", "mentions");

  private StateJson() {}

  /** The body as it is now. */
  static String body(Shown shown) {
    return shown
        .state()
        .edited()
        .map(edit -> edited(shown.entry().body(), edit))
        .orElse(shown.entry().body());
  }

  private static String edited(String body, String edit) {
    ObjectNode now = Json.object(body);
    now.remove(EDITED);
    now.setAll(Json.object(edit));
    return Json.write(now);
  }

  /** The member of an entry's object that tells of its state, with its comma. */
  static String state(MessageState state, Optional<UserId> viewer) {
    ObjectNode told = JsonNodeFactory.instance.objectNode().put("rev", state.rev());
    state
        .editedAt()
        .map(Instant::ofEpochMilli)
        .map(Json::time)
        .ifPresent(at -> told.put("editedAt", at));
    if (state.deleted()) {
      told.put("deleted", true);
    }
    state.pinned().ifPresent(pin -> pin(told.putObject("pinned"), pin));
    state.replies().ifPresent(replies -> thread(told.putObject("thread"), replies));
    viewer
        .filter(anybody -> !state.reactions().isEmpty())
        .ifPresent(who -> react(told, state, who));
    return ",\"state\":" + Json.write(told);
  }

  private static void pin(ObjectNode told, MessageState.Pin pin) {
    told.put("seq", pin.seq())
        .put("at", Json.time(Instant.ofEpochMilli(pin.at())))
        .put("by", pin.by().toString());
  }

  private static void thread(ObjectNode told, MessageState.Replies replies) {
    told.put("replies", replies.count())
        .put("last", replies.last())
        .put("at", Json.time(Instant.ofEpochMilli(replies.at())));
  }

  private static void react(ObjectNode told, MessageState state, UserId viewer) {
    ArrayNode reactions = told.putArray("reactions");
    for (MessageState.Reaction each : state.reactions()) {
      reactions
          .addObject()
          .put("emoji", each.emoji())
          .put("count", each.users().size())
          .put("mine", each.users().contains(viewer));
    }
  }
}
