package io.parley.rooms;

import io.parley.accounts.UserId;
import java.util.UUID;

/** Two people, in the one order that makes them the same pair whoever asks. */
public record Pair(UserId lower, UserId higher) {

  /** The pair of two people, in any order. */
  public static Pair of(UserId one, UserId other) {
    return one.toString().compareTo(other.toString()) < 0
        ? new Pair(one, other)
        : new Pair(other, one);
  }

  /** Reads the form that {@link #toString} writes. */
  public static Pair parse(String text) {
    int colon = text.indexOf(':');
    return new Pair(
        new UserId(UUID.fromString(text.substring(0, colon))),
        new UserId(UUID.fromString(text.substring(colon + 1))));
  }

  /** The one who is not this one. */
  public UserId other(UserId one) {
    return lower.equals(one) ? higher : lower;
  }

  @Override
  public String toString() {
    return lower + ":" + higher;
  }
}
