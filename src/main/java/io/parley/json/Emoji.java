package io.parley.json;

import io.parley.failure.Failure;
import java.util.regex.Pattern;

/** One emoji, as people see it: what one may react with. */
public final class Emoji {
  private static final int LONGEST = 64;

  /** A region's flag, or a picture, perhaps as such or in a skin tone. */
  private static final String PICTURE =
      "(?:\\x{1F3F4}[\\x{E0020}-\\x{E007E}]+\\x{E007F}"
          + "|(?![\\x{1F1E6}-\\x{1F1FF}\\x{1F3FB}-\\x{1F3FF}])"
          + "[\\x{1F000}-\\x{1FAFF}\\x{2194}-\\x{21AA}\\x{2300}-\\x{23FF}\\x{25AA}-\\x{25FE}"
          + "\\x{2600}-\\x{27BF}\\x{2B05}-\\x{2B55}\\x{24C2}\\x{2934}\\x{2935}\\x{3030}\\x{303D}"
          + "\\x{3297}\\x{3299}\\x{A9}\\x{AE}\\x{203C}\\x{2049}\\x{2122}\\x{2139}]"
          + "\\x{FE0F}?[\\x{1F3FB}-\\x{1F3FF}]?)";

  private static final Pattern ONE =
      Pattern.compile(
          "[\\x{1F1E6}-\\x{1F1FF}]{2}"
              + "|[0-9#*]\\x{FE0F}?\\x{20E3}"
              + "|PICTURE(?:\\x{200D}PICTURE)*".replace("PICTURE", PICTURE));

  private Emoji() {}

  /** The same emoji. Fails INVALID, naming the field, for anything else. */
  public static String checked(String field, String emoji) {
    if (emoji.length() > LONGEST || !ONE.matcher(emoji).matches()) {
      throw Failure.invalid(field, "must be one emoji");
    }
    return emoji;
  }
}
