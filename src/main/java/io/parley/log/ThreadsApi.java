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
}
