package io.parley.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or data, written {@code 64KiB}, {@code 10MiB}, {@code 2GiB} or as plain
 * bytes.
 */
public record ByteSize(long bytes) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,15}) ?(B|KiB|MiB|GiB)?", Pattern.CASE_INSENSITIVE);
  private static final Map<String, Integer> SHIFTS =
      Map.of("b", 0, "kib", 10, "mib", 20, "gib", 30);

  /** Reads an amount; an IllegalArgumentException says what is expected. */
  public static ByteSize parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expects a size such as 64KiB, 10MiB or 2GiB");
    }
    String unit = matcher.group(2) == null ? "b" : matcher.group(2).toLowerCase(Locale.ROOT);
    try {
      return new ByteSize(
          Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << SHIFTS.getOrDefault(unit, 0)));
    } catch (ArithmeticException tooMuch) {
      throw new IllegalArgumentException("is more than any machine holds", tooMuch);
    }
  }

  @Override
  public String toString() {
    return bytes + " B";
  }
}
