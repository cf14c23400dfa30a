package io.parley.log;

import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.bus.Topic;

/** What nodes ask of each other to learn who owns the logs. */
public interface CensusApi {

  /**
   * Whether a node is there and what it may own; put to each node each second, {@code
   * PROBE.at(node)}.
   */
  Endpoint<Probe, Probed> PROBE = new Endpoint<>("census.probe", Probe.class, Probed.class);

  /** A node says unasked what it would answer from now on. */
  Topic<Turn> TURN = new Topic<>("census.turn", Turn.class);

  Contract CONTRACT = Contract.of(CensusApi.class);

  /** What a node is fit for. */
  enum State {
    /** It listens, and owns nothing: it lacks the role, or has yet to start it. */
    BYSTANDER,
    /** It owns its share. */
    READY,
    /** It would own its share, and should only where nobody is ready: it is not well. */
    UNFIT,
    /** It finishes what it has taken, and owns nothing any more. */
    DRAINING
  }

  /**
   * @param node who asks
   */
  record Probe(String node) {}

  /**
   * @param instances how many log verticles share what the node owns
   * @param clock what the node's clock that never jumps says, in milliseconds
   */
  record Probed(State state, int instances, long clock) {}

  record Turn(String node, Probed now) {}
}
