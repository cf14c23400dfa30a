package io.parley.cli.users;

import io.parley.config.Config;
import java.util.function.Consumer;
import java.util.function.Function;

/** The server whose accounts these are. */
public interface Server {

  /**
   * Does something at its stores, whether a node runs or not.
   *
   * @param begins whether there need not have been one before
   * @param progress takes a line for people at each step that takes time
   */
  <T> T at(boolean begins, Consumer<String> progress, Function<Config, T> work);
}
