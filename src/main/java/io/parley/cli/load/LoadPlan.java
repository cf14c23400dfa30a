package io.parley.cli.load;

import io.parley.cli.load.socket.Framing;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What is to be done.
 *
 * @param rest where the REST API is, for each node
 * @param bridges where the sockets are, for each node
 * @param via how messages are sent; they are received by sockets either way
 * @param threads event loops for the sockets
 * @param members how many people, spread evenly over the rooms
 * @param rate what is done in a second, all people together, when it is due whether or not earlier
 *     things were answered
 * @param inFlight how many posts wait for their answer at any time, instead of a rate; 0: the rate
 * @param unanswered how many posts wait for their answer at most, where there is a rate
 * @param warmUp time before measuring begins
 * @param bodyBytes length of each message
 * @param connectRate sockets a second; 0: as fast as they are taken
 * @param missed messages to each room while everybody is away
 * @param stalled how many stop reading
 * @param rounds how often everybody reads, and then some do not
 * @param seed of all that is random
 */
record LoadPlan(
    Scenario scenario,
    List<URI> rest,
    List<URI> bridges,
    Via via,
    Framing framing,
    int threads,
    int members,
    int rooms,
    int rate,
    int inFlight,
    int unanswered,
    Duration warmUp,
    Duration duration,
    int bodyBytes,
    int connectRate,
    int missed,
    int stalled,
    int rounds,
    long seed) {
  LoadPlan {
    rest = List.copyOf(rest);
    bridges = List.copyOf(bridges);
  }

  /** What messages are sent by. */
  enum Via {
    SOCKET,
    REST
  }

  /** The sockets of a member, so that those of each room are spread evenly over the nodes. */
  URI bridge(int member) {
    return bridges.get(member / rooms % bridges.size());
  }

  /** Which room a member is in. */
  int room(int member) {
    return member % rooms;
  }

  /** How many are in a room. */
  int roomSize(int room) {
    return members / rooms + (room < members % rooms ? 1 : 0);
  }

  /** How many messages are sent at the rate, those of the warm-up included. */
  int messages() {
    return (int) ((warmUp.toMillis() + duration.toMillis()) * rate / 1000);
  }

  /** How many of them are not measured. */
  int warmUpMessages() {
    return (int) (warmUp.toMillis() * rate / 1000);
  }

  /** How often the first so many messages are received, when members post in turns. */
  long receptions(int messages) {
    long inTurn = 0;
    long rest = 0;
    for (int member = 0; member < members; member++) {
      int size = roomSize(room(member));
      inTurn += size;
      rest += member < messages % members ? size : 0;
    }
    return messages / members * inTurn + rest;
  }

  boolean closedLoop() {
    return inFlight > 0;
  }

  /** The same for the first so many members only. */
  LoadPlan among(int some) {
    return with(some, rate, inFlight, warmUp, duration);
  }

  /** The same in another pace, without warming up. */
  LoadPlan paced(int otherRate, int otherInFlight, Duration otherDuration) {
    return with(members, otherRate, otherInFlight, Duration.ZERO, otherDuration);
  }

  private LoadPlan with(
      int otherMembers,
      int otherRate,
      int otherInFlight,
      Duration otherWarmUp,
      Duration otherDuration) {
    return new LoadPlan(
        scenario,
        rest,
        bridges,
        via,
        framing,
        threads,
        otherMembers,
        rooms,
        otherRate,
        otherInFlight,
        unanswered,
        otherWarmUp,
        otherDuration,
        bodyBytes,
        connectRate,
        missed,
        stalled,
        rounds,
        seed);
  }
}
