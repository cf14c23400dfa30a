package io.parley.stores.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds ports that nobody listens on. */
public final class FreePort {
  private static final int MOST = 65_535;

  private FreePort() {}

  /** The first free one from this on. */
  public static int from(String host, int first) {
    for (int port = first; port <= MOST; port++) {
      if (isFree(host, port)) {
        return port;
      }
    }
    throw new StoresException("no port from " + first + " on is free on " + host);
  }

  /** Any free one, chosen by the operating system. */
  public static int any(String host) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StoresException("cannot listen on " + host + ": " + e.getMessage(), e);
    }
  }

  /** Whether one could listen there now. */
  public static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
