package io.parley.cluster;

import io.parley.config.ClusterConfig.TlsConfig;
import io.parley.failure.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * What a node shows to the others on the event bus, and what it wants to see of them: a certificate
 * of the cluster's own authority, from both sides of every connection.
 *
 * <p>Names in certificates are not compared: a node is asked for by an address that changes with
 * every start, and whoever holds a certificate of the authority is a member. The authority must
 * therefore sign for nobody else.
 */
public final class BusTls {
  private static final String CERTIFICATE = "cluster.tls.certificate";
  private static final String KEY = "cluster.tls.key";
  private static final String AUTHORITY = "cluster.tls.authority";
  private static final List<String> BOTH_SIDES = List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
  private static final byte[] PROBE = {1, 2, 3};

  private final PemKeyCertOptions identity;
  private final PemTrustOptions trust;
  private final List<X509Certificate> chain;

  private BusTls(PemKeyCertOptions identity, PemTrustOptions trust, List<X509Certificate> chain) {
    this.identity = identity;
    this.trust = trust;
    this.chain = chain;
  }

  /**
   * Reads the files and sees whether others would accept what is in them. Fails INVALID, naming the
   * setting. Blocks: for start-up, not for an event loop.
   */
  public static BusTls read(TlsConfig config, Clock clock) {
    byte[] certificate = bytes(CERTIFICATE, config.certificate());
    byte[] key = bytes(KEY, config.key());
    byte[] authority = bytes(AUTHORITY, config.authority());
    List<X509Certificate> chain = certificates(CERTIFICATE, certificate);
    PemKeyCertOptions identity =
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(certificate))
            .addKeyValue(Buffer.buffer(key));
    checkKey(identity, chain.get(0));
    checkTime(chain.get(0), Date.from(clock.instant()));
    checkUse(chain.get(0));
    checkIssuer(chain, certificates(AUTHORITY, authority), Date.from(clock.instant()));
    PemTrustOptions trust = new PemTrustOptions().addCertValue(Buffer.buffer(authority));
    return new BusTls(identity, trust, chain);
  }

  /** When the first of the certificates ends; a node must be started with another one before. */
  public Instant expires() {
    return chain.stream()
        .map(each -> each.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  void secure(EventBusOptions options) {
    options.setSsl(true).setKeyCertOptions(identity).setTrustOptions(trust);
    options.setClientAuth(ClientAuth.REQUIRED);
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
  }

  private static byte[] bytes(String setting, String file) {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException unreadable) {
      throw Failure.invalid(setting, "cannot be read: " + file);
    }
  }

  private static List<X509Certificate> certificates(String setting, byte[] pem) {
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

  private static void checkKey(PemKeyCertOptions identity, X509Certificate certificate) {
    PrivateKey key = privateKey(identity);
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
      throw Failure.invalid(KEY, "does not fit the certificate: " + another.getMessage());
    }
    throw Failure.invalid(KEY, "does not fit the certificate");
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  /** By the very code that will read it for the connections. */
  private static PrivateKey privateKey(PemKeyCertOptions identity) {
    Vertx reader = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      KeyManagerFactory keys = identity.getKeyManagerFactory(reader);
      X509KeyManager manager = (X509KeyManager) keys.getKeyManagers()[0];
      for (String type : List.of("RSA", "EC", "EdDSA", "Ed25519")) {
        String[] aliases = manager.getServerAliases(type, null);
        if (aliases != null && aliases.length > 0) {
          return manager.getPrivateKey(aliases[0]);
        }
      }
    } catch (Exception unreadable) {
      throw Failure.invalid(
          KEY, "holds no private key in PEM without a password: " + unreadable.getMessage());
    } finally {
      reader.close();
    }
    throw Failure.invalid(KEY, "is of a kind that is not supported; use RSA or EC");
  }

  private static void checkTime(X509Certificate certificate, Date now) {
    try {
      certificate.checkValidity(now);
    } catch (CertificateExpiredException over) {
      throw Failure.invalid(CERTIFICATE, "expired at " + certificate.getNotAfter().toInstant());
    } catch (CertificateNotYetValidException early) {
      throw Failure.invalid(
          CERTIFICATE, "is not valid before " + certificate.getNotBefore().toInstant());
    }
  }

  /** A node is both: it is called and it calls. */
  private static void checkUse(X509Certificate certificate) {
    try {
      List<String> uses = certificate.getExtendedKeyUsage();
      if (uses != null && !uses.containsAll(BOTH_SIDES)) {
        throw Failure.invalid(
            CERTIFICATE, "must be made for both server and client authentication");
      }
    } catch (GeneralSecurityException unreadable) {
      throw Failure.invalid(CERTIFICATE, "says in no readable way what it is made for");
    }
  }

  private static void checkIssuer(
      List<X509Certificate> chain, List<X509Certificate> authority, Date now) {
    try {
      Set<TrustAnchor> anchors =
          authority.stream()
              .map(trusted -> new TrustAnchor(trusted, null))
              .collect(Collectors.toSet());
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(now);
      List<X509Certificate> path =
          chain.stream().filter(each -> !authority.contains(each)).toList();
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    } catch (GeneralSecurityException stranger) {
      throw Failure.invalid(
          CERTIFICATE, "was not signed by " + AUTHORITY + ": " + stranger.getMessage());
    }
  }
}
