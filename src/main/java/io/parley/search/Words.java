package io.parley.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is kept of a text so that it is found again. */
final class Words {
  /**
   * Stands before every word in place of the number of its room, which the store puts there. No
   * word has it in it.
   */
  static final char ROOM = '~';

  private static final Pattern LINK = Pattern.compile("(?i)\\bhttps?://[^\\s/]");

  private Words() {}

  /** The words of a text with their places, in the form that PostgreSQL reads. */
  static String of(String text) {
    Map<String, StringBuilder> places = new LinkedHashMap<>();
    for (Token token : Lexer.tokens(text)) {
      StringBuilder those = places.get(token.word());
      if (those == null) {
        places.put(token.word(), new StringBuilder().append(token.position()));
      } else {
        those.append(',').append(token.position());
      }
    }
    StringBuilder words = new StringBuilder();
    places.forEach(
        (word, those) ->
            words.append('\'').append(ROOM).append(word).append("':").append(those).append(' '));
    return words.toString();
  }

  /** Whether somebody could follow a link in it. */
  static boolean linked(String text) {
    return LINK.matcher(text).find();
  }

  /** All of these together. */
  static String query(List<Term> terms) {
    return String.join(" & ", terms.stream().map(Term::query).toList());
  }
}
