package io.parley.house;

/**
 * A rule that was broken.
 *
 * @param where a class name or a path, as {@link Exemptions} would name it
 * @param what was found there
 */
record Breach(String where, String what) {
  @Override
  public String toString() {
    return where + ": " + what;
  }
}
