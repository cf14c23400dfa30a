package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Identity;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.presence.Choice;
import io.parley.presence.PresenceApi;
import io.parley.presence.PresenceApi.Look;
import io.parley.presence.PresenceApi.Looked;
import io.parley.presence.PresenceApi.Seen;
import io.parley.presence.PresenceApi.Sight;
import io.parley.presence.Status;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one is shown, and whether somebody is here. No faster than messages. */
final class PresenceCommands {
  private final Bus bus;
  private final Pace pace;

  PresenceCommands(Bus bus, Pace pace) {
    this.bus = bus;
    this.pace = pace;
  }

  Map<String, Command> table() {
    return Map.of("presence.set", this::set, "presence.get", this::get);
  }

  private Future<JsonNode> set(Identity caller, Args args) {
    PresenceApi.Choose asked =
        new PresenceApi.Choose(
            caller.user(),
            args.optionalText("state").map(word -> Choice.parse("state", word)),
            args.within("status").map(PresenceCommands::status));
    Optional<Failure> tooFast = pace.take(caller.user().value());
    return tooFast.isPresent()
        ? Future.failedFuture(tooFast.get())
        : bus.ask(PresenceApi.CHOOSE, asked).map(Answers::tree);
  }

  private static Status status(Args args) {
    return new Status(
        args.optionalText("status.text").orElse(""),
        args.optionalText("status.emoji"),
        args.optionalTime("status.until"));
  }

  private Future<JsonNode> get(Identity caller, Args args) {
    UserId user = args.user("user");
    return bus.ask(PresenceApi.LOOK, new Look(List.of(new Sight(caller.user(), List.of(user)))))
        .map(PresenceCommands::only)
        .map(Answers::tree);
  }

  private static Seen only(Looked answer) {
    return answer.shown().stream()
        .flatMap(shown -> shown.people().stream())
        .findFirst()
        .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "there is no such user"));
  }
}
