package io.parley.events;

import io.parley.config.Network;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where something outside is, looked up each time. Unless it is allowed, it is nowhere within the
 * networks that only those inside can reach: whoever can set a name of theirs would otherwise make
 * this server knock there.
 */
final class Destination {
  private static final List<Network> INSIDE =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "224.0.0.0/3",
              "::/96",
              "64:ff9b::/32",
              "2002::/16",
              "fc00::/7",
              "fe80::/9",
              "ff00::/8")
          .map(Network::parse)
          .toList();

  private final Vertx vertx;
  private final String host;
  private final boolean insideToo;

  Destination(Vertx vertx, String host, boolean insideToo) {
    this.vertx = vertx;
    this.host = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    this.insideToo = insideToo;
  }

  /** The address to connect to: who asks the name once more may be told another one. */
  Future<String> address() {
    return vertx
        .executeBlocking(() -> InetAddress.getAllByName(host), false)
        .recover(cause -> Future.failedFuture(unknown(cause)))
        .map(this::allowed)
        .map(InetAddress::getHostAddress);
  }

  private InetAddress allowed(InetAddress[] found) {
    return Arrays.stream(found)
        .filter(address -> insideToo || !isInside(address))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.of(
                    Reason.FORBIDDEN,
                    "it is at an address of a private network, which"
                        + " events.webhook.privateAddresses does not allow"));
  }

  static boolean isInside(InetAddress address) {
    byte[] bytes = address.getAddress();
    return INSIDE.stream().anyMatch(network -> network.contains(bytes));
  }

  private static Throwable unknown(Throwable cause) {
    return cause instanceof UnknownHostException
        ? Failure.of(Reason.UNAVAILABLE, "nobody knows where that is")
        : cause;
  }
}
