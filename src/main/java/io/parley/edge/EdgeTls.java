package io.parley.edge;

import io.parley.config.EdgeTlsConfig;
import io.parley.failure.Failure;
import io.parley.tls.OwnCertificate;
import io.parley.tls.Pem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of one edge of this node: shown to all who connect, and renewed when its files
 * change. One for all listeners of a port.
 */
public final class EdgeTls {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeTls.class);
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  /** Those with forward secrecy that encrypt and authenticate in one. */
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** The files as they were at a look. */
  private record Files(Buffer certificate, Buffer key) {
    static final Files NONE = new Files(Buffer.buffer(), Buffer.buffer());
  }

  private final String section;
  private final EdgeTlsConfig config;
  private final Clock clock;
  private final Duration pause;
  private final AtomicBoolean watched = new AtomicBoolean();
  private Files seen;
  private volatile OwnCertificate current;
  private volatile OwnCertificate before;

  private EdgeTls(
      String section, EdgeTlsConfig config, Clock clock, Duration pause, OwnCertificate first) {
    this.section = section;
    this.config = config;
    this.clock = clock;
    this.pause = pause;
    this.seen = Files.NONE;
    this.current = first;
    this.before = first;
  }

  /**
   * Reads the files, if there are any, and sees whether they can be shown. Fails INVALID, naming
   * the setting. Blocks: for start-up, not for an event loop.
   *
   * @param section of the configuration, such as {@code http.tls}
   */
  public static Optional<EdgeTls> read(String section, EdgeTlsConfig config, Clock clock) {
    return read(section, config, clock, LOOK);
  }

  /**
   * @param pause between two looks at the files
   */
  static Optional<EdgeTls> read(String section, EdgeTlsConfig config, Clock clock, Duration pause) {
    return config.present()
        ? Optional.of(
            new EdgeTls(
                section,
                config,
                clock,
                pause,
                OwnCertificate.read(section, config.certificate(), config.key(), clock)
                    .requireServer()))
        : Optional.empty();
  }

  /** When it ends, unless it is renewed. */
  public Instant expires() {
    return current.expires();
  }

  /**
   * Lets a server speak TLS and nothing else. HTTP/2 is not offered: it has many requests on one
   * connection, and what an edge allows a connection is measured by one after the other.
   *
   * @param door where connections are counted before their handshakes begin
   */
  public void secure(HttpServerOptions options, Door door) {
    options
        .setSsl(true)
        .setUseAlpn(false)
        .setKeyCertOptions(current.options())
        .setSslEngineOptions(new Threshold(door, System::nanoTime))
        .setSslHandshakeTimeout(door.config().headTimeout().toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setEnabledSecureTransportProtocols(PROTOCOLS);
    CIPHERS.forEach(options::addEnabledCipherSuite);
  }

  /** Shows a renewed certificate from then on when there is one; asked once for all listeners. */
  public void keep(Vertx vertx, HttpServer server, HttpServerOptions options) {
    if (watched.compareAndSet(false, true)) {
      vertx.setPeriodic(pause.toMillis(), timer -> look(vertx, server, options.getSslOptions()));
    }
  }

  /**
   * Trusts a server that shows this very certificate, whatever its name; or the one before, which
   * may be shown a moment longer.
   */
  public TrustOptions exactly() {
    return TrustOptions.wrap(new Exactly(() -> List.of(current.leaf(), before.leaf())));
  }

  private void look(Vertx vertx, HttpServer server, ServerSSLOptions options) {
    vertx
        .executeBlocking(() -> renewed(vertx))
        .compose(renewed -> renewed ? show(server, options.copy()) : Future.succeededFuture())
        .onFailure(this::keptOld);
  }

  private Future<Void> show(HttpServer server, ServerSSLOptions options) {
    return server
        .updateSSLOptions(options.setKeyCertOptions(current.options()))
        .onSuccess(
            shown -> LOG.info("{} is renewed, and good until {}", section, current.expires()))
        .mapEmpty();
  }

  /** Files that were found wanting are not looked at again before they change. */
  private synchronized boolean renewed(Vertx vertx) {
    Files found = files();
    if (found.equals(seen)) {
      return false;
    }
    seen = found;
    OwnCertificate next =
        OwnCertificate.of(
                section, found.certificate().getBytes(), found.key().getBytes(), clock, vertx)
            .requireServer();
    boolean other = !next.leaf().equals(current.leaf());
    before = other ? current : before;
    current = other ? next : current;
    return other;
  }

  private void keptOld(Throwable cause) {
    LOG.warn(
        "the new files of {} are of no use, and the old ones are shown until {}: {}",
        section,
        current.expires(),
        cause instanceof Failure wrong ? wrong.detail() : cause);
  }

  private Files files() {
    try {
      return new Files(
          Buffer.buffer(Pem.bytes(section + ".certificate", config.certificate())),
          Buffer.buffer(Pem.bytes(section + ".key", config.key())));
    } catch (Failure missing) {
      return Files.NONE;
    }
  }
}
