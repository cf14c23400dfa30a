package io.parley.cluster;

import com.hazelcast.config.TcpIpConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/**
 * The other nodes of one machine: those of the candidates that listen just now.
 *
 * <p>Looked up anew each time Hazelcast asks, since waiting for one that is not there would cost a
 * second at the start and three at the stop.
 */
final class Neighbours extends TcpIpConfig {
  private static final int PATIENCE_MILLIS = 200;

  private final List<String> candidates;

  /**
   * @param candidates each {@code host:port}
   */
  Neighbours(List<String> candidates) {
    this.candidates = candidates;
  }

  @Override
  public List<String> getMembers() {
    return candidates.stream().filter(Neighbours::answers).toList();
  }

  private static boolean answers(String candidate) {
    int colon = candidate.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      int port = Integer.parseInt(candidate.substring(colon + 1));
      socket.connect(new InetSocketAddress(candidate.substring(0, colon), port), PATIENCE_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }
}
