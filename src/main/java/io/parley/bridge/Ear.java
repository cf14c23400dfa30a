package io.parley.bridge;

import io.parley.bus.Bytes;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import java.util.List;
import java.util.Optional;

/**
 * One listener on this node, such as the hub of one event loop. Called on the event loop of the
 * {@link Feeds}; it goes over to its own.
 */
interface Ear {

  /** What arrived together, logs one after the other, each in order and without a gap. */
  void hear(Parcel parcel);

  /**
   * No owner of any log can be reached any more: whoever depends on this node is better off away.
   */
  void forsaken();

  /** Entries and fleeting messages, by reference. */
  record Parcel(List<Run> runs, List<LogApi.Fleeting> fleeting) {}

  /** Consecutive entries of one log. */
  record Run(LogId log, List<LogApi.Encoded> entries) {}

  /** What stands where the store has nothing. */
  static LogApi.Encoded absent(LogId log, long seq) {
    Bytes json = Envelope.absent(log, seq);
    return new LogApi.Encoded(log, seq, json, Optional.empty());
  }
}
