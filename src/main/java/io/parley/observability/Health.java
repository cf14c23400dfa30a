package io.parley.observability;

/**
 * How something is.
 *
 * @param detail in words, for the person who can act; empty when all is well
 */
public record Health(boolean ok, String detail) {
  private static final Health WELL = new Health(true, "");

  /** All is well. */
  public static Health well() {
    return WELL;
  }

  /** It cannot do its work, and this is why. */
  public static Health failing(String why) {
    return new Health(false, why);
  }

  /** Why something failed, without class names and stack traces. */
  public static Health failing(Throwable cause) {
    String message = cause.getMessage();
    return failing(message == null || message.isBlank() ? "it failed without a word" : message);
  }
}
