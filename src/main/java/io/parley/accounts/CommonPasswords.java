package io.parley.accounts;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What guessers try first: passwords that thousands have had, and rows of neighbours. */
final class CommonPasswords {
  /** What people put behind a word when a digit or a sign is demanded of them. */
  private static final Pattern TAIL = Pattern.compile("[^\\p{L}]{1,4}$");

  private static final Set<String> KNOWN = load();

  private CommonPasswords() {}

  /**
   * Whether it takes no effort to guess a password.
   *
   * @param folded as {@link Names#folded} makes it
   */
  static boolean easy(String folded) {
    return KNOWN.contains(folded)
        || KNOWN.contains(TAIL.matcher(folded).replaceFirst(""))
        || row(folded.codePoints().toArray());
  }

  /** Whether each character follows the one before by the same step, such as none at all. */
  private static boolean row(int[] points) {
    int step = points.length < 2 ? 0 : points[1] - points[0];
    for (int i = 1; i < points.length; i++) {
      if (points[i] - points[i - 1] != step) {
        return false;
      }
    }
    return Math.abs(step) <= 1;
  }

  private static Set<String> load() {
    try {
      return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
          .map(Names::folded)
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
