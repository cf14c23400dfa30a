package io.parley.log;

import io.parley.config.LimitsConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.util.Optional;

/**
 * What a message costs: a token of its author's for the room, and one of the room's own, where
 * these are limited. Kept in the owner's memory; a new owner begins with full buckets.
 */
final class Toll {
  private final LimitsConfig limits;

  Toll(LimitsConfig limits) {
    this.limits = limits;
  }

  /** Takes what it costs, once. Tells RATE_LIMITED when it is not there, and then takes nothing. */
  Optional<Failure> charge(OpenLog log, Pending next, long now) {
    if (next.charged() || !Admitting.untrusted(log.id(), next.draft())) {
      return Optional.empty();
    }
    Optional<Bucket> own = own(log, next, now);
    Optional<Bucket> common = common(log, now);
    if (own.isPresent() && !own.get().take(now)) {
      return tooFast("too many messages; send this one again later", own.get(), now);
    }
    if (common.isPresent() && !common.get().take(now)) {
      own.ifPresent(Bucket::giveBack);
      return tooFast("too many messages in this room; send this one later", common.get(), now);
    }
    next.charge(own.isPresent() || common.isPresent());
    return Optional.empty();
  }

  /** Gives back what something has cost that turns out to be nothing new. */
  void giveBack(OpenLog log, Pending pending, long now) {
    if (pending.charged()) {
      own(log, pending, now).ifPresent(Bucket::giveBack);
      common(log, now).ifPresent(Bucket::giveBack);
    }
  }

  private Optional<Bucket> own(OpenLog log, Pending pending, long now) {
    return limits.roomRate() > 0
        ? Optional.of(
            log.bucket(pending.key().author(), limits.roomRate(), limits.roomBurst(), now))
        : Optional.empty();
  }

  private Optional<Bucket> common(OpenLog log, long now) {
    return limits.roomCeiling() > 0
        ? Optional.of(log.ceiling(limits.roomCeiling(), now))
        : Optional.empty();
  }

  private static Optional<Failure> tooFast(String why, Bucket bucket, long now) {
    return Optional.of(
        Failure.of(Reason.RATE_LIMITED, why).with("retryAfterMs", bucket.waitMs(now)));
  }
}
