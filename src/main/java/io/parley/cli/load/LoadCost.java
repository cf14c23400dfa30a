package io.parley.cli.load;

import java.util.List;

/**
 * What the server used between two moments.
 *
 * @param serverSeconds CPU of the server's own process
 * @param storeSeconds CPU of the stores it started
 */
record LoadCost(double serverSeconds, double storeSeconds, long acks, long deliveries) {

  /** What was used up to now; zero for a server on another machine. */
  static LoadCost now(long server, LoadTimes times) {
    return new LoadCost(
        ProcessCpu.seconds(List.of(server)),
        ProcessCpu.seconds(ProcessCpu.family(server)),
        times.acks(),
        times.deliveries());
  }

  LoadCost since(LoadCost earlier) {
    return new LoadCost(
        serverSeconds - earlier.serverSeconds,
        storeSeconds - earlier.storeSeconds,
        acks - earlier.acks,
        deliveries - earlier.deliveries);
  }
}
