package io.parley.config;

import java.util.List;

/**
 * The REST edge.
 *
 * @param origins what browsers may call from, besides our own
 * @param publicUrl how the outside reaches this server, for links and cookies; empty: as the
 *     request says
 * @param insecureCookies whether browsers elsewhere may keep the refresh token over plain HTTP
 */
public record HttpConfig(
    String host,
    @Range(max = 65535) int port,
    String publicUrl,
    List<String> origins,
    boolean insecureCookies,
    ByteSize maxBody,
    ByteSize maxHeaders,
    EdgeTlsConfig tls) {
  /** To Vert.x, a port below 0 is any free one, which all who ask for the same number share. */
  private static final int ANY_SHARED = -1;

  /** The same, but 0 is any free port that all listeners share instead of one for each. */
  public HttpConfig onOnePort() {
    return port == 0
        ? new HttpConfig(
            host, ANY_SHARED, publicUrl, origins, insecureCookies, maxBody, maxHeaders, tls)
        : this;
  }
}
