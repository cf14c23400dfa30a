package io.parley.accounts;

import io.parley.failure.Failure;

/**
 * What a person is called: 1 to 64 code points that people can see.
 *
 * @param text as shown
 */
public record PersonName(String text) {
  private static final int MAX = 64;

  /** What everybody is called whose account is no more. */
  public static final PersonName DELETED = new PersonName("Deleted account");

  /**
   * Checks what somebody typed. Fails INVALID naming the field, also for the name of those who are
   * gone, and TOO_LARGE.
   */
  public static PersonName parse(String field, String typed) {
    PersonName name = new PersonName(Names.shown(field, typed, MAX));
    if (name.folded().equals(DELETED.folded())) {
      throw Failure.invalid(field, "reserved", "must not be that of accounts that are no more");
    }
    return name;
  }

  /** The form in which names are compared and ordered. */
  public String folded() {
    return Names.folded(text);
  }
}
