package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Identity;
import io.parley.bus.Bus;
import io.parley.bus.Endpoint;
import io.parley.failure.Failure;
import io.parley.log.Rules;
import io.parley.rooms.Door;
import io.parley.rooms.History;
import io.parley.rooms.Role;
import io.parley.rooms.RoomType;
import io.parley.rooms.RoomsApi;
import io.parley.rooms.Terms;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Making, naming, finding, entering and leaving rooms, and who is in them as what. */
final class RoomCommands {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 500;

  private final Bus bus;
  private final Pace pace;

  RoomCommands(Bus bus, Pace pace) {
    this.bus = bus;
    this.pace = pace;
  }

  Map<String, Command> table() {
    return Map.ofEntries(
        Map.entry("rooms.create", this::create),
        Map.entry("rooms.update", pace.with(this::update)),
        Map.entry("rooms.list", this::list),
        Map.entry("rooms.get", this::get),
        Map.entry("rooms.join", this::join),
        Map.entry("rooms.leave", this::leave),
        Map.entry("rooms.delete", pace.with(this::delete)),
        Map.entry("rooms.members", this::members),
        Map.entry("rooms.add", this::add),
        Map.entry("rooms.remove", this::remove),
        Map.entry("rooms.role", pace.with(this::role)),
        Map.entry("rooms.direct", this::direct));
  }

  private Future<JsonNode> create(Identity caller, Args args) {
    return room(
        RoomsApi.CREATE,
        new RoomsApi.Create(
            asking(caller),
            args.text("name"),
            args.optionalText("description").orElse(""),
            args.optionalText("type").map(RoomCommands::type).orElse(RoomType.PUBLIC),
            Optional.of(
                new Terms(history(args).orElse(History.ALL), door(args).orElse(Door.OPEN)))));
  }

  private Future<JsonNode> update(Identity caller, Args args) {
    return room(
        RoomsApi.UPDATE,
        new RoomsApi.Update(
            asking(caller),
            args.room(),
            args.optionalText("name"),
            args.optionalText("description"),
            args.optionalLong("slowMode", 0, Rules.MAX_SLOW_SECONDS).map(Math::toIntExact),
            history(args),
            door(args)));
  }

  private static Optional<History> history(Args args) {
    return args.optionalText("history").map(word -> History.parse("history", word));
  }

  private static Optional<Door> door(Args args) {
    return args.optionalText("join").map(word -> Door.parse("join", word));
  }

  private Future<JsonNode> list(Identity caller, Args args) {
    RoomsApi.ListRooms asked =
        new RoomsApi.ListRooms(
            asking(caller),
            args.flag("discover"),
            args.optionalText("query"),
            args.optionalText("after"),
            args.limit(PAGE, MAX_PAGE));
    return bus.ask(RoomsApi.LIST, asked).map(Answers::rooms);
  }

  private Future<JsonNode> get(Identity caller, Args args) {
    return room(RoomsApi.GET, new RoomsApi.Get(asking(caller), args.room()));
  }

  private Future<JsonNode> join(Identity caller, Args args) {
    return room(RoomsApi.JOIN, new RoomsApi.Join(asking(caller), args.room()));
  }

  private Future<JsonNode> leave(Identity caller, Args args) {
    return done(RoomsApi.LEAVE, new RoomsApi.Leave(asking(caller), args.room()));
  }

  private Future<JsonNode> delete(Identity caller, Args args) {
    return done(RoomsApi.DELETE, new RoomsApi.Delete(asking(caller), args.room()));
  }

  private Future<JsonNode> members(Identity caller, Args args) {
    RoomsApi.Members asked =
        new RoomsApi.Members(
            asking(caller), args.room(), args.optionalText("after"), args.limit(PAGE, MAX_PAGE));
    return bus.ask(RoomsApi.MEMBERS, asked).map(Answers::tree);
  }

  private Future<JsonNode> add(Identity caller, Args args) {
    return done(RoomsApi.ADD, new RoomsApi.Add(asking(caller), args.room(), args.user("user")));
  }

  private Future<JsonNode> remove(Identity caller, Args args) {
    return done(
        RoomsApi.REMOVE, new RoomsApi.Remove(asking(caller), args.room(), args.user("user")));
  }

  private Future<JsonNode> role(Identity caller, Args args) {
    return done(
        RoomsApi.ROLE,
        new RoomsApi.GiveRole(
            asking(caller), args.room(), args.user("user"), Role.parse("role", args.text("role"))));
  }

  private Future<JsonNode> direct(Identity caller, Args args) {
    return room(RoomsApi.DIRECT, new RoomsApi.Direct(asking(caller), args.user("user")));
  }

  private <Q extends Record> Future<JsonNode> room(
      Endpoint<Q, RoomsApi.RoomView> endpoint, Q request) {
    return bus.ask(endpoint, request).map(Answers::room);
  }

  private <Q extends Record> Future<JsonNode> done(Endpoint<Q, RoomsApi.Done> endpoint, Q request) {
    return bus.ask(endpoint, request).map(done -> Answers.done());
  }

  static RoomsApi.Caller asking(Identity caller) {
    return new RoomsApi.Caller(caller.user(), caller.name());
  }

  private static RoomType type(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "public" -> RoomType.PUBLIC;
      case "private" -> RoomType.PRIVATE;
      default -> throw Failure.invalid("type", "must be public or private");
    };
  }
}
