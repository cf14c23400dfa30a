package io.parley.cli.history;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds what clients saw against what the store has. Its promises:
 *
 * <ul>
 *   <li>What was acknowledged is stored once, where it was said to be, as it was sent.
 *   <li>What was refused for good is not stored, nor is anything that nobody sent.
 *   <li>A log is numbered from 1 without a gap; its counts of messages are right; its times never
 *       run backwards.
 *   <li>Whoever sends after an entry was acknowledged or seen, by whomever, stands after it; two
 *       posts over one connection stand in the order in which they were sent.
 *   <li>A reader has every entry from its first head on, once, in order, as stored, through all its
 *       resumptions, up to the end of the log or to its own going.
 *   <li>Nobody gets an entry that is numbered after they had gone, unless they came back.
 *   <li>A page of history is a true part of the log, and knows all that was known when it was asked
 *       for.
 *   <li>Every post is answered in the end, and every reader let in.
 * </ul>
 *
 * <p>The logs must hold nothing but what these clients did, and be read when all is over.
 */
public final class Checker {
  private Checker() {}

  /** All violations; none for a server that keeps its promises. */
  public static List<Violation> check(Collection<History> histories, Collection<RoomLog> logs) {
    Map<String, RoomLog> byRoom =
        logs.stream().collect(Collectors.toMap(RoomLog::room, Function.identity()));
    Ledger ledger = Ledger.of(histories);
    Verdict verdict = new Verdict();
    for (RoomLog log : logs) {
      StoreCheck.judge(log, ledger, verdict);
    }
    PostCheck.judge(ledger, byRoom, verdict);
    OrderCheck.judge(ledger, histories, byRoom, verdict);
    for (History history : histories) {
      ViewCheck.judge(history, byRoom, verdict);
      ShownCheck.judge(history, byRoom, ledger, verdict);
    }
    return verdict.violations();
  }

  /** The log of a room that clients speak of; empty if the store was not asked for it. */
  static RoomLog log(Map<String, RoomLog> logs, String room) {
    RoomLog log = logs.get(room);
    return log == null ? new RoomLog(room, List.of()) : log;
  }
}
