package io.parley.commands;

import java.util.Map;
import java.util.Optional;

/** The closed table of what clients may ask; there is nothing beside it. */
public final class Commands {
  private final Map<String, Command> table;

  public Commands(Map<String, Command> table) {
    this.table = Map.copyOf(table);
  }

  /** The command of a name such as {@code messages.post}. */
  public Optional<Command> find(String name) {
    return Optional.ofNullable(table.get(name));
  }
}
