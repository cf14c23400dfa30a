package io.parley.log;

import io.parley.accounts.UserId;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;

/**
 * Where logs are kept: the truth about every entry.
 *
 * <p>A store promises three things. A batch is stored whole, or up to some entry and not past it,
 * so that no log has a hole; and once {@link #append} has succeeded it survives the loss of any
 * process. No two entries share a place in a log, nor an author's cid, nor a version. What one read
 * has seen, every later read sees.
 *
 * <p>Reads fail UNAVAILABLE when the store cannot be reached.
 */
public interface LogStore {

  /**
   * The order in which a batch is written, the same for all owners, so that none wait in a ring.
   */
  Comparator<Entry> ORDER =
      Comparator.comparing((Entry entry) -> entry.log().id())
          .thenComparing(entry -> entry.log().scope())
          .thenComparingLong(Entry::seq);

  /** What this store is; never changes while its content is continued. */
  Future<Identity> identity();

  /** The newest entry of each of these logs, in the order asked, also of empty logs. */
  Future<List<Top>> tops(List<LogId> logs);

  /**
   * The same for whoever is about to write: the states of all messages have everything in them that
   * stands up to there, also from a write that came to its end halfway.
   */
  Future<List<Top>> open(List<LogId> logs);

  /**
   * Those of these entries that are stored, in no particular order; what they change is changed.
   */
  Future<List<Entry>> find(List<Cid> cids);

  /**
   * Stores all of these entries in one write, and then the new states of messages, unless newer
   * ones stand. They come in {@link #ORDER}, and the states by their age; a message whose state is
   * deleted is cleared, and so are all edits of it. Fails with a {@link Fault} that says what is
   * known of the outcome.
   */
  Future<Void> append(List<Entry> batch, List<Revised> revised);

  /** The same for entries that change no message. */
  default Future<Void> append(List<Entry> batch) {
    return append(batch, List.of());
  }

  /**
   * Entries with {@code after < seq <= through}, oldest first; stops at the limit, or before the
   * entry whose body would pass {@code bytes}, but never before the first.
   */
  Future<List<Entry>> read(LogId log, long after, long through, int limit, long bytes);

  /**
   * Visible entries (those that change no other, and pins) with {@code from <= seq <= through},
   * oldest first: the newest ones of that range or the oldest, within the same two limits. Their
   * states are at least as new as what earlier reads have seen.
   */
  Future<List<Shown>> visible(
      LogId log, long from, long through, boolean newest, int limit, long bytes);

  /**
   * The messages in the thread of another, in that order and within these limits; their states are
   * as new.
   */
  Future<List<Shown>> thread(
      LogId log, long root, long from, long through, boolean newest, int limit, long bytes);

  /**
   * Those entries of a log that stand at these places, oldest first, as {@link #visible} shows
   * them.
   */
  Future<List<Shown>> at(LogId log, List<Long> places);

  /** The places of all pinned messages of a log, in no particular order. */
  Future<List<Long>> pins(LogId log);

  /**
   * The pinned messages of a log, the newest pin first, within the same two limits as above.
   *
   * @param from the first place that counts
   * @param before only those whose pin stands before this place
   */
  Future<List<Shown>> pinned(LogId log, long from, long before, int limit, long bytes);

  /** The edits of a message after a place, oldest first, within the same two limits. */
  Future<List<Entry>> edits(LogId log, long target, long after, int limit, long bytes);

  /** How many countable entries an author has in each of these stretches, in the order asked. */
  Future<List<Long>> own(UserId author, List<Stretch> stretches);

  /**
   * When each of these authors wrote their newest message, be it in a thread, in epoch
   * milliseconds; nothing for those who never have.
   */
  Future<Map<UserId, Long>> wrote(LogId log, List<UserId> authors);

  /**
   * How many messages of others in each of these stretches mention somebody, or everybody, as they
   * read now, but for those in threads; in the order asked.
   */
  Future<List<Long>> mentions(UserId reader, List<Stretch> stretches);

