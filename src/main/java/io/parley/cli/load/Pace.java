package io.parley.cli.load;

import io.vertx.core.Future;

/** When which message is sent. */
interface Pace {

  /** Sends messages until the time is over; completes then, whatever is unanswered. */
  Future<Void> send();

  /** How many have been sent so far. */
  int sent();

  /** How many were due and will not be sent. */
  int heldBack();

  /** The number of the next message. */
  int next();
}
