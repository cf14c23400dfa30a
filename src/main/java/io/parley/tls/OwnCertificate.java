package io.parley.tls;

import io.parley.failure.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** A certificate that this process shows to others, with those above it and its private key. */
public final class OwnCertificate {
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final String ANYTHING = "2.5.29.37.0";
  private static final byte[] PROBE = {1, 2, 3};

  private final String certificate;
  private final PemKeyCertOptions options;
  private final List<X509Certificate> chain;
  private final Date readAt;

  private OwnCertificate(
      String certificate, PemKeyCertOptions options, List<X509Certificate> chain, Date readAt) {
    this.certificate = certificate;
    this.options = options;
    this.chain = chain;
    this.readAt = readAt;
  }

  /**
   * Reads the files and sees whether they belong together and are of this time. Fails INVALID,
   * naming {@code <section>.certificate} or {@code <section>.key}. Blocks: not for an event loop.
   *
   * @param section of the configuration, such as {@code cluster.tls}
   */
  public static OwnCertificate read(
      String section, String certificateFile, String keyFile, Clock clock) {
    byte[] certificate = Pem.bytes(section + ".certificate", certificateFile);
    byte[] key = Pem.bytes(section + ".key", keyFile);
    Vertx reader = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      return of(section, certificate, key, clock, reader);
    } finally {
      reader.close();
    }
  }

  /** The same for what was read already, on a node that runs. */
  public static OwnCertificate of(
      String section, byte[] certificate, byte[] key, Clock clock, Vertx reader) {
    String setting = section + ".certificate";
    List<X509Certificate> chain = Pem.certificates(setting, certificate);
    PemKeyCertOptions options =
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(certificate))
            .addKeyValue(Buffer.buffer(key));
    Date now = Date.from(clock.instant());
    checkKey(section + ".key", privateKey(section + ".key", options, reader), chain.get(0));
    checkTime(setting, chain.get(0), now);
    return new OwnCertificate(setting, options, chain, now);
  }

  /** For servers and clients of Vert.x. */
  public PemKeyCertOptions options() {
    return options;
  }

  /** Itself, without those above it. */
  public X509Certificate leaf() {
    return chain.get(0);
  }

  /** When the first of the certificates ends. */
  public Instant expires() {
    return chain.stream()
        .map(each -> each.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /** Fails INVALID when it was made for something else than to be shown by a server. */
  public OwnCertificate requireServer() {
    require(Set.of(SERVER), "must be made for server authentication");
    return this;
  }

  /** Fails INVALID unless it may be shown by whoever is called and by whoever calls. */
  public OwnCertificate requireBothSides() {
    require(Set.of(SERVER, CLIENT), "must be made for both server and client authentication");
    return this;
  }

  /** Fails INVALID unless an authority signed it, or what is above it. */
  public OwnCertificate requireSignedBy(Authority authority) {
    try {
      Set<TrustAnchor> anchors =
          authority.certificates().stream()
              .map(trusted -> new TrustAnchor(trusted, null))
              .collect(Collectors.toSet());
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(readAt);
      List<X509Certificate> path =
          chain.stream().filter(each -> !authority.certificates().contains(each)).toList();
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return this;
    } catch (GeneralSecurityException stranger) {
      throw Failure.invalid(
          certificate, "was not signed by " + authority.setting() + ": " + stranger.getMessage());
    }
  }

  private void require(Set<String> wanted, String otherwise) {
    try {
      List<String> uses = leaf().getExtendedKeyUsage();
      if (uses != null && !uses.contains(ANYTHING) && !new HashSet<>(uses).containsAll(wanted)) {
        throw Failure.invalid(certificate, otherwise);
      }
    } catch (GeneralSecurityException unreadable) {
      throw Failure.invalid(certificate, "says in no readable way what it is made for");
    }
  }

  private static void checkKey(String setting, PrivateKey key, X509Certificate certificate) {
    try {
      Signature signature = Signature.getInstance(algorithm(key));
      signature.initSign(key);
      signature.update(PROBE);
      byte[] proof = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROBE);
      if (signature.verify(proof)) {
        return;
      }
    } catch (GeneralSecurityException another) {
      throw Failure.invalid(setting, "does not fit the certificate: " + another.getMessage());
    }
    throw Failure.invalid(setting, "does not fit the certificate");
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  /** By the very code that will read it for the connections. */
  private static PrivateKey privateKey(String setting, PemKeyCertOptions options, Vertx reader) {
    try {
      KeyManagerFactory keys = options.getKeyManagerFactory(reader);
      X509KeyManager manager = (X509KeyManager) keys.getKeyManagers()[0];
      for (String type : List.of("RSA", "EC", "EdDSA", "Ed25519")) {
        String[] aliases = manager.getServerAliases(type, null);
        if (aliases != null && aliases.length > 0) {
          return manager.getPrivateKey(aliases[0]);
        }
      }
    } catch (Exception unreadable) {
      throw Failure.invalid(
          setting, "holds no private key in PEM without a password: " + unreadable.getMessage());
    }
    throw Failure.invalid(setting, "is of a kind that is not supported; use RSA or EC");
  }

  private static void checkTime(String setting, X509Certificate certificate, Date now) {
    try {
      certificate.checkValidity(now);
    } catch (CertificateExpiredException over) {
      throw Failure.invalid(setting, "expired at " + certificate.getNotAfter().toInstant());
    } catch (CertificateNotYetValidException early) {
      throw Failure.invalid(
          setting, "is not valid before " + certificate.getNotBefore().toInstant());
    }
  }
}
