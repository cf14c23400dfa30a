package io.parley.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Words that have to stand beside each other, or must not.
 *
 * @param parts in their order, at least one
 * @param excluded whether a message must be without them
 */
record Term(List<Part> parts, boolean excluded) {

  /**
   * One of the words.
   *
   * @param offset how many places after the first
   * @param prefix whether the beginning is enough
   */
  record Part(String word, int offset, boolean prefix) {
    boolean matches(String other) {
      return prefix ? other.startsWith(word) : other.equals(word);
    }
  }

  /**
   * What somebody typed, as a term.
   *
   * @param open whether the last word may go on
   * @return none if there is no word in it
   */
  static Optional<Term> of(String typed, boolean open, boolean excluded) {
    List<Token> tokens = new ArrayList<>(Lexer.tokens(typed));
    tokens.removeIf(Token::spare);
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    List<Part> parts = new ArrayList<>();
    int first = tokens.get(0).position();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean last = i == tokens.size() - 1;
      parts.add(new Part(token.word(), token.position() - first, prefix(token, open && last)));
    }
    return Optional.of(new Term(List.copyOf(parts), excluded));
  }

  /**
   * A single letter begins too many words; a single character of a writing without blanks is found
   * in the pairs that it begins. What was cut off may have gone on anyhow.
   */
  private static boolean prefix(Token token, boolean open) {
    int points = token.word().codePointCount(0, token.word().length());
    if (Folding.unspaced(token.word())) {
      return points == 1;
    }
    return open && points > 1;
  }

  /** Where it stands in a text that was taken apart into these. */
  List<SearchApi.Range> found(List<Token> tokens) {
    List<SearchApi.Range> ranges = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (stands(tokens, i)) {
        Token last = tokens.get(i + parts.get(parts.size() - 1).offset());
        ranges.add(new SearchApi.Range(tokens.get(i).start(), end(last)));
      }
    }
    return ranges;
  }

  /** Of a pair only the character that was looked for. */
  private int end(Token last) {
    Part part = parts.get(parts.size() - 1);
    boolean half = part.prefix() && Folding.unspaced(part.word());
    return half ? last.half() : last.end();
  }

  private boolean stands(List<Token> tokens, int index) {
    for (Part part : parts) {
      int place = index + part.offset();
      if (place >= tokens.size() || !part.matches(tokens.get(place).word())) {
        return false;
      }
    }
    return true;
  }

  /** The form in which PostgreSQL looks for it, with a mark in place of the room's number. */
  String query() {
    StringBuilder query = new StringBuilder(excluded ? "!(" : "(");
    int place = 0;
    for (Part part : parts) {
      if (part.offset() > 0) {
        query.append(" <").append(part.offset() - place).append("> ");
      }
      place = part.offset();
      query.append('\'').append(Words.ROOM).append(part.word()).append('\'');
      if (part.prefix()) {
        query.append(":*");
      }
    }
    return query.append(')').toString();
  }
}
