package io.parley.search;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody looks for: {@code tea "green leaves" -milk from:ann in:kitchen has:link
 * after:2026-01-31}. All of it has to hold.
 *
 * @param terms all of which have to be there, or to be absent
 * @param from names of authors, any of whom will do
 * @param in names of rooms, any of which will do
 * @param link whether it has to have a link
 * @param since epoch milliseconds
 * @param until likewise; what was written then is not wanted any more
 */
record Query(
    List<Term> terms, List<String> from, List<String> in, boolean link, long since, long until) {
  static final int LONGEST = 500;
  private static final int MOST_TERMS = 20;
  private static final int MOST_NAMES = 10;

  /** Reads it. Fails INVALID naming the rule, and TOO_LARGE. */
  static Query parse(String text) {
    if (text.codePointCount(0, text.length()) > LONGEST) {
      throw Failure.of(Reason.TOO_LARGE, "query is limited to " + LONGEST + " characters")
          .with("field", "query")
          .with("limit", LONGEST);
    }
    return new Reading(text).query();
  }

  /** Whether there is a word that has to be there. */
  boolean worded() {
    return terms.stream().anyMatch(term -> !term.excluded());
  }

  /** Whether these words are what is looked for. */
  boolean matches(List<Token> tokens) {
    return terms.stream().allMatch(term -> term.found(tokens).isEmpty() == term.excluded());
  }

  /** Where the words that are looked for stand, in their order and without overlap. */
  List<SearchApi.Range> ranges(List<Token> tokens) {
    List<SearchApi.Range> found =
        terms.stream()
            .filter(term -> !term.excluded())
            .flatMap(term -> term.found(tokens).stream())
            .sorted()
            .toList();
    List<SearchApi.Range> ranges = new ArrayList<>();
    for (SearchApi.Range next : found) {
      int last = ranges.size() - 1;
      if (last >= 0 && next.start() < ranges.get(last).end()) {
        int end = Math.max(ranges.get(last).end(), next.end());
        ranges.set(last, new SearchApi.Range(ranges.get(last).start(), end));
      } else {
        ranges.add(next);
      }
    }
    return List.copyOf(ranges);
  }

  private static Failure invalid(String rule, String detail) {
    return Failure.invalid("query", rule, detail);
  }

  /** Reads from left to right, once. */
  private static final class Reading {
    private final String text;
    private final List<Term> terms = new ArrayList<>();
    private final List<String> from = new ArrayList<>();
    private final List<String> in = new ArrayList<>();
    private String last = "";
    private boolean link;
    private long since = Long.MIN_VALUE;
    private long until = Long.MAX_VALUE;
    private int place;

    Reading(String text) {
      this.text = text;
    }

    Query query() {
      for (blanks(); place < text.length(); blanks()) {
        part();
      }
      openLast();
      Query query =
          new Query(List.copyOf(terms), List.copyOf(from), List.copyOf(in), link, since, until);
      if (!query.worded() && from.isEmpty() && !link) {
        throw invalid("empty", "needs a word to look for, or from: or has:");
      }
      if (terms.size() > MOST_TERMS) {
        throw invalid("many", "may have at most " + MOST_TERMS + " words")
            .with("limit", MOST_TERMS);
      }
      if (from.size() > MOST_NAMES || in.size() > MOST_NAMES) {
        throw invalid("many", "may name at most " + MOST_NAMES + " people and as many rooms")
            .with("limit", MOST_NAMES);
      }
      return query;
    }

    private void blanks() {
      while (place < text.length() && blank(text.charAt(place))) {
        place++;
      }
    }

    private static boolean blank(char c) {
      return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private void part() {
      boolean excluded = text.charAt(place) == '-' && !ends(place + 1);
      if (excluded) {
        place++;
      }
      if (text.charAt(place) == '"') {
        add(quoted(), false, excluded);
        return;
      }
      Optional<Operator> operator = Operator.at(text, place);
      if (operator.isEmpty()) {
        add(bare(), true, excluded);
        return;
      }
      if (excluded) {
        throw invalid("not", "may have - before words only");
      }
      place += operator.get().word().length() + 1;
      apply(operator.get());
    }

    /** Only of the last word the beginning is enough; what is not a word may follow it. */
    private void add(String typed, boolean bare, boolean excluded) {
      Term.of(typed, false, excluded)
          .ifPresent(
              term -> {
                terms.add(term);
                last = bare && !excluded ? typed : "";
              });
    }

    private void openLast() {
      Term.of(last, true, false).ifPresent(open -> terms.set(terms.size() - 1, open));
    }

    private boolean ends(int index) {
      return index >= text.length() || blank(text.charAt(index));
    }

    private String quoted() {
      int end = text.indexOf('"', place + 1);
      if (end < 0) {
        throw invalid("quote", "has a \" without another");
      }
      String inside = text.substring(place + 1, end);
      place = end + 1;
      return inside;
    }

    private String bare() {
      int begin = place;
      while (!ends(place) && (place == begin || text.charAt(place) != '"')) {
        place++;
      }
      return text.substring(begin, place);
    }

    private void apply(Operator operator) {
      if (ends(place)) {
        throw invalid(operator.word(), "says nothing after " + operator.word() + ":");
      }
      String value = text.charAt(place) == '"' ? quoted() : bare();
      if (value.isBlank()) {
        throw invalid(operator.word(), "says nothing after " + operator.word() + ":");
      }
      switch (operator) {
        case FROM -> from.add(value.strip());
        case IN -> in.add(value.strip());
        case HAS -> has(value);
        case BEFORE -> until = Math.min(until, begin(operator, value, 0));
        case AFTER -> since = Math.max(since, begin(operator, value, 1));
        case ON -> {
          since = Math.max(since, begin(operator, value, 0));
          until = Math.min(until, begin(operator, value, 1));
        }
      }
    }

    private void has(String what) {
      if (!what.equalsIgnoreCase("link")) {
        throw invalid("has", "can look for has:link only");
      }
      link = true;
    }

    /** When a day begins, or the one after it, in UTC. */
    private static long begin(Operator operator, String date, int later) {
      try {
        return LocalDate.parse(date)
            .plusDays(later)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .toEpochMilli();
      } catch (DateTimeException | ArithmeticException notOne) {
        throw invalid(
            operator.word(), "wants a date such as 2026-01-31 after " + operator.word() + ":");
      }
    }
  }

  /** What may stand before a colon; before others it is a word like any. */
  private enum Operator {
    FROM,
    IN,
    HAS,
    BEFORE,
    AFTER,
    ON;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Operator> at(String text, int place) {
      for (Operator each : values()) {
        String word = each.word() + ":";
        if (text.regionMatches(true, place, word, 0, word.length())) {
          return Optional.of(each);
        }
      }
      return Optional.empty();
    }
  }
}
