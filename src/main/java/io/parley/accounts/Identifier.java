package io.parley.accounts;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.parley.failure.Failure;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an account is known by, and what one can sign in with.
 *
 * @param value the normalised form, which only one account can have
 * @param shown as its owner wrote it
 */
public record Identifier(Kind kind, String value, String shown) {
  private static final int USERNAME_MAX = 64;
  private static final int EMAIL_MAX = 254;
  private static final int LOCAL_PART_MAX = 64;
  private static final int PHONE_MAX = 40;
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern DIALLED = Pattern.compile("\\+[\\p{Nd}\\p{Zs} ()./-]+");
  private static final Pattern LOCAL_PART =
      Pattern.compile("[^\\s@\"(),:;<>\\[\\]\\\\.]++(?:\\.[^\\s@\"(),:;<>\\[\\]\\\\.]++)*+");
  private static final Pattern HOST =
      Pattern.compile("(?!-)[a-z0-9-]{1,63}(?<!-)(?:\\.(?!-)[a-z0-9-]{1,63}(?<!-))*+");

  /** The kinds, each with the name of its field. */
  public enum Kind {
    EMAIL("email"),
    PHONE_NUMBER("phoneNumber"),
    USERNAME("username");

    private final String field;

    Kind(String field) {
      this.field = field;
    }

    /** The field that carries it in requests, and its word in stores. */
    public String field() {
      return field;
    }
  }

  /** An e-mail address, unique without regard to case. Fails INVALID, TOO_LARGE. */
  public static Identifier email(String text) {
    String field = Kind.EMAIL.field;
    Names.refuseLongerThan(field, text, EMAIL_MAX);
    String address = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    Names.refuseDeceptive(field, address);
    int at = address.lastIndexOf('@');
    String local = at < 0 ? "" : address.substring(0, at);
    String host = at < 0 ? "" : ascii(address.substring(at + 1));
    if (!LOCAL_PART.matcher(local).matches()
        || !HOST.matcher(host).matches()
        || size(local) > LOCAL_PART_MAX
        || size(local) + 1 + size(host) > EMAIL_MAX) {
      throw Failure.invalid(field, "email", "must be an e-mail address such as ana@example.org");
    }
    return new Identifier(Kind.EMAIL, Names.folded(local) + "@" + host, address);
  }

  /** A phone number with its country code, kept in E.164. Fails INVALID, TOO_LARGE. */
  public static Identifier phoneNumber(String text) {
    String field = Kind.PHONE_NUMBER.field;
    Names.refuseLongerThan(field, text, PHONE_MAX);
    String number = DIALLED.matcher(text.strip()).matches() ? e164(text) : "";
    if (!E164.matcher(number).matches()) {
      throw Failure.invalid(
          field, "phone", "must be a phone number with its country code, such as +49 30 1234567");
    }
    return new Identifier(Kind.PHONE_NUMBER, number, number);
  }

  /**
   * A username that somebody chooses, unique without regard to case. Fails INVALID, TOO_LARGE; also
   * for what would pass for another name because its letters are of several scripts.
   */
  public static Identifier username(String text) {
    Identifier username = anyUsername(text);
    if (!Scripts.belongTogether(username.shown)) {
      throw Failure.invalid(
          Kind.USERNAME.field,
          "scripts",
          "must have letters of one script only, and digits of one kind");
    }
    if (!Scripts.bearable(username.shown)) {
      throw Failure.invalid(
          Kind.USERNAME.field,
          "marks",
          "must not have more than " + Scripts.MARKS_MAX + " marks in a row");
    }
    return username;
  }

  /** One that was chosen once; rules for what may be chosen may have become stricter since. */
  private static Identifier anyUsername(String text) {
    String field = Kind.USERNAME.field;
    Names.refuseLongerThan(field, text, USERNAME_MAX);
    String name = Normalizer.normalize(text, Normalizer.Form.NFKC);
    Names.refuseLongerThan(field, name, USERNAME_MAX);
    Names.refuseDeceptive(field, name);
    if (!name.codePoints().allMatch(Identifier::fitsUsername)
        || name.codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw Failure.invalid(field, "username", "must consist of letters, digits and . _ -");
    }
    return new Identifier(Kind.USERNAME, Names.folded(name), name);
  }

  /** One of a kind, as above. */
  static Identifier of(Kind kind, String text) {
    return switch (kind) {
      case EMAIL -> email(text);
      case PHONE_NUMBER -> phoneNumber(text);
      case USERNAME -> username(text);
    };
  }

  /** What a guesser of passwords would begin with, folded. */
  List<String> guesses() {
    return switch (kind) {
      case USERNAME -> List.of(value);
      case EMAIL -> List.of(value, value.substring(0, value.lastIndexOf('@')));
      case PHONE_NUMBER -> List.of(value.substring(1));
    };
  }

  /** Where mail to this address goes: to its owner's spelling, at a host of ASCII. */
  public String mailbox() {
    return shown.substring(0, shown.lastIndexOf('@')) + value.substring(value.lastIndexOf('@'));
  }

  /** What somebody typed to sign in; empty when no account can be known by it. */
  public static Optional<Identifier> typed(String text) {
    try {
      Names.refuseLongerThan("identifier", text, EMAIL_MAX);
      String typed = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
      if (typed.indexOf('@') >= 0) {
        return Optional.of(email(typed));
      }
      return Optional.of(typed.startsWith("+") ? phoneNumber(typed) : anyUsername(typed));
    } catch (Failure impossible) {
      return Optional.empty();
    }
  }

  private static String e164(String text) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    try {
      return phones.format(phones.parse(text, null), PhoneNumberUtil.PhoneNumberFormat.E164);
    } catch (NumberParseException notOne) {
      return "";
    }
  }

  private static String ascii(String host) {
    try {
      return IDN.toASCII(host).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notOne) {
      return "";
    }
  }

  private static boolean fitsUsername(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
      default -> Character.isLetterOrDigit(point) || point == '.' || point == '_' || point == '-';
    };
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
