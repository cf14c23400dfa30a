package io.parley.bench;

import java.util.Arrays;
import java.util.List;

/** What is measured at several sizes, which a property may replace: {@code 10,100,1000}. */
final class Sizes {
  private Sizes() {}

  static List<Integer> of(String property, int... usual) {
    String given = System.getProperty(property, "");
    return given.isBlank()
        ? Arrays.stream(usual).boxed().toList()
        : Arrays.stream(given.split(",")).map(String::trim).map(Integer::valueOf).toList();
  }
}
