package io.parley.log;

import io.vertx.core.Future;

/** A way through a whole log. */
@FunctionalInterface
public interface LogWalk {

  /** Brings a follower all that is visible in a log, as it is now. Fails UNAVAILABLE. */
  Future<Void> through(LogId log, Follower follower);
}
