package io.parley.log;

import io.parley.accounts.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * What a store of logs knows of those who wrote them. All fail UNAVAILABLE when the store cannot be
 * reached.
 */
public interface AuthorStore {

  /**
   * Gives another name to the author of entries, by their cids in order.
   *
   * @return the last cid that was looked at, empty when there was none
   */
  Future<Optional<String>> rename(LogId log, UserId author, String name, String after, int limit);

  /** Entries that change membership, by version. */
  Future<List<Entry>> changes(LogId log, long afterVersion, int limit);

  /** Puts something else in the body of an entry. */
  Future<Void> rewrite(LogId log, long seq, String body);

  /** Messages of an author with a higher place, in threads as well, oldest first, as shown. */
  Future<List<Shown>> said(LogId log, UserId author, long after, int limit);
}
