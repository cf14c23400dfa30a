package io.parley.presence;

import io.parley.accounts.UserId;
import io.parley.presence.PresenceApi.Lease;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which sockets there are. Nothing stays for good; all times are milliseconds of the store's own
 * clock. All fail UNAVAILABLE or TIMEOUT when it is not there.
 */
public interface PresenceStore {

  /** Begins or prolongs leases, for so long, and shortens those of who has gone. */
  Future<Told> renew(String node, List<Lease> here, List<Lease> gone, Times times);

  /** What is known of some people; without leases they are not in the answer. */
  Future<Known> read(Collection<UserId> users);

  /** Notes that nodes have left, unless that is known already; they are back when they renew. */
  Future<Void> left(Set<String> nodes);

  /**
   * @param lease how long one lasts
   * @param grace how long somebody may be away without it showing
   */
  record Times(Duration lease, Duration grace) {}

  /**
   * @param since when the store began to remember
   * @param changed those of whom something is other than before
   */
  record Told(long since, Set<UserId> changed) {}

  /**
   * @param since when the store began to remember; 0 when nobody has told it anything
   * @param left when nodes were found to have left
   */
  record Known(long now, long since, Map<String, Long> left, Map<UserId, List<Held>> held) {}

  /**
   * @param gone whether its socket has closed, so that it counts for a while only
   * @param until when it ends
   */
  record Held(String node, boolean idle, boolean gone, long until) {}
}
