package io.parley.rooms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.json.Json;
import io.parley.log.Draft;
import io.parley.log.LogId;
import io.parley.rooms.RoomStore.Owed;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The entries of people's own logs, which tell their devices what concerns nobody else. */
final class Tidings {
  private final Supplier<UUID> ids;

  Tidings(Supplier<UUID> ids) {
    this.ids = ids;
  }

  /**
   * Tells somebody's own devices how they want to have a room.
   *
   * @param hidden whether it was put away or taken out again just now; otherwise it is not said.
   *     Where it was put away goes with it: a device that knows of something newer knows better
   */
  Owed preferred(UserId user, RoomId room, Settings settings, Optional<Boolean> hidden) {
    ObjectNode body = about(room);
    body.put("favourite", settings.favourite())
        .put("notifications", settings.notifications().word());
    settings.snoozedUntil().ifPresent(until -> body.put("snoozedUntil", Json.time(until)));
    hidden.ifPresent(away -> body.put("hidden", away));
    if (hidden.orElse(false)) {
      settings
          .hidden()
          .ifPresent(at -> body.putObject("hiddenAt").put("seq", at.seq()).put("n", at.n()));
    }
    return told(user, "room.settings", body);
  }

  /**
   * Tells somebody's own devices what has become of what they asked for.
   *
   * @param outcome asked, withdrawn, admitted or refused
   * @param word of who decided; may be empty
   */
  Owed requested(UserId user, Room room, String outcome, String word) {
    ObjectNode body = about(room.id()).put("name", room.name().text()).put("outcome", outcome);
    if (!word.isEmpty()) {
      body.put("word", word);
    }
    return told(user, "room.request", body);
  }

  static ObjectNode about(RoomId room) {
    return Json.mapper().createObjectNode().put("room", room.toString());
  }

  /** By the server, since nobody writes into the log of somebody else. */
  Owed told(UserId user, String kind, ObjectNode body) {
    return new Owed(
        LogId.user(user.value()),
        new Draft(
            kind,
            UserId.SYSTEM,
            "",
            ids.get().toString(),
            Json.write(body),
            Optional.empty(),
            false,
            Optional.empty()));
  }
}
