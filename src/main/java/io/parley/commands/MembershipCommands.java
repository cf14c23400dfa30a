package io.parley.commands;

import static io.parley.commands.RoomCommands.asking;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Identity;
import io.parley.bus.Bus;
import io.parley.bus.Endpoint;
import io.parley.rooms.Notify;
import io.parley.rooms.RequestsApi;
import io.parley.rooms.RoomsApi;
import io.parley.rooms.SettingsApi;
import io.vertx.core.Future;
import java.util.Map;

/** How one wants to have a room, and asking to be let in. */
final class MembershipCommands {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 500;

  private final Bus bus;
  private final Pace pace;

  MembershipCommands(Bus bus, Pace pace) {
    this.bus = bus;
    this.pace = pace;
  }

  Map<String, Command> table() {
    return Map.of(
        "rooms.settings", pace.with(this::settings),
        "rooms.ask", pace.with(this::ask),
        "rooms.withdraw", pace.with(this::withdraw),
        "rooms.requests", this::requests,
        "rooms.admit", pace.with(this::admit),
        "rooms.refuse", pace.with(this::refuse));
  }

  private Future<JsonNode> settings(Identity caller, Args args) {
    return room(
        SettingsApi.CHOOSE,
        new SettingsApi.Choose(
            asking(caller),
            args.room(),
            args.optionalFlag("favourite"),
            args.optionalText("notifications").map(word -> Notify.parse("notifications", word)),
            args.optionalLong("snooze", 0, SettingsApi.MAX_SNOOZE_SECONDS).map(Math::toIntExact),
            args.optionalFlag("hidden")));
  }

  private Future<JsonNode> ask(Identity caller, Args args) {
    return room(
        RequestsApi.ASK,
        new RequestsApi.Ask(asking(caller), args.room(), args.optionalText("note").orElse("")));
  }

  private Future<JsonNode> withdraw(Identity caller, Args args) {
    return done(RequestsApi.WITHDRAW, new RequestsApi.Withdraw(asking(caller), args.room()));
  }

  private Future<JsonNode> requests(Identity caller, Args args) {
    RequestsApi.ListRequests asked =
        new RequestsApi.ListRequests(
            asking(caller), args.room(), args.optionalText("after"), args.limit(PAGE, MAX_PAGE));
    return bus.ask(RequestsApi.LIST, asked).map(Answers::tree);
  }

  private Future<JsonNode> admit(Identity caller, Args args) {
    return done(
        RequestsApi.ADMIT, new RequestsApi.Admit(asking(caller), args.room(), args.user("user")));
  }

  private Future<JsonNode> refuse(Identity caller, Args args) {
    return done(
        RequestsApi.REFUSE,
        new RequestsApi.Refuse(
            asking(caller), args.room(), args.user("user"), args.optionalText("word").orElse("")));
  }

  private <Q extends Record> Future<JsonNode> room(
      Endpoint<Q, RoomsApi.RoomView> endpoint, Q request) {
    return bus.ask(endpoint, request).map(Answers::room);
  }

  private <Q extends Record> Future<JsonNode> done(Endpoint<Q, RoomsApi.Done> endpoint, Q request) {
    return bus.ask(endpoint, request).map(done -> Answers.done());
  }
}
