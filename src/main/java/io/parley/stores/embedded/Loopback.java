package io.parley.stores.embedded;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/** Where the embedded servers listen, and nowhere else. */
final class Loopback {
  static final String HOST = "127.0.0.1";

  private static final int SPREAD = 1_000;
  private static final InetAddress ADDRESS = address();

  private Loopback() {}

  static InetSocketAddress at(int port) {
    return new InetSocketAddress(ADDRESS, port);
  }

  private static InetAddress address() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A port that differs from one data directory to the next, below the ephemeral ones. */
  static int port(int base, Path data) {
    return base + Math.floorMod(data.toString().hashCode(), SPREAD);
  }
}
