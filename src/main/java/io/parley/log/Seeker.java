package io.parley.log;

import io.parley.accounts.UserId;
import io.vertx.core.Promise;

/** Somebody who wants to know what a user may do with a log. */
record Seeker(UserId user, Promise<Standing> standing) {}
