package io.parley.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Set;

/**
 * What letters are compared as: without case, width and accents, in the writings that have them.
 */
final class Folding {
  /** Writings that put no blanks between words. */
  private static final Set<UnicodeScript> UNSPACED =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private static final int LONG_SOUND = 0x30FC;

  private Folding() {}

  /** One character with what belongs to it, as it is compared; empty if it is part of no word. */
  static String folded(String cluster) {
    if (cluster.length() == 1 && cluster.charAt(0) < 0x80) {
      char c = cluster.charAt(0);
      boolean capital = c >= 'A' && c <= 'Z';
      boolean kept = capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      return kept ? String.valueOf(capital ? (char) (c + 32) : c) : "";
    }
    StringBuilder bare = new StringBuilder();
    Normalizer.normalize(cluster, Form.NFKD)
        .codePoints()
        .filter(point -> !accent(point))
        .forEach(bare::appendCodePoint);
    String composed = Normalizer.normalize(bare, Form.NFKC);
    // By way of the capitals some letters meet: the sharp s becomes ss, both small sigmas one.
    String small = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('ς', 'σ');
    StringBuilder kept = new StringBuilder();
    Normalizer.normalize(small, Form.NFC)
        .codePoints()
        .filter(point -> inWord(point) && !accent(point))
        .forEach(kept::appendCodePoint);
    return kept.length() == 0 || belongs(kept.codePointAt(0)) ? "" : kept.toString();
  }

  /** Whether a character belongs to the one before it. */
  static boolean belongs(int point) {
    if (point < 0x300) {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default -> halfWidthSoundMark(point) || jamoTail(point);
    };
  }

  /** Whether words in such letters stand without blanks between them. */
  static boolean unspaced(String folded) {
    int first = folded.codePointAt(0);
    return first == LONG_SOUND || UNSPACED.contains(UnicodeScript.of(first));
  }

  /** Whether it is a picture, which is a word of its own. */
  static boolean picture(String folded) {
    return Character.getType(folded.codePointAt(0)) == Character.OTHER_SYMBOL;
  }

  private static boolean inWord(int point) {
    return Character.isLetterOrDigit(point)
        || belongs(point)
        || Character.getType(point) == Character.LETTER_NUMBER
        || Character.getType(point) == Character.OTHER_SYMBOL;
  }

  /** Of European letters, Hebrew and Arabic; in other writings marks are vowels. */
  private static boolean accent(int point) {
    return (point >= 0x300 && point <= 0x36F)
        || (point >= 0x591 && point <= 0x5BD)
        || (point >= 0x5BF && point <= 0x5C7)
        || (point >= 0x64B && point <= 0x65F)
        || point == 0x670
        || point == 0x640
        || (point >= 0xFE00 && point <= 0xFE0F);
  }

  private static boolean halfWidthSoundMark(int point) {
    return point == 0xFF9E || point == 0xFF9F;
  }

  private static boolean jamoTail(int point) {
    return point >= 0x1160 && point <= 0x11FF;
  }
}
