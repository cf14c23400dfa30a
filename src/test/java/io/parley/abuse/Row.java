package io.parley.abuse;

/**
 * One thing that somebody could try, and what must come of it.
 *
 * @param id stays the same from one version to the next, so that reports can be compared
 */
record Row(String id, String what, String expected, Deed deed) {

  /** Really does it, and tells what came of it. */
  interface Deed {
    String outcome(Scene scene) throws Exception;
  }

  @Override
  public String toString() {
    return id + " " + what + " -> " + expected;
  }
}
