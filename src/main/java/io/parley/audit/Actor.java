package io.parley.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.UUID;

/**
 * Who did it: an account, somebody at the command line, the server itself, or nobody knows.
 *
 * @param text as it is stored: the account's id, or a word
 */
public record Actor(@JsonValue String text) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Actor {}

  /** The server of itself. */
  public static final Actor SYSTEM = new Actor("system");

  /** Somebody who has proved nothing. */
  public static final Actor STRANGER = new Actor("stranger");

  private static final String CLI = "cli:";
  private static final int NAME_MAX = 32;

  /** The owner of an account. */
  public static Actor account(UUID account) {
    return new Actor(account.toString());
  }

  /**
   * Whoever may run programs beside the stores.
   *
   * @param who their name on that machine
   */
  public static Actor cli(String who) {
    String name = who.replaceAll("[^A-Za-z0-9._-]", "_");
    return new Actor(CLI + name.substring(0, Math.min(NAME_MAX, name.length())));
  }

  /** The account that it is; empty for all others. */
  public Optional<UUID> account() {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException word) {
      return Optional.empty();
    }
  }

  /** Whether it is somebody at the command line. */
  public boolean atCommandLine() {
    return text.startsWith(CLI);
  }

  @Override
  public String toString() {
    return text;
  }
}
