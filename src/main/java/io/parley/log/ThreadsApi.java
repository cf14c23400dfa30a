package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import java.util.List;
import java.util.Optional;

/** What may be asked of the threads of a log. Answered from the store by anyone. */
public interface ThreadsApi {

  /**
   * The first message of a thread and others of it around a position, oldest first, as {@link
   * LogApi#HISTORY} shows them. Fails NOT_FOUND where no message stands that may have a thread.
   */
  Endpoint<Unfold, Unfolded> UNFOLD =
      new Endpoint<>("threads.unfold", Unfold.class, Unfolded.class);

  /**
   * How threads stand, and what of them is behind somebody's marker; in the order asked. At most
   * 1,000. Asked deep, a thread is gone over once, however many places of it are asked for.
   */
  Endpoint<Weigh, Weighed> WEIGH = new Endpoint<>("threads.weigh", Weigh.class, Weighed.class);

  Contract CONTRACT = Contract.of(ThreadsApi.class);

  /**
   * At most one of before, after and around; none means the newest.
   *
   * @param root the place of the first message
   * @param since the first position the reader may see
   * @param viewer whose own reactions are told apart
   */
  record Unfold(
      LogId log,
      long root,
      Optional<Long> before,
      Optional<Long> after,
      Optional<Long> around,
      long since,
      int limit,
      UserId viewer) {}

  /**
   * @param asOf every entry up to this head is applied, and perhaps later ones, as the {@code rev}
   *     of a message tells
   */
  record Unfolded(
      LogApi.Encoded root,
      List<LogApi.Encoded> entries,
      boolean older,
      boolean newer,
      LogApi.Head asOf) {}

  /**
   * @param deep whether it is wanted how many stand up to where the readers are, and not what of
   *     the rest is whose business
   */
  record Weigh(List<Strand> strands, boolean deep) {}

  /**
   * A thread and a reader of it.
   *
   * @param after where their marker stands
   */
  record Strand(LogId log, long root, UserId reader, long after) {}

  record Weighed(List<Weight> weights) {}

  /**
   * How a thread stands for a reader.
   *
   * @param stands whether there is a message that may have a thread; the rest says nothing if not
   * @param author who wrote the first message
   * @param replies how many messages are in it; deleted ones count
   * @param last the place of the newest, or of the first message where there is none
   * @param at epoch milliseconds of that
   * @param own how many after the marker are the reader's; 0 if it was weighed deep
   * @param mentions how many of others after it mention the reader, or everybody; 0 as well
   * @param n how many stand up to the marker; 0 if it was not weighed deep
   */
  record Weight(
      boolean stands,
      UserId author,
      long replies,
      long last,
      long at,
      long own,
      long mentions,
      long n) {
    /** Of what is no thread. */
    static final Weight NONE = new Weight(false, UserId.SYSTEM, 0, 0, 0, 0, 0, 0);
  }
}
