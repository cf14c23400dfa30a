package io.parley.log;

import io.parley.accounts.UserId;
import java.util.Optional;

/**
 * An entry before it has a place in its log.
 *
 * @param kind a word of the wire format, such as {@code message} or {@code join}
 * @param author whose entry it is, with the name shown at that time
 * @param cid made by the client and kept across retries, 1 to 64 printable ASCII characters
 * @param body a JSON object, as text, kept byte for byte
 * @param target the entry that this one changes, for mutations; for a message the first of the
 *     thread that it stands in
 * @param countable whether it counts for unread: a message outside a thread
 * @param change what it does to somebody's standing; only entries with authority carry one, and
 *     nobody asks whether their author may post
 * @param replyTo the message that this one answers, which must be one that its author may see
 * @param source what was asked for, where that is not the body
 */
public record Draft(
    String kind,
    UserId author,
    String name,
    String cid,
    String body,
    Optional<Long> target,
    boolean countable,
    Optional<Change> change,
    Optional<Long> replyTo,
    Optional<Source> source) {

  /** What answers nothing and says what was asked for. */
  public Draft(
      String kind,
      UserId author,
      String name,
      String cid,
      String body,
      Optional<Long> target,
      boolean countable,
      Optional<Change> change) {
    this(
        kind,
        author,
        name,
        cid,
        body,
        target,
        countable,
        change,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * A change of membership, applied to the log in version order.
   *
   * @param version of the room, one more with each change
   * @param rules what holds for everybody from here on, where that changes
   */
  public record Change(long version, UserId user, Standing standing, Optional<Rules> rules) {

    /** In the place of a user: everybody who could read the log loses it with this entry. */
    public static final UserId EVERYBODY = UserId.SYSTEM;

    /** One that leaves the rules as they are. */
    public Change(long version, UserId user, Standing standing) {
      this(version, user, standing, Optional.empty());
    }
  }

  /**
   * What a body was made of by the server.
   *
   * @param request what was asked for, by which a repetition is recognised whatever the body would
   *     be today
   * @param lost whether there is nothing any more to make a body of, which is empty then: the entry
   *     is answered if it stands, and is not written otherwise
   */
  public record Source(String request, boolean lost) {}
}
