package io.parley.cluster;

import com.hazelcast.config.TcpIpConfig;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The nodes that the configuration names, and those that are connected just now without a name. */
final class NamedMembers extends TcpIpConfig {
  private final List<String> named;
  private volatile Set<String> callers = Set.of();

  /**
   * @param named each {@code host:port} or {@code host}
   */
  NamedMembers(List<String> named) {
    this.named = List.copyOf(named);
  }

  /** Who is connected now, each {@code host:port}. */
  void callers(Set<String> now) {
    callers = Set.copyOf(now);
  }

  @Override
  public List<String> getMembers() {
    return Stream.concat(named.stream(), callers.stream()).distinct().toList();
  }
}
