package io.parley.tls;

import io.parley.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** What is in a PEM file. Each failure is INVALID and names the setting. */
public final class Pem {
  private Pem() {}

  /** All of a file. Blocks: not for an event loop. */
  public static byte[] bytes(String setting, String file) {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException unreadable) {
      throw Failure.invalid(setting, "cannot be read: " + file);
    }
  }

  /** At least one, in the order of the file. */
  public static List<X509Certificate> certificates(String setting, byte[] pem) {
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (GeneralSecurityException unreadable) {
      throw Failure.invalid(setting, "holds what is no certificate: " + unreadable.getMessage());
    }
    throw Failure.invalid(setting, "holds no certificate in PEM");
  }
}
