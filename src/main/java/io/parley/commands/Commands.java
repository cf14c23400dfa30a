package io.parley.commands;

import io.parley.bus.Bus;
import io.parley.config.LimitsConfig;
import io.parley.limits.Rates;
import io.parley.log.LogClient;
import io.parley.messages.Posts;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The closed table of what clients may ask; there is nothing beside it. */
public final class Commands {
  private final Map<String, Command> table;

  public Commands(Map<String, Command> table) {
    this.table = Map.copyOf(table);
  }

  /**
   * All commands of this version.
   *
   * @param rates how fast each user may post, change what a room is, and search
   * @param patience how long a post may take until its outcome counts as unknown
   */
  public static Commands of(
      Bus bus, LogClient logs, Posts posts, Rates rates, LimitsConfig limits, Duration patience) {
    Map<String, Command> table = new HashMap<>();
    Pace pace = new Pace(rates);
    Posting posting = new Posting(logs, pace, patience);
    table.putAll(new MessageCommands(bus, posting, posts, logs, limits).table());
    table.putAll(new PickCommands(bus, posting, posts).table());
    table.putAll(new ReadingCommands(bus).table());
    table.putAll(new ThreadCommands(bus).table());
    table.putAll(new RoomCommands(bus, pace).table());
    table.putAll(new ModerationCommands(bus, pace).table());
    table.putAll(new InviteCommands(bus, pace).table());
    table.putAll(new MembershipCommands(bus, pace).table());
    table.putAll(new SearchCommands(bus, pace).table());
    table.putAll(new UserCommands(bus).table());
    table.putAll(new ContactCommands(bus).table());
    table.putAll(new SessionCommands(bus).table());
    table.putAll(new PresenceCommands(bus, pace).table());
    return new Commands(table);
  }

  /** The command of a name such as {@code messages.post}. */
  public Optional<Command> find(String name) {
    return Optional.ofNullable(table.get(name));
  }

  /** Every name, in alphabetical order. */
  public Set<String> names() {
    return new TreeSet<>(table.keySet());
  }
}
