package io.parley.config;

/** A value that prints as asterisks, so that it cannot reach a log by accident. */
public record Secret(String value) {
  /** No secret at all. */
  public static final Secret NONE = new Secret("");

  public boolean present() {
    return !value.isEmpty();
  }

  @Override
  public String toString() {
    return "***";
  }
}
