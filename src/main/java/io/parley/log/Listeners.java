package io.parley.log;

import java.util.List;

/** Who must hear of what an owner does. */
interface Listeners {

  /** These have become durable; within a log they are in the order of their places. */
  void committed(List<Entry> entries);

  /** Something may have become durable in this log that nobody here saw. */
  void doubt(LogId log);

  /** Tells one, then the other. */
  default Listeners and(Listeners other) {
    Listeners one = this;
    return new Listeners() {
      @Override
      public void committed(List<Entry> entries) {
        one.committed(entries);
        other.committed(entries);
      }

      @Override
      public void doubt(LogId log) {
        one.doubt(log);
        other.doubt(log);
      }
    };
  }
}
