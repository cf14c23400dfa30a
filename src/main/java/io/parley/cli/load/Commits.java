package io.parley.cli.load;

/**
 * What owners of logs on a node have written up to a moment, or between two.
 *
 * @param count writes to the store
 * @param entries in all of them
 */
record Commits(double count, double entries) {
  static final Commits NONE = new Commits(0, 0);

  static Commits of(Scrape counted) {
    return new Commits(
        counted.total("parley_log_commits_total"), counted.total("parley_log_batch_entries_sum"));
  }

  Commits since(Commits earlier) {
    return new Commits(count - earlier.count, entries - earlier.entries);
  }

  Commits plus(Commits other) {
    return new Commits(count + other.count, entries + other.entries);
  }

  /** How many entries were written at once, on average. */
  double entriesEach() {
    return count == 0 ? 0 : entries / count;
  }
}
