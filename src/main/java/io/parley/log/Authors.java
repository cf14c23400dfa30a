package io.parley.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.json.Json;
import io.parley.log.AuthorsApi.Renamed;
import io.parley.log.AuthorsApi.RenamedMember;
import io.parley.log.AuthorsApi.SaidFound;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads and renames what somebody has left in logs, a page at a time. */
final class Authors {
  private static final int RENAMED_AT_ONCE = 1_000;
  private static final int CHANGES_AT_ONCE = 500;
  private static final int MAX_SAID = 500;

  private final AuthorStore store;
  private final EntryJson json;

  Authors(AuthorStore store, EntryJson json) {
    this.store = store;
    this.json = json;
  }

  /** {@link AuthorsApi#RENAME}. */
  Future<Renamed> rename(AuthorsApi.Rename rename) {
    return store
        .rename(rename.log(), rename.author(), rename.name(), rename.after(), RENAMED_AT_ONCE)
        .map(Renamed::new);
  }

  /** {@link AuthorsApi#RENAME_MEMBER}. */
  Future<RenamedMember> renameMember(AuthorsApi.RenameMember rename) {
    return store
        .changes(rename.log(), rename.after(), CHANGES_AT_ONCE)
        .compose(changes -> rewrite(rename, changes, 0).map(done -> next(changes)));
  }

  private Future<Void> rewrite(AuthorsApi.RenameMember rename, List<Entry> changes, int index) {
    if (index == changes.size()) {
      return Future.succeededFuture();
    }
    Entry entry = changes.get(index);
    Future<Void> rewritten =
        renamed(entry.body(), rename.member(), rename.name())
            .map(body -> store.rewrite(entry.log(), entry.seq(), body))
            .orElse(Future.succeededFuture());
    return rewritten.isComplete() && rewritten.succeeded()
        ? rewrite(rename, changes, index + 1)
        : rewritten.compose(done -> rewrite(rename, changes, index + 1));
  }

  /** The body with another name in it; nothing if it tells of somebody else, or has it already. */
  private static Optional<String> renamed(String body, UserId member, String name) {
    if (!body.contains(member.toString())) {
      return Optional.empty();
    }
    ObjectNode fields = Json.object(body.getBytes(StandardCharsets.UTF_8));
    JsonNode user = fields.path("user");
    boolean theirs = user.path("id").asText().equals(member.toString());
    if (!theirs || user.path("name").asText().equals(name)) {
      return Optional.empty();
    }
    ((ObjectNode) user).put("name", name);
    return Optional.of(Json.write(fields));
  }

  private static RenamedMember next(List<Entry> changes) {
    return new RenamedMember(
        changes.size() < CHANGES_AT_ONCE
            ? Optional.empty()
            : changes.get(changes.size() - 1).version());
  }

  /** {@link AuthorsApi#SAID}. */
  Future<SaidFound> said(AuthorsApi.Said said) {
    int limit = Math.max(1, Math.min(MAX_SAID, said.limit()));
    return store
        .said(said.log(), said.author(), said.after(), limit)
        .map(found -> found(found, said.author(), limit));
  }

  private SaidFound found(List<Shown> found, UserId author, int limit) {
    return new SaidFound(
        found.stream().map(shown -> json.encode(shown, Optional.of(author))).toList(),
        found.size() < limit
            ? Optional.empty()
            : Optional.of(found.get(found.size() - 1).entry().seq()));
  }
}
