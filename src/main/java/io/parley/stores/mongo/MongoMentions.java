package io.parley.stores.mongo;

import io.parley.accounts.UserId;
import io.parley.log.LogApi.Place;
import io.parley.log.LogStore.Stretch;
import io.parley.log.Mentions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Whom messages mention as they read now: a field of their documents, with an index of its own. */
final class MongoMentions {
  private static final String FIELD = "mentions";

  private MongoMentions() {}

  /** Puts whom a message mentions into its new document. */
  static void put(JsonObject document, Mentions mentions) {
    if (!mentions.isEmpty()) {
      document.put(FIELD, accounts(mentions));
    }
  }

  /** What an update makes of it when the message reads differently now. */
  static JsonObject update(JsonObject update, Mentions mentions) {
    if (mentions.isEmpty()) {
      JsonObject unset = update.getJsonObject("$unset", new JsonObject());
      return update.put("$unset", unset.put(FIELD, ""));
    }
    update.getJsonObject("$set").put(FIELD, accounts(mentions));
    return update;
  }

  static JsonObject within(Stretch some) {
    return new JsonObject().put("$gte", some.first()).put("$lte", some.last());
  }

  /**
   * Messages of others in a stretch that mention somebody, or everybody, but for those in threads.
   */
  static JsonObject of(UserId reader, Stretch some) {
    return meaning(reader, some).put("countable", true);
  }

  /** The same of messages wherever they stand. */
  static JsonObject meaning(UserId reader, Stretch some) {
    return new JsonObject()
        .put("log", some.log().toString())
        .put(FIELD, meant(reader))
        .put("seq", within(some))
        .put("author", new JsonObject().put("$ne", reader.toString()));
  }

  /** What is unread after a place. */
  static JsonObject unread(UserId reader, Place after) {
    return MongoEntries.range(after.log(), after.seq() + 1, Long.MAX_VALUE)
        .put("countable", true)
        .put("author", new JsonObject().put("$ne", reader.toString()));
  }

  private static JsonObject meant(UserId reader) {
    return new JsonObject()
        .put("$in", new JsonArray().add(reader.toString()).add(Mentions.EVERYBODY.toString()));
  }

  /** Nobody counts what they say themselves, whoever is named. */
  private static JsonArray accounts(Mentions mentions) {
    JsonArray accounts = new JsonArray();
    mentions.users().forEach(user -> accounts.add(user.toString()));
    if (mentions.everybody()) {
      accounts.add(Mentions.EVERYBODY.toString());
    }
    return accounts;
  }
}
