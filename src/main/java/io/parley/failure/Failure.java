package io.parley.failure;

import io.vertx.core.eventbus.ReplyException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one failure type: why a request was refused, in words for the person who can act on it.
 *
 * <p>It has one textual form, used on the bus and towards browsers alike: {@code SLOW_MODE
 * retryAfterMs=4000: wait 4 s}. Details are short machine-readable values ({@code field}, {@code
 * rule}, {@code retryAfterMs}, {@code limit}, {@code until}).
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern TEXT =
      Pattern.compile("([A-Z_]+)((?: [A-Za-z]+=(?:[^ ]*[^ :])?)*): (.*)", Pattern.DOTALL);

  private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl} ]|:$");

  private final Reason reason;
  private final transient Map<String, String> details;

  private Failure(Reason reason, String detail, Map<String, String> details) {
    super(detail, null, false, false);
    this.reason = reason;
    this.details = details;
  }

  /** A failure with a reason and a sentence. */
  public static Failure of(Reason reason, String detail) {
    return new Failure(reason, detail, Map.of());
  }

  /** An INVALID failure that names the field and the rule it broke. */
  public static Failure invalid(String field, String rule) {
    return of(Reason.INVALID, field + " " + rule).with("field", field);
  }

  /**
   * The same with a word for the rule, which never changes, for those who say it in words of their
   * own.
   */
  public static Failure invalid(String field, String word, String rule) {
    return invalid(field, rule).with("rule", word);
  }

  /** What is thrown when something unforeseen happened; nothing of the cause leaves the process. */
  public static Failure internal() {
    return of(Reason.INTERNAL, "something went wrong on the server");
  }

  /**
   * Whatever a future failed with, as a failure: itself, the one a reply carried, the bus's own
   * verdicts as UNAVAILABLE (nobody listens) and TIMEOUT (no answer in time), and INTERNAL for
   * everything else.
   */
  public static Failure from(Throwable cause) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    if (cause instanceof ReplyException reply) {
      return switch (reply.failureType()) {
        case RECIPIENT_FAILURE -> parse(reply.getMessage());
        case NO_HANDLERS -> of(Reason.UNAVAILABLE, "the service is not running just now");
        case TIMEOUT -> of(Reason.TIMEOUT, "no answer in time; the outcome is unknown");
        default -> internal();
      };
    }
    return internal();
  }

  /** Reads the textual form; INTERNAL when it is not one. */
  public static Failure parse(@Nullable String text) {
    Matcher matcher = text == null ? null : TEXT.matcher(text);
    if (matcher == null || !matcher.matches()) {
      return internal();
    }
    Failure failure;
    try {
      failure = of(Reason.valueOf(matcher.group(1)), matcher.group(3));
    } catch (IllegalArgumentException unknown) {
      return internal();
    }
    for (String pair : matcher.group(2).split(" ")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        failure = failure.with(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return failure;
  }

  /**
   * The same failure with one more detail.
   *
   * @param key letters only
   * @param value a word such as a number or a time; blanks, and a colon at its end, become
   *     underscores, since they would end it
   */
  public Failure with(String key, Object value) {
    Map<String, String> more = new LinkedHashMap<>(details());
    more.put(key, UNFIT.matcher(String.valueOf(value)).replaceAll("_"));
    return new Failure(reason, detail(), Collections.unmodifiableMap(more));
  }

  public Reason reason() {
    return reason;
  }

  /** The sentence, without reason and details. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  public Map<String, String> details() {
    return details == null ? Map.of() : details;
  }

  /** The textual form. */
  public String text() {
    StringBuilder text = new StringBuilder(reason.name());
    details().forEach((key, value) -> text.append(' ').append(key).append('=').append(value));
    return text.append(": ").append(detail()).toString();
  }
}
