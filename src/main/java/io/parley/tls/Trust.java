package io.parley.tls;

import io.parley.failure.Failure;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates a client believes: those of the authorities in a file, or of the machine. */
public final class Trust {
  private static final int DEEPEST = 10;

  private final X509TrustManager manager;

  private Trust(X509TrustManager manager) {
    this.manager = manager;
  }

  /**
   * Reads the authorities. Fails INVALID, naming the setting. Blocks for an instant: for start-up.
   *
   * @param file in PEM format; empty: the authorities of the machine
   */
  public static Trust of(String setting, String file) {
    List<X509Certificate> authorities =
        file.isEmpty() ? List.of() : Authority.read(setting, file).certificates();
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities.isEmpty() ? null : known(authorities));
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .map(Trust::new)
          .orElseThrow(() -> new IllegalStateException("this JDK trusts nobody"));
    } catch (GeneralSecurityException unusable) {
      throw Failure.invalid(setting, "cannot be used: " + unusable.getMessage());
    }
  }

  /** For clients of Vert.x. */
  public TrustOptions options() {
    return TrustOptions.wrap(manager);
  }

  /** For clients that ask for it beside the context. */
  public X509TrustManager manager() {
    return manager;
  }

  /** For all other clients. */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new X509TrustManager[] {manager}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Why a server was not believed, in words; empty when a failure has another cause.
   *
   * @param setting that names the authorities
   */
  public static Optional<String> doubt(@Nullable Throwable cause, String setting) {
    Throwable each = cause;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      Optional<String> words = words(each, setting);
      if (words.isPresent()) {
        return words;
      }
      each = each.getCause();
    }
    return Optional.empty();
  }

  private static Optional<String> words(Throwable cause, String setting) {
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof CertificateExpiredException || text.contains("NotAfter:")) {
      return Optional.of("its certificate has expired");
    }
    if (text.contains("No subject alternative")
        || text.contains("No name matching")
        || text.contains("could not be verified by hostnameverifier")
        || text.matches("(?s)Hostname .* not verified.*")) {
      return Optional.of("its certificate is for another name than the one it is asked for by");
    }
    if (text.contains("unable to find valid certification path")
        || text.contains("PKIX path validation failed")) {
      return Optional.of(
          "its certificate is of no authority that is trusted; name that in " + setting);
    }
    if (text.contains("not an SSL/TLS record")
        || text.contains("Unsupported or unrecognized SSL message")
        || text.contains("does not support SSL")
        || text.contains("Postgres Server does not handle SSL connection")) {
      return Optional.of("it does not speak TLS");
    }
    return Optional.empty();
  }

  private static KeyStore known(List<X509Certificate> authorities) throws GeneralSecurityException {
    try {
      KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
      known.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        known.setCertificateEntry("authority " + i, authorities.get(i));
      }
      return known;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
