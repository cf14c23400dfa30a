package io.parley.stores.mongo;

import io.parley.accounts.UserId;
import io.parley.log.Entry;
import io.parley.log.LogId;
import io.parley.log.LogStore.Cid;
import io.parley.log.LogStore.Strand;
import io.parley.log.LogStore.Stretch;
import io.parley.log.Mentions;
import io.parley.log.MessageState;
import io.parley.log.Mutation;
import io.parley.log.Shown;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** How entries become documents and documents become entries. */
final class MongoEntries {
  /** Marks what is in a thread, edits and deletions. */
  static final String WOVEN = "woven";

  private MongoEntries() {}

  /** The name of a place, which sorts as places do: one index serves page, range and head. */
  static String place(LogId log, long seq) {
    return String.format(Locale.ROOT, "%s:%019d", log, seq);
  }

  /** Those of these names. */
  static JsonObject any(List<Cid> cids) {
    JsonArray any = new JsonArray();
    cids.forEach(cid -> any.add(by(cid.log(), cid.author()).put("cid", cid.cid())));
    return new JsonObject().put("$or", any);
  }

  /** Places of a log from one to another, both included. */
  static JsonObject range(LogId log, long from, long through) {
    return new JsonObject()
        .put(
            "_id", new JsonObject().put("$gte", place(log, from)).put("$lte", place(log, through)));
  }

  /** The numbered changes of membership in a log. */
  static JsonObject changes(LogId log) {
    return new JsonObject()
        .put(
            "change",
            new JsonObject().put("$gte", place(log, 0)).put("$lte", place(log, Long.MAX_VALUE)));
  }

  /** All that has changed messages of a log, from one place to another, both included. */
  static JsonObject mutations(LogId log, long from, long through) {
    return new JsonObject()
        .put(
            "mutation",
            new JsonObject().put("$gte", place(log, from)).put("$lte", place(log, through)));
  }

  /** The pinned messages of a log whose pins stand before a place. */
  static JsonObject pinned(LogId log, long before) {
    return new JsonObject()
        .put("pinned", new JsonObject().put("$gte", place(log, 0)).put("$lt", place(log, before)));
  }

  /** The edits of a message after a place. */
  static JsonObject edits(LogId log, long target, long after) {
    JsonObject later =
        new JsonObject().put("$gt", place(log, after)).put("$lte", place(log, Long.MAX_VALUE));
    return new JsonObject()
        .put("of", place(log, target))
        .put("kind", Mutation.EDIT.word())
        .put("mutation", later);
  }

  /** All edits and deletions, whatever their messages. */
  static JsonObject rewording() {
    JsonArray kinds = new JsonArray().add(Mutation.EDIT.word()).add(Mutation.DELETE.word());
    return new JsonObject()
        .put("of", new JsonObject().put("$gt", ""))
        .put("kind", new JsonObject().put("$in", kinds));
  }

  /** What is shown among messages, from one place to another, both included. */
  static JsonObject visible(LogId log, long from, long through) {
    JsonArray either =
        new JsonArray()
            .add(new JsonObject().put("target", new JsonObject().put("$exists", false)))
            .add(new JsonObject().put("kind", Mutation.PIN.word()));
    return range(log, from, through).put("$or", either);
  }

  static JsonObject document(Entry entry) {
    JsonObject document =
        new JsonObject()
            .put("_id", place(entry.log(), entry.seq()))
            .put("log", entry.log().toString())
            .put("shard", entry.log().shard())
            .put("seq", entry.seq())
            .put("n", entry.n())
            .put("at", entry.at())
            .put("id", entry.id().toString())
            .put("kind", entry.kind())
            .put("author", entry.author().toString())
            .put("name", entry.name())
            .put("cid", entry.cid())
            .put("countable", entry.countable())
            .put("body", entry.body())
            .put("digest", entry.digest().toString());
    entry.target().ifPresent(target -> document.put("target", target));
    Mutation.of(entry)
        .ifPresent(
            mutation ->
                document
                    .mergeIn(changed(mutation, place(entry.log(), entry.target().orElseThrow())))
                    .put("mutation", place(entry.log(), entry.seq())));
    entry
        .version()
        .ifPresent(
            version -> document.put("version", version).put("change", place(entry.log(), version)));
    entry.expels().ifPresent(user -> document.put("expels", user.toString()));
    MongoMentions.put(document, Mentions.of(entry));
    return document;
  }

  /**
   * What a deletion has to look through is kept apart from what stands in a thread. What may
   * concern threads is swept by itself.
   */
  private static JsonObject changed(Mutation mutation, String message) {
    return switch (mutation) {
      case REPLY -> new JsonObject().put("thread", message).put("replies", true).put(WOVEN, true);
      case EDIT, DELETE -> new JsonObject().put("of", message).put(WOVEN, true);
      default -> new JsonObject().put("of", message);
    };
  }

  /** The messages in the thread of another, from one place to another, both included. */
  static JsonObject thread(LogId log, long root, long from, long through) {
    return new JsonObject()
        .put("thread", place(log, root))
        .put("seq", new JsonObject().put("$gte", from).put("$lte", through));
  }

  static JsonObject strand(Strand some) {
    return thread(some.log(), some.root(), some.first(), some.last());
  }

  /** What its reader wrote in a strand, along the index of what each author has said in threads. */
  static JsonObject own(Strand some) {
    return strand(some).mergeIn(replies(some.log(), some.reader()));
  }

  /** What others say in a strand that mentions its reader, or everybody. */
  static JsonObject meaning(Strand some) {
    Stretch all = new Stretch(some.log(), some.first(), some.last());
    return MongoMentions.meaning(some.reader(), all).put("thread", place(some.log(), some.root()));
  }

  /** What an author has said among the others of a room. */
  static JsonObject own(LogId log, UserId author) {
    return by(log, author).put("countable", true);
  }

  /** What an author has said in threads. */
  static JsonObject replies(LogId log, UserId author) {
    return by(log, author).put("replies", true);
  }

  private static JsonObject by(LogId log, UserId author) {
    return new JsonObject().put("log", log.toString()).put("author", author.toString());
  }

  static Shown shown(JsonObject document) {
    String state = document.getString("state");
    return new Shown(
        entry(document), state == null ? MessageState.FRESH : MessageState.parse(state));
  }

  static Entry entry(JsonObject document) {
    return new Entry(
        log(document),
        document.getLong("seq"),
        document.getLong("n"),
        document.getLong("at"),
        UUID.fromString(document.getString("id")),
        document.getString("kind"),
        user(document.getString("author")),
        document.getString("name"),
        document.getString("cid"),
        Optional.ofNullable(document.getLong("target")),
        document.getBoolean("countable"),
        Optional.ofNullable(document.getLong("version")),
        Optional.ofNullable(document.getString("expels")).map(MongoEntries::user),
        document.getString("body"),
        UUID.fromString(document.getString("digest")));
  }

  static LogId log(JsonObject document) {
    return LogId.parse(document.getString("log"))
        .orElseThrow(() -> new IllegalStateException("no log: " + document.getString("_id")));
  }

  private static UserId user(String id) {
    return new UserId(UUID.fromString(id));
  }
}
