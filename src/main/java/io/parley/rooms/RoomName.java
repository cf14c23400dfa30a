package io.parley.rooms;

import io.parley.failure.Failure;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What a room is called: 1 to 80 code points without control or invisible characters, blanks around
 * it removed.
 *
 * @param text as shown
 */
public record RoomName(String text) {
  private static final int MAX = 80;

  /** The name of a room that has none of its own, such as a direct one. */
  public static final RoomName NONE = new RoomName("");

  /** Checks what somebody typed. Fails INVALID. */
  public static RoomName parse(String typed) {
    String name = Normalizer.normalize(typed, Normalizer.Form.NFC).strip();
    int length = name.codePointCount(0, name.length());
    if (length == 0 || length > MAX) {
      throw Failure.invalid("name", "must have 1 to " + MAX + " characters");
    }
    if (name.codePoints().anyMatch(RoomName::unseen)) {
      throw Failure.invalid("name", "must not contain control or invisible characters");
    }
    return new RoomName(name);
  }

  /** The form in which names are compared: public rooms may not differ by case or width alone. */
  public String key() {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  private static boolean unseen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
