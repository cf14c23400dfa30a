package io.parley.edge;

/**
 * Who is at the far end of a request, as far as that can be known.
 *
 * @param address in its usual text form; empty when there is none
 * @param proxied whether a trusted proxy has told it, so that the connection itself stands for many
 * @param secure whether the request has come over TLS up to the outermost trusted proxy
 */
public record Remote(String address, boolean proxied, boolean secure) {

  /**
   * The address as it is counted: of IPv6 the network of 64 bits, all of which one customer has.
   */
  public String counted() {
    return Addresses.counted(address);
  }
}
