package io.parley.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** An address, or all that begin with the same bits. */
public final class Network {
  private static final Pattern FORM =
      Pattern.compile("([0-9.]{7,15}|[0-9A-Fa-f:.]{2,45})(?:/([0-9]{1,3}))?");

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private final byte[] bytes;
  private final int bits;

  /**
   * @param bytes of the address: 4, or 16
   * @param bits how many of them count
   */
  private Network(byte[] bytes, int bits) {
    this.bytes = bytes;
    this.bits = bits;
  }

  /**
   * Reads an address such as {@code 192.0.2.1} or {@code 2001:db8::1}, or a network such as {@code
   * 10.0.0.0/8}; never looks up a name. Throws IllegalArgumentException.
   */
  public static Network parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw unfit(text);
    }
    byte[] bytes = bytes(matcher.group(1));
    int most = bytes.length * Byte.SIZE;
    int bits = matcher.group(2) == null ? most : Integer.parseInt(matcher.group(2));
    if (bits > most) {
      throw unfit(text);
    }
    return new Network(bytes, bits);
  }

  /** Whether an address of 4 or 16 bytes belongs to it. */
  public boolean contains(byte[] address) {
    if (address.length != bytes.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (address[i] != bytes[i]) {
        return false;
      }
    }
    int rest = bits % Byte.SIZE;
    return rest == 0 || ((address[whole] ^ bytes[whole]) & 0xFF) >>> (Byte.SIZE - rest) == 0;
  }

  private static byte[] bytes(String address) {
    if (address.indexOf(':') < 0 && !IPV4.matcher(address).matches()) {
      throw unfit(address);
    }
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException notOne) {
      throw unfit(address);
    }
  }

  private static IllegalArgumentException unfit(String text) {
    return new IllegalArgumentException(
        "expects an address or a network such as 10.0.0.0/8 or 2001:db8::/32, not " + text);
  }
}