  /**
   * What of a log is unread to somebody who has read up to a place, oldest first: the countable
   * entries of others. Within the same two limits as {@link #read}.
   */
  Future<List<Shown>> unread(UserId reader, LogApi.Place after, int limit, long bytes);

  /**
   * The newest countable entry after each of these places, in the order asked, until their bodies
   * fill so many bytes; nothing for a log that has none among its newest {@link #LOOK_BACK}.
   */
  Future<List<Shown>> lasts(List<LogApi.Place> places, long bytes);

  /**
   * Which logs of some shards have entries from a time on, whoever wrote them: those of the first
   * {@code limit} of these entries, and all that are as old as the last of them.
   */
  Future<Swath> swath(List<Integer> shards, long from, int limit);

  /**
   * The same of nothing but what may concern threads: the messages in them, and edits and deletions
   * of whatever message; a stretch for each.
   */
  Future<Swath> woven(List<Integer> shards, long from, int limit);

  /** What of each of these strands is whose business, in the order asked. */
  Future<List<Tally>> tallies(List<Strand> strands);

  /** How many messages each of these strands has, whoever wrote them, in the order asked. */
  Future<List<Long>> lengths(List<Strand> strands);

  /**
   * Entries of several logs, those of each stretch oldest first, in the order asked, with their
   * states as {@link #visible} has them.
   */
  Future<List<Shown>> shown(List<Stretch> stretches);

  /** How many entries are looked through for the last countable one of a log. */
  int LOOK_BACK = 500;

  /** The most entries of a batch, and so how far back one that ended halfway can reach in a log. */
  int LARGEST_BATCH = 500;

  /**
   * What a store is.
   *
   * @param epoch another one means that positions no longer mean what they meant
   * @param digestKey what digests are keyed with
   */
  record Identity(int epoch, SecretKey digestKey) {}

  /** The name of an entry before it has a place. */
  record Cid(LogId log, UserId author, String cid) {}

  /**
   * The newest entry of a log.
   *
   * @param version the highest that any entry of the log carries, 0 for none
   */
  record Top(LogId log, long seq, long n, long at, UUID id, long version) {
    private static final UUID NONE = new UUID(0, 0);

    /** Of a log without entries. */
    public static Top empty(LogId log) {
      return new Top(log, 0, 0, 0, NONE, 0);
    }

    /** Where a reader stands who has seen everything. */
    public Cursor cursor(int epoch) {
      return seq == 0 ? Cursor.start(epoch) : Cursor.at(epoch, seq, id);
    }
  }

  /** Some places of a log, both ends included. */
  record Stretch(LogId log, long first, long last) {
    /** How many entries that are at most. */
    public int size() {
      return Math.toIntExact(last - first + 1);
    }
  }

  /**
   * Some of a thread, as it concerns somebody.
   *
   * @param root the place of its first message
   * @param first the first place, included
   * @param last the last place, included
   */
  record Strand(LogId log, long root, UserId reader, long first, long last) {}

  /**
   * @param own what the reader wrote
   * @param mentions messages of others that mention the reader, or everybody, as they read now
   */
  record Tally(long own, long mentions) {}

  /**
   * What has come into some logs since a time.
   *
   * @param stretches those of a log in its order
   * @param next the time to go on from; none when there was no more
   */
  record Swath(List<Stretch> stretches, Optional<Long> next) {}

  /** Why a batch was not cleanly stored, and what is known of it. */
  final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is known. */
    public enum Outcome {
      /** The rest was not stored: a place or cid is taken, or somebody was in the way. */
      CONFLICT,
      /** The rest was not stored: the data were refused, and would be again. */
      REFUSED,
      /** It may be stored, or may yet be. */
      UNKNOWN
    }

    private final Outcome outcome;

    public Fault(Outcome outcome, Throwable cause) {
      super(outcome + ": " + cause.getMessage(), cause);
      this.outcome = outcome;
    }

    public Outcome outcome() {
      return outcome;
    }

    /** The outcome that a failed append speaks of; anything unforeseen is unknown. */
    public static Outcome of(Throwable cause) {
      return cause instanceof Fault fault ? fault.outcome : Outcome.UNKNOWN;
    }
  }
}
