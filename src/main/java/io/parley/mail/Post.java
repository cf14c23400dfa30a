package io.parley.mail;

import io.vertx.core.Future;

/** Takes mails to where they are delivered from. */
public interface Post {

  /**
   * Sends a mail; completes when a server has taken it over. Fails UNAVAILABLE when another try may
   * help, in which case it may have been taken all the same, and INVALID when none will.
   */
  Future<Void> send(Mail mail);
}
