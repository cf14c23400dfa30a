package io.parley.log;

import io.parley.accounts.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Messages as they are in a log, of 200 characters each: what everything small is measured with.
 */
public final class Samples {
  public static final String TEXT = "x".repeat(200);

  static final int EPOCH = 7;

  private static final long AT = 1_795_487_400_123L;
  private static final long SOME_DAY_MS = 1L << 42;
  private static final String BODY = "{\"text\":\"" + TEXT + "\"}";
  private static final long HIGH = 0x0193_0000_0000_7000L;

  private Samples() {}

  /** One of any number of rooms. */
  public static LogId room(int which) {
    return LogId.room(id(which));
  }

  /** What its author wants to be appended, however long that takes. */
  public static LogApi.Append append(LogId log, int author, long number) {
    return new LogApi.Append(log, draft(author, number), SOME_DAY_MS, SOME_DAY_MS);
  }

  /** So many consecutive entries of one room, as the owner sends them. */
  public static List<LogApi.Encoded> encoded(LogId log, int count) {
    EntryJson json = new EntryJson(EPOCH);
    List<LogApi.Encoded> entries = new ArrayList<>();
    for (int seq = 1; seq <= count; seq++) {
      entries.add(json.encode(entry(log, 1_000_000L + seq)));
    }
    return entries;
  }

  /** Where a reader stands who has seen an entry. */
  public static String cursor(long seq) {
    return Cursor.at(EPOCH, seq, id(seq)).toString();
  }

  static Entry entry(LogId log, long seq) {
    Draft draft = draft(1, seq);
    return new Entry(
        log,
        seq,
        seq,
        AT + seq,
        id(seq),
        draft.kind(),
        draft.author(),
        draft.name(),
        draft.cid(),
        draft.target(),
        draft.countable(),
        Optional.empty(),
        Optional.empty(),
        draft.body(),
        id(-seq));
  }

  static Draft draft(int author, long number) {
    return new Draft(
        "message",
        new UserId(id(author)),
        "Ann Bernstein",
        id(number).toString(),
        BODY,
        Optional.empty(),
        true,
        Optional.empty());
  }

  private static UUID id(long which) {
    return new UUID(HIGH, Long.MIN_VALUE | which);
  }
}
