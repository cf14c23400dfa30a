package io.parley.cluster;

import com.hazelcast.config.TcpIpConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The other nodes of one machine, when nobody has named any: whoever listens on the next ports.
 *
 * <p>Looked up anew each time Hazelcast asks, and only those that answer are named, since waiting
 * for one that is not there would cost a second at the start and three at the stop.
 */
final class Neighbours extends TcpIpConfig {
  static final int PORTS = 16;
  private static final int PATIENCE_MILLIS = 200;

  private final InetAddress address;
  private final int first;

  /**
   * @param first the lowest port a neighbour may have
   */
  Neighbours(InetAddress address, int first) {
    this.address = address;
    this.first = first;
  }

  @Override
  public List<String> getMembers() {
    return IntStream.range(first, first + PORTS)
        .filter(this::answers)
        .mapToObj(port -> address.getHostAddress() + ":" + port)
        .toList();
  }

  private boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }
}
