package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.Identity;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.PicksApi;
import io.parley.messages.MessagesApi;
import io.parley.messages.Posts;
import io.parley.rooms.RoomId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What one does with single messages: keeps them at hand, looks at them again, passes them on. */
final class PickCommands {
  private final Bus bus;
  private final Posting posting;
  private final Posts posts;

  PickCommands(Bus bus, Posting posting, Posts posts) {
    this.bus = bus;
    this.posting = posting;
    this.posts = posts;
  }

  Map<String, Command> table() {
    return Map.of(
        "messages.pin", this::pin,
        "messages.unpin", this::unpin,
        "messages.pins", this::pins,
        "messages.get", this::get,
        "messages.revisions", this::revisions,
        "messages.forward", this::forward);
  }

  private Future<JsonNode> pin(Identity caller, Args args) {
    return append(args.room(), posts.pin(caller, target(args), cid(args)));
  }

  private Future<JsonNode> unpin(Identity caller, Args args) {
    return append(args.room(), posts.unpin(caller, target(args), cid(args)));
  }

  private Future<JsonNode> append(RoomId room, Draft draft) {
    return posting
        .append(room.log(), draft)
        .map(appended -> Answers.posted(room, draft.cid(), appended));
  }

  private Future<JsonNode> pins(Identity caller, Args args) {
    MessagesApi.Pins asked =
        new MessagesApi.Pins(
            caller.user(), args.room(), args.optionalLong("before", 1, Args.MAX_POSITION));
    return bus.ask(MessagesApi.PINS, asked).map(Answers::picked);
  }

  private Future<JsonNode> get(Identity caller, Args args) {
    List<Long> seqs = args.longs("seqs", PicksApi.MAX_PLACES, 1, Args.MAX_POSITION);
    return bus.ask(MessagesApi.GET, new MessagesApi.Get(caller.user(), args.room(), seqs))
        .map(Answers::picked);
  }

  private Future<JsonNode> revisions(Identity caller, Args args) {
    MessagesApi.Revisions asked =
        new MessagesApi.Revisions(
            caller.user(),
            args.room(),
            target(args),
            args.optionalLong("after", 0, Args.MAX_POSITION).orElse(0L));
    return bus.ask(MessagesApi.REVISIONS, asked).map(Answers::picked);
  }

  /**
   * Posts what a message says now, as far as the caller may read it. What was forwarded before is
   * answered as it was then, also when there is nothing to be read any more: whether it was, only
   * the owner of the other room's log knows for certain.
   */
  private Future<JsonNode> forward(Identity caller, Args args) {
    RoomId from = args.room();
    RoomId to = new RoomId(args.uuid("to"));
    long target = target(args);
    Optional<String> cid = cid(args);
    String request = "forward " + from + " " + target;
    return bus.ask(MessagesApi.GET, new MessagesApi.Get(caller.user(), from, List.of(target)))
        .map(found -> said(found, request))
        .compose(
            said -> append(to, posts.forward(caller, cid, said)),
            cause ->
                cid.isEmpty() || Failure.from(cause).reason().retryable()
                    ? Future.failedFuture(cause)
                    : stood(to, posts.forward(caller, cid, lost(caller, request)), cause));
  }

  private static Posts.Forwarded lost(Identity caller, String request) {
    return new Posts.Forwarded(request, Optional.empty(), caller.user(), caller.name());
  }

  private Future<JsonNode> stood(RoomId to, Draft draft, Throwable why) {
    return append(to, draft)
        .recover(
            cause ->
                Future.failedFuture(
                    Failure.from(cause).reason() == Reason.NOT_FOUND ? why : cause));
  }

  /** What a message says now, and who said it first. */
  private static Posts.Forwarded said(PicksApi.Picked found, String request) {
    for (LogApi.Encoded each : found.entries()) {
      ObjectNode entry = Json.object(each.json().array());
      JsonNode body = entry.path("body");
      JsonNode author = body.path("forwarded").path("author");
      JsonNode first = author.isObject() ? author : entry.path("author");
      if (body.path("text").isTextual()) {
        return new Posts.Forwarded(
            request,
            Optional.of(body.path("text").textValue()),
            new UserId(UUID.fromString(first.path("id").asText())),
            first.path("name").asText());
      }
    }
    throw Failure.of(Reason.NOT_FOUND, "there is no such message");
  }

  private static Optional<String> cid(Args args) {
    return args.optionalText("cid");
  }

  /** The place of the message that it is about. */
  private static long target(Args args) {
    return args.requiredLong("target", 1, Args.MAX_POSITION);
  }
}
