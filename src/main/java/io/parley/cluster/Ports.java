package io.parley.cluster;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * What to do when a port is taken.
 *
 * <p>A port that somebody asked for must be free; a further node on one machine that was told
 * nothing takes the next free one.
 */
public enum Ports {
  FIXED,
  NEXT_FREE;

  private static final int TRIES = 100;

  /**
   * The port to listen on. Fails UNAVAILABLE, naming the setting, when it is taken. Blocks for an
   * instant.
   *
   * @param setting what the operator would change, such as {@code http.port}
   */
  public int choose(String setting, String host, int wanted) {
    if (wanted == 0 || free(host, wanted)) {
      return wanted;
    }
    if (this == NEXT_FREE) {
      for (int port = wanted + 1; port <= Math.min(wanted + TRIES, 65_535); port++) {
        if (free(host, port)) {
          return port;
        }
      }
    }
    throw Failure.of(
        Reason.UNAVAILABLE,
        setting
            + ": "
            + host
            + ":"
            + wanted
            + " is in use or not an address of this machine; stop what listens there or configure"
            + " another");
  }

  private static boolean free(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
