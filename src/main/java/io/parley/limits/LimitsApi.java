package io.parley.limits;

import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import java.util.List;

/** What may be asked of limits: comparing what nodes have counted, and trying to prove oneself. */
public interface LimitsApi {

  /**
   * Adds what a node has counted to what all have, and tells the sum for each, in the same order.
   * At most 500 at once, otherwise TOO_LARGE. Fails UNAVAILABLE.
   */
  Endpoint<Compare, Compared> COMPARE =
      new Endpoint<>("limits.compare", Compare.class, Compared.class);

  /**
   * Asks whether somebody may try to prove who they are, and counts the try as a failure until it
   * is settled otherwise, so that many at once gain nothing. Fails RATE_LIMITED with the time to
   * wait, in the same way whether there is such an account or not, and UNAVAILABLE: without memory
   * of failures nobody is let in.
   */
  Endpoint<Attempt, Ticket> ATTEMPT = new Endpoint<>("limits.attempt", Attempt.class, Ticket.class);

  /** How a try has ended, when it was no failure. Fails UNAVAILABLE. */
  Endpoint<Settle, Done> SETTLE = new Endpoint<>("limits.settle", Settle.class, Done.class);

  /** Somebody is known at a place, as if they had proved themselves there. Fails UNAVAILABLE. */
  Endpoint<Trust, Done> TRUST = new Endpoint<>("limits.trust", Trust.class, Done.class);

  Contract CONTRACT = Contract.of(LimitsApi.class);

  record Compare(List<Count> counts) {
    @Override
    public String toString() {
      return "Compare[" + counts.size() + " counts]";
    }
  }

  /**
   * What somebody did at one node since it was last compared.
   *
   * @param who kept out of every text form
   * @param taken fewer than none when more was put back
   */
  record Count(Rate rate, String who, int taken, int refused) {
    @Override
    public String toString() {
      return "Count[" + rate + "]";
    }
  }

  record Compared(List<Sum> sums) {}

  /**
   * How somebody stands with all nodes together.
   *
   * @param fillMicros in how many microseconds what was taken will be forgotten
   * @param banMicros for how long nothing is granted
   */
  record Sum(long fillMicros, long banMicros) {}

  /**
   * A try, or a place where somebody is known. Both words are kept out of every text form.
   *
   * @param account what somebody says that they are, folded; nobody need be known by it
   * @param place the address that it is tried from, as it is counted
   */
  record Attempt(String account, String place) {
    @Override
    public String toString() {
      return "Attempt[***]";
    }
  }

  /**
   * What is needed to settle a try.
   *
   * @param known whether this account was proved from this place before, so that it was counted for
   *     both together only
   * @param marks the pauses that the try has begun, for those who count it, in their order
   */
  record Ticket(boolean known, List<String> marks) {}

  /**
   * @param proved false when it was not found out, through no fault of the one who tried
   */
  record Settle(Attempt attempt, Ticket ticket, boolean proved) {}

  record Trust(List<String> accounts, String place) {
    @Override
    public String toString() {
      return "Trust[***]";
    }
  }

  record Done() {}
}
