package io.parley.cli.load;

/** What a run came to: records, which are also written as JSON. */
interface LoadReport {

  /** For people. */
  String text();
}
