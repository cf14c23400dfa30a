package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Identity;
import io.vertx.core.Future;

/** One thing a client may ask, the same over REST and over the bridge. */
@FunctionalInterface
public interface Command {

  /**
   * Runs it for a caller whose identity was checked.
   *
   * @return the JSON answer. Fails INVALID naming the field, and with what the capability says
   */
  Future<JsonNode> run(Identity caller, Args args);
}
