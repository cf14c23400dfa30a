package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Identity;
import io.parley.bus.Bus;
import io.parley.config.LimitsConfig;
import io.parley.failure.Failure;
import io.parley.log.Draft;
import io.parley.log.LogClient;
import io.parley.messages.MessagesApi;
import io.parley.messages.Posts;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomsApi;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Posting, changing what was posted, reading back, and saying that one has read or is typing. */
final class MessageCommands {
  private final Bus bus;
  private final Posting posting;
  private final Posts posts;
  private final LogClient logs;
  private final LimitsConfig limits;

  MessageCommands(Bus bus, Posting posting, Posts posts, LogClient logs, LimitsConfig limits) {
    this.bus = bus;
    this.posting = posting;
    this.posts = posts;
    this.logs = logs;
    this.limits = limits;
  }

  Map<String, Command> table() {
    return Map.of(
        "messages.post", this::post,
        "messages.edit", this::edit,
        "messages.delete", this::delete,
        "messages.react", this::react,
        "messages.unreact", this::unreact,
        "messages.history", this::history,
        "messages.sync", this::sync,
        "messages.typing", this::typing,
        "messages.read", this::read);
  }

  private Future<JsonNode> post(Identity caller, Args args) {
    RoomId room = args.room();
    return append(room, posts.post(caller, content(args)));
  }

  private Future<JsonNode> edit(Identity caller, Args args) {
    return append(args.room(), posts.edit(caller, target(args), content(args)));
  }

  private Future<JsonNode> delete(Identity caller, Args args) {
    return append(args.room(), posts.delete(caller, target(args), cid(args)));
  }

  private Future<JsonNode> react(Identity caller, Args args) {
    return append(args.room(), posts.react(caller, target(args), args.text("emoji"), cid(args)));
  }

  private Future<JsonNode> unreact(Identity caller, Args args) {
    return append(args.room(), posts.unreact(caller, target(args), args.text("emoji"), cid(args)));
  }

  private Future<JsonNode> append(RoomId room, Draft draft) {
    return posting
        .append(room.log(), draft)
        .map(appended -> Answers.posted(room, draft.cid(), appended));
  }

  private Future<JsonNode> history(Identity caller, Args args) {
    MessagesApi.History asked =
        new MessagesApi.History(
            caller.user(),
            args.room(),
            position(args, "before"),
            position(args, "after"),
            position(args, "around"),
            args.limit(limits.historyPage(), limits.historyMax()));
    return bus.ask(MessagesApi.HISTORY, asked).map(Answers::history);
  }

  private Future<JsonNode> sync(Identity caller, Args args) {
    MessagesApi.Sync asked =
        new MessagesApi.Sync(
            caller.user(),
            args.room(),
            args.text("cursor"),
            args.limit(limits.historyPage(), limits.historyMax()));
    return bus.ask(MessagesApi.SYNC, asked).map(Answers::sync);
  }

  private Future<JsonNode> typing(Identity caller, Args args) {
    return logs.signal(args.room().log(), caller.user(), "typing").map(done -> Answers.done());
  }

  private Future<JsonNode> read(Identity caller, Args args) {
    RoomsApi.Read asked =
        new RoomsApi.Read(
            caller.user(), args.room(), args.requiredLong("seq", 0, Args.MAX_POSITION));
    return bus.ask(RoomsApi.READ, asked).map(Answers::tree);
  }

  private static Posts.Content content(Args args) {
    if (args.optionalText("messageType")
        .filter(type -> !type.equalsIgnoreCase("TEXT"))
        .isPresent()) {
      throw Failure.invalid("messageType", "must be TEXT");
    }
    return new Posts.Content(
        cid(args),
        args.oneOf("text", "content"),
        args.optionalLong("replyTo", 1, Args.MAX_POSITION),
        args.users("mentions", Posts.MAX_MENTIONS));
  }

  private static Optional<String> cid(Args args) {
    return args.optionalText("cid");
  }

  /** The place of the message to be changed. */
  private static long target(Args args) {
    return args.requiredLong("target", 1, Args.MAX_POSITION);
  }

  private static Optional<Long> position(Args args, String field) {
    return args.optionalLong(field, 0, Args.MAX_POSITION);
  }
}
