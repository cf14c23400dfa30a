package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.Identity;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionsApi;
import io.parley.bus.Bus;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Where one is signed in. Nobody is told of anybody else. */
final class SessionCommands {
  private final Bus bus;

  SessionCommands(Bus bus) {
    this.bus = bus;
  }

  Map<String, Command> table() {
    return Map.of(
        "sessions.list", this::list,
        "sessions.revoke", this::revoke,
        "sessions.revokeAll", this::revokeAll);
  }

  private Future<JsonNode> list(Identity caller, Args args) {
    return bus.ask(SessionsApi.OWN, new SessionsApi.ListOwn(caller.user()))
        .map(own -> listed(own, caller.session()));
  }

  private static JsonNode listed(SessionsApi.OwnSessions own, SessionId current) {
    ArrayNode sessions = JsonNodeFactory.instance.arrayNode();
    for (SessionsApi.OwnSession session : own.sessions()) {
      ObjectNode node = (ObjectNode) Answers.tree(session);
      sessions.add(node.put("current", session.id().equals(current)));
    }
    return JsonNodeFactory.instance.objectNode().set("sessions", sessions);
  }

  private Future<JsonNode> revoke(Identity caller, Args args) {
    SessionId session = new SessionId(args.uuid("session"));
    return bus.ask(SessionsApi.END, new SessionsApi.End(caller.user(), session))
        .map(done -> Answers.done());
  }

  private Future<JsonNode> revokeAll(Identity caller, Args args) {
    Optional<SessionId> kept =
        args.flag("keepCurrent") ? Optional.of(caller.session()) : Optional.empty();
    return bus.ask(SessionsApi.END_ALL, new SessionsApi.EndAll(caller.user(), kept))
        .map(Answers::tree);
  }
}
