package io.parley.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes texts apart into words. Letters and digits that stand together are one; of writings without
 * blanks every two characters that stand together are one, and the last of a run by itself as well,
 * so that what begins with a character finds every one of it.
 */
final class Lexer {
  /** Longer words are told apart by their beginning. */
  static final int LONGEST = 64;

  /** PostgreSQL tells no later places apart. */
  private static final int MOST = 16_000;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Cluster> run = new ArrayList<>();

  /** A character with what belongs to it. */
  private record Cluster(String folded, int start, int end) {}

  private Lexer(String text) {
    this.text = text;
  }

  /** The words of a text, in their order. */
  static List<Token> tokens(String text) {
    return new Lexer(text).all();
  }

  private List<Token> all() {
    boolean unspaced = false;
    for (int start = 0; start < text.length() && tokens.size() < MOST; ) {
      int end = end(start);
      Cluster next = new Cluster(Folding.folded(text.substring(start, end)), start, end);
      start = end;
      if (next.folded.isEmpty()) {
        finish(unspaced);
      } else if (Folding.picture(next.folded)) {
        finish(unspaced);
        add(next.folded, next.start, next.end, next.end, false);
      } else {
        boolean now = Folding.unspaced(next.folded);
        if (now != unspaced) {
          finish(unspaced);
        }
        unspaced = now;
        run.add(next);
      }
    }
    finish(unspaced);
    return List.copyOf(tokens);
  }

  /** Where a character ends that begins there, with what belongs to it. */
  private int end(int start) {
    int end = start + Character.charCount(text.codePointAt(start));
    while (end < text.length() && Folding.belongs(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private void finish(boolean unspaced) {
    if (run.isEmpty()) {
      return;
    }
    if (unspaced) {
      pairs();
    } else {
      StringBuilder word = new StringBuilder();
      run.forEach(each -> word.append(each.folded));
      int end = run.get(run.size() - 1).end;
      add(word.toString(), run.get(0).start, end, end, false);
    }
    run.clear();
  }

  private void pairs() {
    for (int i = 0; i + 1 < run.size(); i++) {
      Cluster one = run.get(i);
      Cluster two = run.get(i + 1);
      add(one.folded + two.folded, one.start, one.end, two.end, false);
    }
    Cluster last = run.get(run.size() - 1);
    add(last.folded, last.start, last.end, last.end, run.size() > 1);
  }

  private void add(String word, int start, int half, int end, boolean spare) {
    int points = word.codePointCount(0, word.length());
    String cut = points > LONGEST ? word.substring(0, word.offsetByCodePoints(0, LONGEST)) : word;
    tokens.add(new Token(cut, tokens.size() + 1, start, half, end, spare));
  }
}
