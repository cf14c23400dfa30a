package io.parley.presence;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Emoji;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody says of what they are about.
 *
 * @param text one line; may be empty beside an emoji
 * @param until when it ends; absent when it stays
 */
public record Status(String text, Optional<String> emoji, Optional<Instant> until) {
  /** Nothing, which takes back what was said before. */
  public static final Status NONE = new Status("", Optional.empty(), Optional.empty());

  private static final int LONGEST = 100;
  private static final Duration FARTHEST = Duration.ofDays(366);

  /** The same as it is kept, if it was typed now. Fails INVALID or TOO_LARGE naming the field. */
  Status checked(Instant now) {
    String line = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    if (line.codePointCount(0, line.length()) > LONGEST) {
      throw Failure.of(Reason.TOO_LARGE, "status.text is limited to " + LONGEST + " characters")
          .with("field", "status.text")
          .with("limit", LONGEST);
    }
    if (line.codePoints().anyMatch(Status::misleading)) {
      throw Failure.invalid("status.text", "must not contain control or direction characters");
    }
    emoji.ifPresent(each -> Emoji.checked("status.emoji", each));
    if (until.isPresent()
        && (!until.get().isAfter(now) || until.get().isAfter(now.plus(FARTHEST)))) {
      throw Failure.invalid("status.until", "must be within a year from now");
    }
    Status status = new Status(line, emoji, until);
    return status.says() ? status : NONE;
  }

  /** Whether there is anything to show. */
  public boolean says() {
    return !text.isEmpty() || emoji.isPresent();
  }

  /** Whether it is still meant. */
  public boolean stands(Instant now) {
    return says() && until.map(now::isBefore).orElse(true);
  }

  /** Lines, too: it is shown beside a name. */
  private static boolean misleading(int point) {
    int type = Character.getType(point);
    boolean breaks =
        type == Character.CONTROL
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    boolean turning = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    return breaks || turning;
  }
}
