package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Identity;
import io.parley.bus.Bus;
import io.parley.rooms.ReadersApi;
import io.parley.rooms.RoomsApi;
import io.vertx.core.Future;
import java.util.Map;

/** Saying how far one has read, asking how far others have, and what is unread. */
final class ReadingCommands {
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 100;

  private final Bus bus;

  ReadingCommands(Bus bus) {
    this.bus = bus;
  }

  Map<String, Command> table() {
    return Map.of(
        "messages.read", this::read,
        "messages.delivered", this::delivered,
        "messages.receipts", this::receipts,
        "messages.unread", this::unread,
        "messages.explain", this::explain);
  }

  private Future<JsonNode> read(Identity caller, Args args) {
    RoomsApi.Read asked =
        new RoomsApi.Read(
            caller.user(),
            args.room(),
            args.requiredLong("seq", 0, Args.MAX_POSITION),
            args.optionalLong("marks", 0, Args.MAX_POSITION));
    return bus.ask(RoomsApi.READ, asked).map(Answers::tree);
  }

  private Future<JsonNode> delivered(Identity caller, Args args) {
    ReadersApi.Delivered asked =
        new ReadersApi.Delivered(
            caller.user(), args.room(), args.requiredLong("seq", 0, Args.MAX_POSITION));
    return bus.ask(ReadersApi.DELIVERED, asked).map(done -> Answers.done());
  }

  private Future<JsonNode> receipts(Identity caller, Args args) {
    return bus.ask(ReadersApi.RECEIPTS, new ReadersApi.Receipts(caller.user(), args.room()))
        .map(Answers::tree);
  }

  private Future<JsonNode> unread(Identity caller, Args args) {
    ReadersApi.Unread asked =
        new ReadersApi.Unread(
            caller.user(), args.room(), args.requiredLong("seq", 1, Args.MAX_POSITION));
    return bus.ask(ReadersApi.UNREAD, asked).map(Answers::tree);
  }

  /** Of a room, or of a thread of it. */
  private Future<JsonNode> explain(Identity caller, Args args) {
    if (args.optionalLong("thread", 1, Args.MAX_POSITION).isPresent()) {
      return ThreadCommands.explain(bus, caller, args, args.limit(PAGE, MAX_PAGE));
    }
    ReadersApi.Explain asked =
        new ReadersApi.Explain(
            caller.user(),
            args.room(),
            args.optionalLong("after", 0, Args.MAX_POSITION),
            args.limit(PAGE, MAX_PAGE));
    return bus.ask(ReadersApi.EXPLAIN, asked).map(Answers::explained);
  }
}
