package io.parley.edge;

import io.netty.util.NetUtil;
import java.util.HexFormat;

/** Which addresses are counted as one. */
public final class Addresses {
  private static final int IPV4 = 4;
  private static final int NETWORK = 8;

  private Addresses() {}

  /** An IPv4 address itself; of IPv6 the network of 64 bits, all of which one customer has. */
  public static String counted(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes == null || bytes.length == IPV4
        ? address
        : HexFormat.of().formatHex(bytes, 0, NETWORK);
  }
}
