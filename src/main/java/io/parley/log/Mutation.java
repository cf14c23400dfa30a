package io.parley.log;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of entries that change a message, which is their target. */
public enum Mutation {
  /** Replaces what is said; whatever else the message has stays. */
  EDIT("edit"),
  /** Leaves nothing of it but its place. */
  DELETE("delete"),
  REACT("react"),
  UNREACT("unreact"),
  /** Puts it among those that a room keeps at hand. */
  PIN("pin"),
  UNPIN("unpin"),
  /** Stands in its thread: a message of its own, and one more that the first of the thread has. */
  REPLY("message");

  private final String word;

  Mutation(String word) {
    this.word = word;
  }

  /** The kind, as entries name it. */
  public String word() {
    return word;
  }

  /** What an entry does to its target; nothing for one that changes no message. */
  public static Optional<Mutation> of(Entry entry) {
    return of(entry.kind(), entry.target());
  }

  /** What a draft would do to its target. */
  static Optional<Mutation> of(Draft draft) {
    return of(draft.kind(), draft.target());
  }

  private static Optional<Mutation> of(String kind, Optional<Long> target) {
    return target.flatMap(
        seq -> Arrays.stream(values()).filter(each -> each.word.equals(kind)).findFirst());
  }
}
