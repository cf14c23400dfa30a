package io.parley.cluster;

import io.parley.config.ClusterConfig.TlsConfig;
import io.parley.tls.Authority;
import io.parley.tls.OwnCertificate;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/**
 * What a node shows to the others on the event bus, and what it wants to see of them: a certificate
 * of the cluster's own authority, from both sides of every connection.
 *
 * <p>Names in certificates are not compared: a node is asked for by an address that changes with
 * every start, and whoever holds a certificate of the authority is a member. The authority must
 * therefore sign for nobody else.
 */
public final class BusTls {
  private static final String SECTION = "cluster.tls";

  private final OwnCertificate own;
  private final Authority authority;

  private BusTls(OwnCertificate own, Authority authority) {
    this.own = own;
    this.authority = authority;
  }

  /**
   * Reads the files and sees whether others would accept what is in them. Fails INVALID, naming the
   * setting. Blocks: for start-up, not for an event loop.
   */
  public static BusTls read(TlsConfig config, Clock clock) {
    OwnCertificate own =
        OwnCertificate.read(SECTION, config.certificate(), config.key(), clock).requireBothSides();
    Authority authority = Authority.read(SECTION + ".authority", config.authority());
    return new BusTls(own.requireSignedBy(authority), authority);
  }

  /** When the first of the certificates ends; a node must be started with another one before. */
  public Instant expires() {
    return own.expires();
  }

  void secure(EventBusOptions options) {
    options.setSsl(true).setKeyCertOptions(own.options()).setTrustOptions(authority.options());
    options.setClientAuth(ClientAuth.REQUIRED);
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
  }
}
