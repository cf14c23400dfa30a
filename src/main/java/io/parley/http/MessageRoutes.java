package io.parley.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.util.Optional;

/** Posting, changing what was posted, and reading back. */
final class MessageRoutes {
  private static final String KEY = "Idempotency-Key";

  private final Operations operations;

  MessageRoutes(Operations operations) {
    this.operations = operations;
  }

  void mount() {
    operations
        .on("getHistory", this::history)
        .on("getThread", this::thread)
        .on("postMessage", this::post)
        .on("editMessage", call -> change("messages.edit", call))
        .on("deleteMessage", call -> change("messages.delete", call))
        .on("react", call -> change("messages.react", call))
        .on("unreact", call -> change("messages.unreact", call))
        .on("pinMessage", call -> change("messages.pin", call))
        .on("unpinMessage", call -> change("messages.unpin", call))
        .on("getPins", call -> operations.run("messages.pins", call).map(Reply::ok))
        .on("getMessage", this::one)
        .on("getRevisions", call -> operations.run("messages.revisions", call).map(Reply::ok))
        .on("forwardMessage", this::forward)
        .on("postDirect", this::postDirect)
        .on("search", this::search)
        .on("sync", this::sync)
        .on("typing", call -> operations.run("messages.typing", call).map(done -> Reply.nothing()));
  }

  private Future<Reply> history(Call call) {
    return operations.run("messages.history", call).map(page -> Links.history(call, page));
  }

  private Future<Reply> thread(Call call) {
    return operations.run("messages.thread", call).map(page -> Links.history(call, page));
  }

  private Future<Reply> sync(Call call) {
    return operations.run("messages.sync", call).map(page -> Links.list(call, "cursor", page));
  }

  /** The room goes by either of two names. */
  private Future<Reply> search(Call call) {
    if (call.fields().has("roomId")) {
      call.fields().put("room", call.args().oneOf("room", "roomId"));
    }
    return operations.run("search.messages", call).map(page -> Links.list(call, "after", page));
  }

  private Future<Reply> post(Call call) {
    applyKey(call);
    return operations.run("messages.post", call).map(MessageRoutes::posted);
  }

  /** A message alone, as the entry that it is. Fails NOT_FOUND. */
  private Future<Reply> one(Call call) {
    call.fields().putArray("seqs").add(call.fields().get("target"));
    return operations
        .run("messages.get", call)
        .map(found -> found.path("entries"))
        .map(
            entries -> {
              if (entries.isEmpty()) {
                throw Failure.of(Reason.NOT_FOUND, "there is no such message");
              }
              return Reply.ok(entries.get(0));
            });
  }

  private Future<Reply> forward(Call call) {
    applyKey(call);
    return operations.run("messages.forward", call).map(MessageRoutes::posted);
  }

  private Future<Reply> change(String command, Call call) {
    applyKey(call);
    return operations.run(command, call).map(Reply::ok);
  }

  private Future<Reply> postDirect(Call call) {
    applyKey(call);
    if (call.fields().has("senderId")
        && !call.args().user("senderId").equals(call.caller().user())) {
      throw Failure.of(Reason.FORBIDDEN, "senderId must be the caller's own id");
    }
    call.fields().set("user", call.fields().get("recipientId"));
    return operations
        .run("rooms.direct", call)
        .onSuccess(room -> call.fields().set("room", room.get("id")))
        .compose(room -> operations.run("messages.post", call))
        .map(MessageRoutes::posted);
  }

  private static void applyKey(Call call) {
    Optional<String> cid = call.args().optionalText("cid");
    Optional<String> key = call.header(KEY);
    if (cid.isPresent() && key.isPresent() && !cid.equals(key)) {
      throw Failure.invalid("cid", "and " + KEY + " differ; give only one");
    }
    key.ifPresent(given -> call.fields().put("cid", given));
  }

  private static Reply posted(JsonNode posted) {
    return posted.path("duplicate").booleanValue() ? Reply.ok(posted) : Reply.created(posted);
  }
}
