package io.parley.log;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.util.Optional;

/**
 * What holds for everybody in a log, whatever they may do there.
 *
 * @param archived whether it is only read any more
 * @param slowSeconds how long those who do not moderate wait between two messages; 0 for not at all
 * @param version of the room when they last changed
 */
public record Rules(boolean archived, int slowSeconds, long version) {
  /** Of a log that nobody has made rules for. */
  public static final Rules NONE = new Rules(false, 0, 0);

  /** The longest that anybody can be made to wait. */
  public static final int MAX_SLOW_SECONDS = 21_600;

  /** Whether somebody has to wait between two messages. */
  public boolean slow() {
    return slowSeconds > 0;
  }

  /** Why nobody writes here; nothing if people do. */
  public Optional<Failure> refusal() {
    return archived
        ? Optional.of(Failure.of(Reason.READ_ONLY, "this room is archived; it can only be read"))
        : Optional.empty();
  }
}
