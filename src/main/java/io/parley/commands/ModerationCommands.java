package io.parley.commands;

import static io.parley.commands.RoomCommands.asking;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Identity;
import io.parley.bus.Bus;
import io.parley.bus.Endpoint;
import io.parley.rooms.ModerationApi;
import io.parley.rooms.RoomsApi;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Keeping people out of rooms, or from writing there, and keeping rooms as they are. */
final class ModerationCommands {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 500;

  private final Bus bus;
  private final Pace pace;

  ModerationCommands(Bus bus, Pace pace) {
    this.bus = bus;
    this.pace = pace;
  }

  Map<String, Command> table() {
    return Map.of(
        "rooms.ban", pace.with(this::ban),
        "rooms.unban", pace.with(this::unban),
        "rooms.bans", this::bans,
        "rooms.mute", pace.with(this::mute),
        "rooms.unmute", pace.with(this::unmute),
        "rooms.archive", pace.with(this::archive),
        "rooms.unarchive", pace.with(this::unarchive));
  }

  private Future<JsonNode> ban(Identity caller, Args args) {
    Optional<Integer> seconds =
        args.optionalLong("seconds", 1, ModerationApi.MAX_SECONDS).map(Math::toIntExact);
    return done(
        ModerationApi.BAN,
        new ModerationApi.ImposeBan(
            asking(caller), args.room(), args.user("user"), args.optionalText("reason"), seconds));
  }

  private Future<JsonNode> unban(Identity caller, Args args) {
    return done(
        ModerationApi.UNBAN,
        new ModerationApi.LiftBan(asking(caller), args.room(), args.user("user")));
  }

  private Future<JsonNode> bans(Identity caller, Args args) {
    ModerationApi.Bans asked =
        new ModerationApi.Bans(
            asking(caller), args.room(), args.optionalText("after"), args.limit(PAGE, MAX_PAGE));
    return bus.ask(ModerationApi.BANS, asked).map(Answers::tree);
  }

  private Future<JsonNode> mute(Identity caller, Args args) {
    int seconds = Math.toIntExact(args.requiredLong("seconds", 1, ModerationApi.MAX_SECONDS));
    return done(
        ModerationApi.MUTE,
        new ModerationApi.Mute(asking(caller), args.room(), args.user("user"), seconds));
  }

  private Future<JsonNode> unmute(Identity caller, Args args) {
    return done(
        ModerationApi.UNMUTE,
        new ModerationApi.Unmute(asking(caller), args.room(), args.user("user")));
  }

  private Future<JsonNode> archive(Identity caller, Args args) {
    return room(ModerationApi.ARCHIVE, new ModerationApi.Archive(asking(caller), args.room()));
  }

  private Future<JsonNode> unarchive(Identity caller, Args args) {
    return room(ModerationApi.UNARCHIVE, new ModerationApi.Unarchive(asking(caller), args.room()));
  }

  private <Q extends Record> Future<JsonNode> room(
      Endpoint<Q, RoomsApi.RoomView> endpoint, Q request) {
    return bus.ask(endpoint, request).map(Answers::room);
  }

  private <Q extends Record> Future<JsonNode> done(Endpoint<Q, RoomsApi.Done> endpoint, Q request) {
    return bus.ask(endpoint, request).map(done -> Answers.done());
  }
}
