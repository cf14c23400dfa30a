package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.bus.Bytes;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.bus.Topic;
import java.util.List;
import java.util.Optional;

/**
 * What may be asked of the logs.
 *
 * <p>APPEND, ADMIT, SIGNAL, LEASE, RELEASE and KEEP_ALIVE go to the owner of the log's shard
 * ({@code endpoint.at(owner.place())}) and fail NOT_OWNER elsewhere; the rest is answered from the
 * store by anyone. Use {@link LogClient}, which finds the owner and tries again.
 */
public interface LogApi {

  /**
   * Adds one entry, durably; answered after the commit. Fails NOT_MEMBER, BANNED, MUTED, READ_ONLY
   * as {@link Admission} says, RATE_LIMITED, SLOW_MODE, CID_CONFLICT, OVERLOADED, TIMEOUT (unknown:
   * ask again with the same cid), NOT_OWNER.
   */
  Endpoint<Append, Appended> APPEND = new Endpoint<>("log.append", Append.class, Appended.class);

  /**
   * Whether a user may read a log, and as of which head. Fails NOT_FOUND or NOT_MEMBER, BANNED,
   * NOT_OWNER.
   */
  Endpoint<Admit, Admitted> ADMIT = new Endpoint<>("log.admit", Admit.class, Admitted.class);

  /**
   * Something fleeting from a member, such as typing: coalesced to one a second, never stored, may
   * be lost; in rooms of more than 100 members it is.
   */
  Endpoint<Signal, Done> SIGNAL = new Endpoint<>("log.signal", Signal.class, Done.class);

  /**
   * Asks for every later entry of these logs to be delivered to a node: every entry after the heads
   * in the answer. At most 1,000 logs a message, all of one owner. Fails NOT_OWNER, and CONFLICT
   * for a generation older than one that the owner has seen.
   */
  Endpoint<Lease, Leased> LEASE = new Endpoint<>("log.lease", Lease.class, Leased.class);

  /** Gives leases back; those of another generation stay as they are. */
  Endpoint<Release, Done> RELEASE = new Endpoint<>("log.release", Release.class, Done.class);

  /**
   * Says that a node still listens, each 5 s to each owner, and sooner when a quarter of {@link
   * #MAX_UNCONFIRMED} has come since the last time; the answer tells whether both sides see the
   * same.
   */
  Endpoint<KeepAlive, Alive> KEEP_ALIVE =
      new Endpoint<>("log.keepalive", KeepAlive.class, Alive.class);

  /** Entries after a position, oldest first, at most 500 and about 1 MiB. */
  Endpoint<Read, Page> READ = new Endpoint<>("log.read", Read.class, Page.class);

  /** Visible entries, in their current state, around a position, oldest first. */
  Endpoint<History, HistoryPage> HISTORY =
      new Endpoint<>("log.history", History.class, HistoryPage.class);

  /** The heads of many logs, from the store. At most 1,000. */
  Endpoint<Heads, HeadsFound> HEADS = new Endpoint<>("log.heads", Heads.class, HeadsFound.class);

  /**
   * How many countable entries of a user's own stand after each of these places, to be left out of
   * unread. At most 1,000.
   */
  Endpoint<Own, OwnFound> OWN = new Endpoint<>("log.own", Own.class, OwnFound.class);

  /**
   * How many messages of others after each of these places mention a user, or everybody in the
   * room. At most 1,000.
   */
  Endpoint<Own, OwnFound> MENTIONS = new Endpoint<>("log.mentions", Own.class, OwnFound.class);

  /** What is unread to somebody who has read up to a place, oldest first, as HISTORY shows it. */
  Endpoint<Unread, UnreadFound> UNREAD =
      new Endpoint<>("log.unread", Unread.class, UnreadFound.class);

  /**
   * The newest message after each of these places, as HISTORY shows it; nothing for a log that has
   * none among its newest 500 entries. In the order asked, until about 384 KiB are full. At most
   * 1,000.
   */
  Endpoint<Lasts, LastsFound> LASTS = new Endpoint<>("log.lasts", Lasts.class, LastsFound.class);

  /**
   * Entries at places of several logs, as HISTORY shows them, in the order asked, until about 1 MiB
   * is full; nothing for places where there is none. At most 1,000.
   */
  Endpoint<Show, ShownFound> SHOW = new Endpoint<>("log.show", Show.class, ShownFound.class);

  /** What an owner tells a node that holds leases: {@code DELIVERY.at(node)}. */
  Topic<Delivery> DELIVERY = new Topic<>("log.delivery", Delivery.class);

  /**
   * Fleeting messages that others made, for whoever listens to these logs: {@code
   * NOTES.at(owner.place())}. May be lost.
   */
  Topic<Notes> NOTES = new Topic<>("log.notes", Notes.class);

  /** Which rooms have new entries, and their heads now: each room at most once a second. */
  Topic<Moved> MOVED = new Topic<>("log.moved", Moved.class);

  /** The same for all who follow every log: a hint, which may be lost. */
  Topic<Moved> STIRRED = new Topic<>("log.stirred", Moved.class);

  /** What is remembered of who may do what with these logs may be out of date: it is read anew. */
  Topic<Doubted> DOUBTED = new Topic<>("log.doubted", Doubted.class);

  /** How many unconfirmed bytes an owner has under way to a node; beyond, it skips deliveries. */
  long MAX_UNCONFIRMED = 4L << 20;

  Contract CONTRACT = Contract.of(LogApi.class);

