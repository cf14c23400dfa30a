package io.parley.edge;

import io.netty.util.NetUtil;
import io.parley.config.Network;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whose word counts about where a request is from: that of the proxies which the operator trusts,
 * and of this node itself when it hands a request on from one port to another. Nobody else's.
 *
 * <p>Of what trusted proxies tell, the nearest address that is not one of theirs counts; what is
 * beyond it anybody may have written. From any thread.
 */
public final class Proxies {
  private static final String OWN = "X-Parley-Remote";
  private static final int IPV4 = 4;
  private static final int MAPPED = 12;

  private final List<Network> trusted;
  private final String password;

  /**
   * @param trusted addresses and networks, as {@link Network} reads them
   * @param random makes what tells the word of this node from anybody else's
   */
  public Proxies(List<String> trusted, RandomGenerator random) {
    this.trusted = trusted.stream().map(Network::parse).toList();
    this.password = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
  }

  /** Whether it is the address of a trusted proxy. */
  boolean trusts(String address) {
    byte[] bytes = trusted.isEmpty() ? null : bytes(address);
    return bytes != null && trusts(bytes);
  }

  /** Who has made a request. */
  public Remote remote(HttpServerRequest request) {
    SocketAddress address = request.remoteAddress();
    String host = address == null ? null : address.hostAddress();
    return remote(new Remote(host == null ? "" : host, false, request.isSSL()), request.headers());
  }

  /**
   * The same for what is no request.
   *
   * @param peer the other end of the connection
   */
  public Remote remote(Remote peer, MultiMap headers) {
    return own(headers.get(OWN))
        .orElseGet(() -> trusts(peer.address()) ? behind(peer, headers) : peer);
  }

  /**
   * Tells another port of this process who has made a request; what the request itself says of that
   * kind is dropped.
   */
  public void handOn(HttpServerRequest request, MultiMap headers) {
    handOn(remote(request), headers);
  }

  void handOn(Remote remote, MultiMap headers) {
    headers.set(
        OWN,
        String.join(
            " ",
            password,
            String.valueOf(remote.proxied()),
            String.valueOf(remote.secure()),
            remote.address()));
  }

  /** Two accounts of one way that differ: one of them the client wrote, and neither counts. */
  private Remote behind(Remote proxy, MultiMap headers) {
    boolean standard = headers.contains(Hops.FORWARDED);
    boolean older = headers.contains(Hops.FOR);
    if (standard && older) {
      Remote one = follow(proxy, Hops.standard(headers));
      Remote other = follow(proxy, Hops.older(headers));
      return one.address().equals(other.address()) ? one : proxy;
    }
    if (standard || older) {
      return follow(proxy, standard ? Hops.standard(headers) : Hops.older(headers));
    }
    String proto = headers.get(Hops.PROTO);
    return proto == null ? proxy : new Remote(proxy.address(), false, isSecure(proto, proxy));
  }

  private Remote follow(Remote proxy, List<Hops.Hop> hops) {
    Remote known = proxy;
    for (Hops.Hop hop : hops) {
      byte[] bytes = bytes(Hops.address(hop.node()));
      if (bytes == null) {
        return known;
      }
      known = new Remote(NetUtil.bytesToIpAddress(bytes), true, isSecure(hop.proto(), known));
      if (!trusts(bytes)) {
        return known;
      }
    }
    return known;
  }

  private static boolean isSecure(String proto, Remote unlessTold) {
    return proto.isEmpty() ? unlessTold.secure() : proto.strip().equalsIgnoreCase("https");
  }

  private Optional<Remote> own(@Nullable String told) {
    String[] parts = told == null ? new String[0] : told.split(" ", 4);
    return parts.length == 4 && right(parts[0])
        ? Optional.of(
            new Remote(parts[3], Boolean.parseBoolean(parts[1]), Boolean.parseBoolean(parts[2])))
        : Optional.empty();
  }

  private boolean right(String given) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
  }

  private boolean trusts(byte[] bytes) {
    return trusted.stream().anyMatch(network -> network.contains(bytes));
  }

  /** An IPv4 address in the clothes of IPv6 is the same address. */
  private static byte @Nullable [] bytes(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null || bytes.length == IPV4) {
      return bytes;
    }
    for (int i = 0; i < MAPPED; i++) {
      if (bytes[i] != (i < 10 ? 0 : (byte) 0xFF)) {
        return bytes;
      }
    }
    return new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]};
  }
}
