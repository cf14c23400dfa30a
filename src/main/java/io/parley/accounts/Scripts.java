package io.parley.accounts;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which letters may stand together in a name that must not pass for another one: those of one
 * script, or of scripts that people write together (the highly restrictive level of UTS 39).
 *
 * <p>A name that is of one other script as a whole, and looks like a Latin one, is still possible.
 */
final class Scripts {
  static final int MARKS_MAX = 4;

  private static final List<Set<UnicodeScript>> TOGETHER =
      List.of(
          EnumSet.of(
              UnicodeScript.LATIN,
              UnicodeScript.HAN,
              UnicodeScript.HIRAGANA,
              UnicodeScript.KATAKANA),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

  private Scripts() {}

  /** Whether a name is of scripts that belong together, with digits of one kind at most. */
  static boolean belongTogether(String name) {
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    name.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
    scripts.removeAll(Set.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
    long zeros =
        name.codePoints()
            .filter(Character::isDigit)
            .map(point -> point - Character.digit(point, 10))
            .distinct()
            .count();
    return zeros <= 1
        && (scripts.size() <= 1 || TOGETHER.stream().anyMatch(set -> set.containsAll(scripts)));
  }

  /** Whether no letter carries so many marks that they cover what is above and below. */
  static boolean bearable(String name) {
    int marks = 0;
    for (int point : name.codePoints().toArray()) {
      boolean mark = Character.getType(point) == Character.NON_SPACING_MARK;
      marks = mark ? marks + 1 : 0;
      if (marks > MARKS_MAX) {
        return false;
      }
    }
    return true;
  }
}
