package io.parley.cluster;

import com.hazelcast.config.TcpIpConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * The other nodes of one machine: those of the candidates that listen just now, and of those that
 * were met since, so that a node which was taken for lost finds back to them.
 *
 * <p>Looked up anew each time Hazelcast asks, since waiting for one that is not there would cost a
 * second at the start and three at the stop.
 */
final class Neighbours extends TcpIpConfig {
  private static final int PATIENCE_MILLIS = 200;
  private static final int MOST = 64;

  private final Set<String> candidates = new CopyOnWriteArraySet<>();

  /**
   * @param candidates each {@code host:port}
   */
  Neighbours(List<String> candidates) {
    this.candidates.addAll(candidates);
  }

  /**
   * Another node was seen in the cluster.
   *
   * @param member {@code host:port}
   */
  void met(String member) {
    if (candidates.size() >= MOST) {
      candidates.removeIf(each -> !answers(each));
    }
    candidates.add(member);
  }

  /** How many are looked for. */
  int known() {
    return candidates.size();
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
