package io.parley.cli;

/**
 * What the doctor found.
 *
 * @param text what it is about, and when it is not well, what to do
 */
record Finding(Level level, String text) {
  /** How bad it is. */
  enum Level {
    OK,
    ATTENTION,
    BAD
  }

  static Finding ok(String text) {
    return new Finding(Level.OK, text);
  }

  static Finding attention(String text) {
    return new Finding(Level.ATTENTION, text);
  }

  static Finding bad(String text) {
    return new Finding(Level.BAD, text);
  }

  @Override
  public String toString() {
    return switch (level) {
      case OK -> "ok         " + text;
      case ATTENTION -> "attention  " + text;
      case BAD -> "BAD        " + text;
    };
  }
}
