package io.parley.accounts;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a name that people see may consist of, and when two names are the same. */
public final class Names {
  private static final Pattern SPACES = Pattern.compile("\\p{Zs}+");
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int TEXT_STYLE = 0xFE0E;

  private Names() {}

  /**
   * A name as it will be shown: composed, without blanks around it and with single ones inside.
   * Fails INVALID naming the field when it is empty, holds a character that nobody can see or that
   * turns the direction of text, and TOO_LARGE beyond so many code points.
   */
  public static String shown(String field, String text, int maxCodePoints) {
    refuseLongerThan(field, text, maxCodePoints);
    refuseDeceptive(field, text);
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    String name = SPACES.matcher(composed).replaceAll(" ").strip();
    if (name.codePoints().noneMatch(Names::leavesInk)) {
      throw Failure.invalid(field, "blank", "must not be blank");
    }
    return name;
  }

  /**
   * The form in which names are compared: two that differ only in case, width or composition have
   * the same.
   */
  public static String folded(String text) {
    String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC);
    // Some letters meet only on the way back: the capital sharp s becomes small, then ss.
    String small = compatible.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
    return Normalizer.normalize(small.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
  }

  static void refuseLongerThan(String field, String text, int maxCodePoints) {
    if (text.length() > 2 * maxCodePoints
        || text.codePointCount(0, text.length()) > maxCodePoints) {
      throw Failure.of(Reason.TOO_LARGE, field + " is limited to " + maxCodePoints + " characters")
          .with("field", field)
          .with("rule", "long")
          .with("limit", maxCodePoints);
    }
  }

  static void refuseDeceptive(String field, String text) {
    if (text.codePoints().anyMatch(Names::deceptive)) {
      throw Failure.invalid(
          field, "hidden", "must not contain control, invisible or direction characters");
    }
  }

  /** Whether a character is invisible, controls its neighbours, or is none at all. */
  static boolean deceptive(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> blank(point) || selector(point) || nonCharacter(point);
    };
  }

  /** Letters and marks that are drawn as nothing. */
  private static boolean blank(int point) {
    return switch (point) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default -> false;
    };
  }

  private static boolean selector(int point) {
    boolean variation = point >= 0xFE00 && point <= 0xFE0D;
    boolean mongolian = point >= 0x180B && point <= 0x180F;
    boolean supplementary = point >= 0xE0000 && point <= 0xE0FFF;
    return variation || mongolian || supplementary;
  }

  private static boolean nonCharacter(int point) {
    return (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
  }

  private static boolean leavesInk(int point) {
    return switch (Character.getType(point)) {
      case Character.SPACE_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK ->
          false;
      default -> point != EMOJI_STYLE && point != TEXT_STYLE;
    };
  }
}
