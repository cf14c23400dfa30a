package io.parley.cluster;

import com.hazelcast.config.TcpIpConfig;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that a name stands for, such as a headless service of Kubernetes.
 *
 * <p>Resolved anew each time Hazelcast asks: when it joins, and while it looks for the others of a
 * cluster that fell apart.
 */
final class NamedNodes extends TcpIpConfig {
  private static final Logger LOG = LoggerFactory.getLogger(NamedNodes.class);

  private final String name;
  private final int port;
  private final List<String> known;
  private final Resolver resolver;
  private List<String> last = List.of();

  /** Looks up a name. */
  interface Resolver {
    InetAddress[] addresses(String name) throws UnknownHostException;
  }

  /**
   * @param port where each of them listens
   * @param known further nodes, {@code host:port}
   */
  NamedNodes(String name, int port, List<String> known, Resolver resolver) {
    this.name = name;
    this.port = port;
    this.known = known;
    this.resolver = resolver;
  }

  @Override
  public synchronized List<String> getMembers() {
    List<String> found = resolve();
    if (!found.equals(last)) {
      LOG.info("{} stands for {}", name, found);
      last = found;
    }
    return Stream.concat(known.stream(), found.stream()).distinct().toList();
  }

  /** A name that nobody knows yet is nobody's: the first node of all is asked for its own. */
  private List<String> resolve() {
    try {
      return Arrays.stream(resolver.addresses(name)).map(this::member).sorted().toList();
    } catch (UnknownHostException nobody) {
      return List.of();
    }
  }

  private String member(InetAddress address) {
    String text = address.getHostAddress();
    return (address instanceof Inet6Address ? "[" + text + "]" : text) + ":" + port;
  }
}
