package io.parley.search;

/**
 * A word as it is compared, and where it stands.
 *
 * @param word folded; letters, digits, marks and pictures only
 * @param position from 1; the next word has the next number
 * @param start in the text as it was written, counted as JavaScript counts
 * @param half behind the first of two characters that stand together, otherwise as the end
 * @param end behind it
 * @param spare the last character of a run, which its neighbour has as well: there to be found by
 *     itself
 */
record Token(String word, int position, int start, int half, int end, boolean spare) {}