  /**
   * Both times are milliseconds of the owner's own clock that never jumps, as {@link
   * Ownership#clock} tells them.
   *
   * @param deadline until when the caller wants to know; nothing is numbered after that
   * @param attempt until when this attempt is waited for. Who asks once more may be told something
   *     else, so that from then on nothing is numbered but on what was known before
   */
  record Append(LogId log, Draft draft, long deadline, long attempt) {}

  /**
   * @param at epoch milliseconds, never less than that of the entry before
   * @param n countable messages up to and including this one
   * @param id the entry's own id, a UUIDv7
   * @param duplicate whether the entry stood already, from an earlier try with the same cid
   */
  record Appended(long seq, long n, long at, String cursor, String id, boolean duplicate) {}

  /**
   * @param seen an entry that is known to stand: an owner that does not know it is behind, and
   *     reads the log anew; 0 for none
   */
  record Admit(LogId log, UserId user, long seen) {}

  /**
   * @param since the first position the user may read, 0 for all
   */
  record Admitted(Head head, long since) {}

  /**
   * @param kind a word of the wire format, such as {@code typing}
   */
  record Signal(LogId log, UserId user, String kind) {}

  record Done() {}

  /**
   * @param generation grows each time the node starts to listen anew; deliveries of older ones are
   *     ignored
   */
  record Lease(List<LogId> logs, String node, long generation) {}

  /**
   * @param incarnation of the owner; another one means that everything it knew is gone
   * @param lastNumber the number of the last delivery to this node before the leases began
   */
  record Leased(List<Head> heads, long incarnation, long lastNumber) {}

  record Release(List<LogId> logs, String node, long generation) {}

  /**
   * @param leases how many leases the node believes to hold at this owner
   * @param lastNumber the number of the last delivery it has seen from it
   */
  record KeepAlive(String node, long generation, int leases, long lastNumber) {}

  /**
   * @param leases how many the owner knows; different means: send the list again
   * @param lastNumber the number of the owner's last delivery to the node; different means: compare
   *     heads
   */
  record Alive(long incarnation, int leases, long lastNumber) {}

  /**
   * @param cursor where the reader stands, checked against the log; takes precedence over {@code
   *     after}
   * @param through the last position wanted, or {@link Long#MAX_VALUE}
   * @param since the first position the reader may see; edits of what is before have no words
   */
  record Read(
      LogId log, Optional<String> cursor, long after, long through, long since, int limit) {}

  /**
   * @param more whether entries up to {@code through} are missing for want of room
   * @param reset whether the cursor does not fit what the reader may see of this log: what they
   *     have is not the beginning of it
   */
  record Page(List<Encoded> entries, boolean more, boolean reset, Head head) {}

  /**
   * At most one of the three positions; none means the newest.
   *
   * @param viewer whose own reactions are told apart; without one there are none
   */
  record History(
      LogId log,
      Optional<Long> before,
      Optional<Long> after,
      Optional<Long> around,
      long since,
      int limit,
      Optional<UserId> viewer) {}

  /**
   * @param asOf every entry up to this head is applied, and perhaps later ones, as the {@code rev}
   *     of a message tells
   */
  record HistoryPage(List<Encoded> entries, boolean older, boolean newer, Head asOf) {}

  record Heads(List<LogId> logs) {}

  record HeadsFound(List<Head> heads) {}

  /** Up to {@code through}, for each place: what goes together with a head ends there. */
  record Own(UserId user, List<Place> places, Optional<List<Long>> through) {}

  /** A position in a log; 0 is before the first entry. */
  record Place(LogId log, long seq) {}

  record OwnFound(List<Long> counts) {}

  record Unread(UserId user, Place after, int limit) {}

  /**
   * @param mentioning the places of those that mention the user
   */
  record UnreadFound(List<Encoded> entries, List<Long> mentioning, boolean more) {}

  record Lasts(List<Place> places) {}

  record LastsFound(List<Encoded> entries) {}

  /**
   * @param viewer whose own reactions are told apart; without one there are none
   */
  record Show(List<Place> places, Optional<UserId> viewer) {}

  /**
   * @param looked how many of the places were looked at before it was full
   */
  record ShownFound(List<Encoded> entries, int looked) {}

  /**
   * The newest entry of a log; all zero and no time for an empty one.
   *
   * @param cursor for a reader who has seen everything
   */
  record Head(LogId log, long seq, long n, long at, String cursor) {}

  /**
   * An entry as it goes over the wire, encoded once.
   *
   * @param json the object of the wire format
   * @param expels whose sockets must leave its address after this, {@link Draft.Change#EVERYBODY}'s
   * @param amends the message that it gives other words, which are for those who may see it
   */
  record Encoded(LogId log, long seq, Bytes json, Optional<UserId> expels, Optional<Long> amends) {
    /** What gives no message other words. */
    public Encoded(LogId log, long seq, Bytes json, Optional<UserId> expels) {
      this(log, seq, json, expels, Optional.empty());
    }
  }

  /** A fleeting message as it goes over the wire. */
  record Fleeting(LogId log, Bytes json) {}

  record Notes(List<Fleeting> notes) {}

  /** New heads, and who is mentioned by what is new. */
  record Moved(List<Head> heads, Optional<List<Mentioned>> mentioned) {}

  /** A message that mentions somebody, or everybody but its author. */
  record Mentioned(Place place, UserId author, List<UserId> users, boolean everybody) {}

  /** These logs, or all there are. */
  record Doubted(List<LogId> logs, boolean all) {}

  /**
   * @param owner the place of the sender
   * @param number grows by one from delivery to delivery, for each pair of owner and node
   */
  record Delivery(
      String owner,
      long incarnation,
      long number,
      List<Encoded> entries,
      List<Fleeting> fleeting) {}
}
