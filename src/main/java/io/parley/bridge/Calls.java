package io.parley.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.accounts.Identity;
import io.parley.commands.Args;
import io.parley.commands.Command;
import io.parley.commands.Commands;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.observability.Correlation;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs commands out of the closed table, in the order that their rooms demand. */
final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private static final String TYPING = "messages.typing";
  private static final String FORWARD = "messages.forward";

  /** Commands that change nothing which a later one could depend on. */
  private static final Set<String> PASSING =
      Set.of(
          "messages.history",
          "messages.sync",
          TYPING,
          "messages.delivered",
          "messages.read",
          "messages.get",
          "messages.pins",
          "messages.revisions",
          "messages.thread",
          "messages.receipts",
          "messages.explain",
          "rooms.get",
          "rooms.list",
          "rooms.members",
          "search.messages");

  private final Turn turn;
  private final Commands commands;
  private final Overload overload;

  Calls(Turn turn, Commands commands, Overload overload) {
    this.turn = turn;
    this.commands = commands;
    this.overload = overload;
  }

  /** Runs one call. Fails FORBIDDEN for what is not in the table, else as the command says. */
  Future<JsonNode> run(Lanes lanes, Identity caller, Request.Call call) {
    Command command = commands.find(call.address()).orElse(null);
    if (command == null) {
      return Future.failedFuture(
          Failure.of(Reason.FORBIDDEN, "there is no such command for clients"));
    }
    if (call.address().equals(TYPING) && overload.at(Overload.Step.NO_TYPING)) {
      return Future.succeededFuture(JsonNodeFactory.instance.objectNode());
    }
    return lanes.run(
        lane(call),
        !PASSING.contains(call.address()),
        () -> attempt(call.address(), () -> command.run(caller, new Args(call.body()))));
  }

  /** Runs something that must not pass an unsettled change of a room. */
  <T> Future<T> after(Lanes lanes, String room, Supplier<Future<T>> task) {
    return lanes.run(Optional.of(room), false, task);
  }

  /** Each call has a correlation of its own, since a socket's context serves many. */
  private <T> Future<T> attempt(String name, Supplier<Future<T>> task) {
    Future<T> outcome =
        Correlation.fresh()
            .during(
                () ->
                    Future.succeededFuture()
                        .compose(start -> task.get())
                        .onFailure(
                            cause -> {
                              if (Failure.from(cause).reason() == Reason.INTERNAL) {
                                LOG.error("{} failed", name, cause);
                              }
                            }));
    return turn.here(outcome);
  }

  /** The room that is written to, or asked about. */
  private static Optional<String> lane(Request.Call call) {
    JsonNode room = call.body().get(call.address().equals(FORWARD) ? "to" : "room");
    return room != null && room.isTextual() ? Optional.of(room.textValue()) : Optional.empty();
  }
}
