package io.parley.commands;

import static io.parley.commands.RoomCommands.asking;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Identity;
import io.parley.bus.Bus;
import io.parley.rooms.InvitesApi;
import io.vertx.core.Future;
import java.util.Map;

/** Links that lead into rooms, and coming in by one. */
final class InviteCommands {
  private final Bus bus;
  private final Pace pace;

  InviteCommands(Bus bus, Pace pace) {
    this.bus = bus;
    this.pace = pace;
  }

  Map<String, Command> table() {
    return Map.of(
        "rooms.invite", pace.with(this::invite),
        "rooms.invites", this::invites,
        "rooms.uninvite", pace.with(this::uninvite),
        "rooms.invited", pace.with(this::invited),
        "rooms.accept", pace.with(this::accept));
  }

  private Future<JsonNode> invite(Identity caller, Args args) {
    InvitesApi.Make asked =
        new InvitesApi.Make(
            asking(caller),
            args.room(),
            args.optionalLong("seconds", InvitesApi.MIN_SECONDS, InvitesApi.MAX_SECONDS)
                .map(Math::toIntExact),
            args.optionalLong("uses", 1, InvitesApi.MAX_USES).map(Math::toIntExact));
    return bus.ask(InvitesApi.MAKE, asked).map(Answers::tree);
  }

  private Future<JsonNode> invites(Identity caller, Args args) {
    return bus.ask(InvitesApi.LIST, new InvitesApi.ListInvites(asking(caller), args.room()))
        .map(Answers::tree);
  }

  private Future<JsonNode> uninvite(Identity caller, Args args) {
    InvitesApi.Revoke asked =
        new InvitesApi.Revoke(asking(caller), args.room(), args.uuid("invite"));
    return bus.ask(InvitesApi.REVOKE, asked).map(done -> Answers.done());
  }

  private Future<JsonNode> invited(Identity caller, Args args) {
    return bus.ask(InvitesApi.LOOK, new InvitesApi.Look(asking(caller), args.text("token")))
        .map(Answers::tree);
  }

  private Future<JsonNode> accept(Identity caller, Args args) {
    return bus.ask(InvitesApi.ACCEPT, new InvitesApi.Accept(asking(caller), args.text("token")))
        .map(Answers::room);
  }
}
