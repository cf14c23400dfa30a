package io.parley.limits;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What one of those who are counted may still do: a bucket that leaks, told by the moment when it
 * will be empty, and what has happened since it was last compared with other nodes. Its own lock
 * guards it; times are those of the clock that never jumps.
 */
final class Allowance {
  /** In which refusals are counted that lead to a ban. */
  private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);

  private final Terms terms;
  private long emptyAt;
  private int taken;
  private int refused;
  private boolean banned;
  private long bannedUntil;
  private int violations;
  private long violatedSince;
  private boolean gone;

  /**
   * What holds for all who are counted alike, in nanoseconds.
   *
   * @param banAfter refusals within a minute, 0 for none
   */
  record Terms(long interval, int burst, int banAfter, long ban) {
    static Terms of(Measure measure, int banAfter, Duration ban) {
      return new Terms(measure.interval().toNanos(), measure.burst(), banAfter, ban.toNanos());
    }

    private long brim() {
      return interval * (burst - 1);
    }
  }

  Allowance(Terms terms, long now) {
    this.terms = terms;
    this.emptyAt = now;
    this.violatedSince = now;
  }

  /** Asked too late: it was forgotten, and another one counts now. */
  static final long GONE = -1;

  /** Takes one. Tells how many nanoseconds to wait when there is none, or that it is gone. */
  synchronized long take(long now) {
    if (gone) {
      return GONE;
    }
    long wait = missing(now);
    if (wait > 0) {
      violated(now);
      return wait;
    }
    emptyAt = now + fill(now) + terms.interval;
    taken++;
    return 0;
  }

  synchronized void giveBack() {
    emptyAt -= terms.interval;
    taken--;
  }

  /** How many are left, and in how many nanoseconds all will be. */
  synchronized Rates.Quota quota(long now, long waitMs) {
    long fill = Math.max(fill(now), banned ? bannedUntil - now : 0);
    long left = Math.max(0, (terms.interval * terms.burst - fill) / Math.max(1, terms.interval));
    long resetMs = TimeUnit.NANOSECONDS.toMillis(fill);
    return new Rates.Quota(terms.burst, waitMs > 0 ? 0 : (int) left, resetMs, waitMs);
  }

  /** What has happened since it was asked last, if anything has. */
  synchronized Optional<Change> change() {
    if (taken == 0 && refused == 0) {
      return Optional.empty();
    }
    Change change = new Change(taken, refused);
    taken = 0;
    refused = 0;
    return Optional.of(change);
  }

  /**
   * What is so in the whole cluster, what was told of here included. That it is less than is known
   * here means that somebody has forgotten.
   */
  synchronized void agree(long fillNanos, long banNanos, long now) {
    long all = fillNanos + taken * terms.interval;
    emptyAt = now + Math.max(all, fill(now));
    if (banNanos > 0) {
      ban(now + banNanos);
    }
  }

  /** Goes when it would be the same if it were made anew. */
  synchronized boolean leave(long now) {
    gone =
        fill(now) == 0
            && taken == 0
            && refused == 0
            && (!banned || bannedUntil - now <= 0)
            && (violations == 0 || now - violatedSince > WINDOW);
    return gone;
  }

  private long missing(long now) {
    if (banned && bannedUntil - now > 0) {
      return bannedUntil - now;
    }
    banned = false;
    return Math.max(0, fill(now) - terms.brim());
  }

  private long fill(long now) {
    return Math.max(0, emptyAt - now);
  }

  private void violated(long now) {
    refused++;
    if (terms.banAfter == 0 || banned) {
      return;
    }
    if (now - violatedSince > WINDOW) {
      violations = 0;
      violatedSince = now;
    }
    violations++;
    if (violations >= terms.banAfter) {
      ban(now + terms.ban);
    }
  }

  private void ban(long until) {
    banned = true;
    bannedUntil = until;
    violations = 0;
  }

  /**
   * @param taken fewer than none when more was put back
   */
  record Change(int taken, int refused) {}
}
