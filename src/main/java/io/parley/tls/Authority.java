package io.parley.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whose certificates are trusted, from a file.
 *
 * @param setting what names the file
 */
public record Authority(String setting, List<X509Certificate> certificates, Buffer pem) {

  /** Reads a file. Fails INVALID, naming the setting. Blocks: not for an event loop. */
  public static Authority read(String setting, String file) {
    byte[] pem = Pem.bytes(setting, file);
    return new Authority(setting, Pem.certificates(setting, pem), Buffer.buffer(pem));
  }

  /** For servers and clients of Vert.x. */
  public PemTrustOptions options() {
    return new PemTrustOptions().addCertValue(pem);
  }
}
