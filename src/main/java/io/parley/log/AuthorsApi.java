package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * What somebody has left in a log: to be shown to them, and to be given another name when they are
 * gone. Answered from the store, whoever owns the log; places, counts and what was said stay.
 */
public interface AuthorsApi {

  /**
   * Gives another name to the author of entries, a page of them at a time. Repeating it is
   * harmless; whoever was sent an entry before keeps what they have.
   */
  Endpoint<Rename, Renamed> RENAME = new Endpoint<>("authors.rename", Rename.class, Renamed.class);

  /**
   * Gives another name to somebody where changes of membership tell of them, whoever made these, a
   * page at a time. Harmless to repeat, as above.
   */
  Endpoint<RenameMember, RenamedMember> RENAME_MEMBER =
      new Endpoint<>("authors.member", RenameMember.class, RenamedMember.class);

  /** The messages of an author after a place, oldest first, as they are shown; 1 to 500. */
  Endpoint<Said, SaidFound> SAID = new Endpoint<>("authors.said", Said.class, SaidFound.class);

  Contract CONTRACT = Contract.of(AuthorsApi.class);

  /**
   * @param after where the page before ended, empty for the first
   */
  record Rename(LogId log, UserId author, String name, String after) {}

  /**
   * @param next where the next page begins; absent when there is none
   */
  record Renamed(Optional<String> next) {}

  /**
   * @param after the version at which the page before ended, 0 for the first
   */
  record RenameMember(LogId log, UserId member, String name, long after) {}

  record RenamedMember(Optional<Long> next) {}

  record Said(LogId log, UserId author, long after, int limit) {}

  /**
   * @param next the place to go on after; absent when there is no more
   */
  record SaidFound(List<LogApi.Encoded> entries, Optional<Long> next) {}
}
