package io.parley.config;

/**
 * What an edge shows to those who connect: files in PEM format, both or none.
 *
 * @param certificate of this server, and those between it and the authority
 * @param key the certificate's private key, without a password
 */
public record EdgeTlsConfig(String certificate, String key) {
  public static final EdgeTlsConfig NONE = new EdgeTlsConfig("", "");

  /** Whether the edge speaks TLS. */
  public boolean present() {
    return !certificate.isEmpty() || !key.isEmpty();
  }
}
