package io.parley.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.nio.Connection;
import com.hazelcast.internal.server.ServerConnection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The nodes that are connected to this one, whether or not they are in its cluster.
 *
 * <p>Two clusters become one only when the one that has to give way looks for the other, and which
 * that is depends on their size and addresses. A node that nobody named could ask for ever, were it
 * not looked for in return. Hazelcast says who is connected only inside.
 */
final class Callers {
  private Callers() {}

  /** Where they listen; nobody if this node has stopped. */
  static Set<Address> of(HazelcastInstance member) {
    if (!(member instanceof HazelcastInstanceProxy proxy)
        || !member.getLifecycleService().isRunning()) {
      return Set.of();
    }
    return proxy
        .getOriginal()
        .node
        .getServer()
        .getConnectionManager(EndpointQualifier.MEMBER)
        .getConnections()
        .stream()
        .filter(Connection::isAlive)
        .map(ServerConnection::getRemoteAddress)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
