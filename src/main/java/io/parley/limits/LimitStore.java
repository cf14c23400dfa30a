package io.parley.limits;

import io.parley.limits.LimitsApi.Sum;
import io.parley.limits.LimitsApi.Ticket;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * What limits need remembered for a while. Each method is atomic for each name; all time is that of
 * the store, and nothing stays for good. All fail UNAVAILABLE or TIMEOUT when it is not there.
 */
public interface LimitStore {

  /** Adds what was used, and tells how each stands then, in the same order. */
  Future<List<Sum>> use(List<Use> uses, Ban ban);

  /**
   * Counts a try unless there is a pause.
   *
   * @return how long the pause lasts, or what is needed to settle it
   */
  Future<Try> attempt(Names names, Patience patience);

  /** Takes a try back that was no failure, with the pause that it has begun. */
  Future<Void> forgive(Names names, Ticket ticket);

  /** Forgets the failures of an account at a place, and that it was not known there. */
  Future<Void> trust(Names names, Duration memory);

  /**
   * @param name of who has used it, as the store may know it
   * @param interval in which one of them is forgotten
   * @param taken fewer than none when more was put back
   */
  record Use(Rate rate, String name, Duration interval, int taken, int refused) {}

  /**
   * @param after so many refusals within a minute; 0 for never
   */
  record Ban(int after, Duration time) {}

  /**
   * Who tries from where, as the store may know it.
   *
   * @param account known by that name or not
   * @param place an address
   */
  record Names(String account, String place) {}

  /**
   * How many failures are borne before the first pause, which each further one doubles.
   *
   * @param together of an account at a place
   * @param place of a place with all accounts where it is not known
   * @param account of an account at all places where it is not known
   * @param first the first pause
   * @param longest that of a place
   * @param longestForAccount that of an account at all places
   * @param quiet in which as many are forgotten as are borne
   */
  record Patience(
      int together,
      int place,
      int account,
      Duration first,
      Duration longest,
      Duration longestForAccount,
      Duration quiet) {}

  /**
   * @param pause nothing when it was counted
   */
  record Try(Duration pause, Ticket ticket) {}
}
