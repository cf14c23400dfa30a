package io.parley.log;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody may do with a log.
 *
 * @param access what is allowed
 * @param since the first position to be seen, 0 for all, or {@link #ENTRANCE}
 * @param mutedUntil epoch milliseconds, when only reading is allowed until then
 * @param version of the room's latest change that this rests on, best the latest that concerned
 *     this user: nobody is let in before the log holds a change of that version
 * @param moderates whether others' messages may be deleted, and one writes as fast as one likes
 * @param bannedUntil epoch milliseconds, when a ban ends by itself; absent for one that does not
 * @param pins whether messages may be pinned, where that does not go with {@code moderates}
 */
public record Standing(
    Access access,
    long since,
    Optional<Long> mutedUntil,
    long version,
    boolean moderates,
    Optional<Long> bannedUntil,
    Optional<Boolean> pins) {

  /**
   * In the place of a first position: the entry with which somebody comes, which has no place yet.
   * It is further than any other, so that whoever knows nothing of this shows nothing.
   */
  public static final long ENTRANCE = Long.MAX_VALUE;

  /** Of somebody of whom nothing is known. */
  public static final Standing NONE = new Standing(Access.HIDDEN, 0, Optional.empty(), 0, false);

  /** Of somebody who is not banned, or for good, and who pins where they moderate. */
  public Standing(
      Access access, long since, Optional<Long> mutedUntil, long version, boolean moderates) {
    this(access, since, mutedUntil, version, moderates, Optional.empty(), Optional.empty());
  }

  /** Of somebody who is banned. */
  public static Standing banned(Optional<Instant> until, long version) {
    return new Standing(
        Access.BANNED,
        0,
        Optional.empty(),
        version,
        false,
        until.map(Instant::toEpochMilli),
        Optional.empty());
  }

  /** From nothing to everything. */
  public enum Access {
    /** A private log: strangers learn nothing. */
    HIDDEN,
    /** A public log that one could join. */
    STRANGER,
    BANNED,
    /** One that nobody writes to any more, or for now: what was said may be read. */
    CLOSED,
    READ,
    POST
  }

  /** The same where nobody writes any more, or for now. */
  public Standing closed() {
    return new Standing(Access.CLOSED, since, mutedUntil, version, moderates, bannedUntil, pins);
  }

  /** Whether it is known from where on they may read. */
  public boolean placed() {
    return since != ENTRANCE;
  }

  /**
   * The same with a place to read from: that of an entry which says that they may, unless they had
   * one before.
   */
  Standing entering(Optional<Standing> before, long seq) {
    if (placed() || !reads()) {
      return this;
    }
    long first =
        before.filter(Standing::reads).filter(Standing::placed).map(Standing::since).orElse(seq);
    return new Standing(access, first, mutedUntil, version, moderates, bannedUntil, pins);
  }

  boolean mayPin() {
    return pins.orElse(moderates);
  }

  public boolean reads() {
    return access.compareTo(Access.CLOSED) >= 0;
  }

  /** This standing, if it allows reading. Throws NOT_FOUND, NOT_MEMBER or BANNED otherwise. */
  public Standing orRefused() {
    return switch (access) {
      case CLOSED, READ, POST -> this;
      case HIDDEN -> throw Failure.of(Reason.NOT_FOUND, "there is no such room");
      case STRANGER ->
          throw Failure.of(
              Reason.NOT_MEMBER, "only members of the room may do this; join it first");
      case BANNED -> throw expelled();
    };
  }

  /** What those who are banned are told. */
  Failure expelled() {
    return until(Failure.of(Reason.BANNED, "you are banned from this room"), bannedUntil);
  }

  /** What those who are muted are told; nothing for those who are not, or not any more. */
  Optional<Failure> muted(long now) {
    return mutedUntil
        .filter(end -> end > now)
        .map(end -> until(Failure.of(Reason.MUTED, "you are muted in this room"), mutedUntil));
  }

  private static Failure until(Failure failure, Optional<Long> end) {
    return end.map(at -> failure.with("until", Json.time(Instant.ofEpochMilli(at))))
        .orElse(failure);
  }
}
