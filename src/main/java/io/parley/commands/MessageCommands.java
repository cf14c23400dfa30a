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
import io.parley.rooms.ReadersApi;
import io.parley.rooms.RoomId;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Posting, changing what was posted, reading back, and saying that one is typing. */
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
        "messages.thread", this::thread,
        "messages.sync", this::sync,
        "messages.typing", this::typing);
  }

  private Future<JsonNode> post(Identity caller, Args args) {
    RoomId room = args.room();
    Posts.Content content = content(args);
    return append(room, content, posts.post(caller, content));
  }

  private Future<JsonNode> edit(Identity caller, Args args) {
    RoomId room = args.room();
    Posts.Content content = content(args);
    return append(room, content, posts.edit(caller, target(args), content));
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

  /** Only who wants everybody to look up is asked for first. */
  private Future<JsonNode> append(RoomId room, Posts.Content content, Draft draft) {
    return content.mentionsRoom()
        ? bus.ask(ReadersApi.RALLY, new ReadersApi.Rally(draft.author(), room))
            .compose(may -> append(room, draft))
        : append(room, draft);
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

  private Future<JsonNode> thread(Identity caller, Args args) {
    MessagesApi.Unfold asked =
        new MessagesApi.Unfold(
            caller.user(),
            args.room(),
            target(args),
            position(args, "before"),
            position(args, "after"),
            position(args, "around"),
            args.limit(limits.historyPage(), limits.historyMax()));
    return bus.ask(MessagesApi.THREAD, asked).map(Answers::thread);
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
        args.users("mentions", Posts.MAX_MENTIONS),
        args.flag("mentionsRoom"),
        args.optionalLong("thread", 1, Args.MAX_POSITION));
  }

  private static Optional<String> cid(Args args) {
    return args.optionalText("cid");
  }

  /** The place of the message to be changed, or whose thread it is. */
  private static long target(Args args) {
    return args.requiredLong("target", 1, Args.MAX_POSITION);
  }

  private static Optional<Long> position(Args args, String field) {
    return args.optionalLong(field, 0, Args.MAX_POSITION);
  }
}
