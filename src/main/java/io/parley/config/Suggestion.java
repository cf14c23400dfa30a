package io.parley.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What somebody may have meant who wrote something unknown. */
final class Suggestion {
  private static final int NEAR = 3;

  private Suggestion() {}

  /** {@code " (did you mean http.port?)"}, or nothing when nothing is near. */
  static String among(Collection<String> known, String written) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(candidate, written)))
        .filter(candidate -> distance(candidate, written) <= NEAR)
        .map(candidate -> " (did you mean " + candidate + "?)")
        .orElse("");
  }

  /** How many letters must be changed, added or removed, whatever their case. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], previous[j]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
