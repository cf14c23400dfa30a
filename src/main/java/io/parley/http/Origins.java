package io.parley.http;

import io.parley.config.HttpConfig;
import io.parley.edge.Proxies;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where requests of browsers come from, and where this server itself is seen. */
final class Origins {
  private final Proxies proxies;
  private final String publicOrigin;
  private final String publicHost;
  private final Set<String> allowed;

  /**
   * @param proxies who may say that a request has come over TLS
   */
  Origins(HttpConfig config, Proxies proxies) {
    this.proxies = proxies;
    Optional<URI> seenAt =
        Optional.of(config.publicUrl()).filter(url -> !url.isEmpty()).map(URI::create);
    this.publicOrigin = seenAt.map(Origins::of).orElse("");
    this.publicHost = seenAt.map(URI::getHost).map(Origins::small).orElse("");
    this.allowed = Set.copyOf(config.origins());
  }

  /** Whether another origin was named in the configuration; compared exactly. */
  boolean allows(String origin) {
    return allowed.contains(origin);
  }

  /** Whether browsers reach this server over TLS. */
  boolean secure(HttpServerRequest request) {
    return own(request).startsWith("https:");
  }

  /** Whether browsers reach it on the machine it runs on, where plain HTTP is harmless. */
  boolean loopback(HttpServerRequest request) {
    String host = publicOrigin.isEmpty() ? asked(request) : publicHost;
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("127.0.0.1")
        || host.equals("[::1]");
  }

  /**
   * Refuses what a page of another site could have sent with this site's cookie. Browsers say where
   * each POST comes from; what does not say so gets no use of the cookie. Fails FORBIDDEN.
   */
  void requireOwn(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    String site = request.getHeader("Sec-Fetch-Site");
    boolean own = origin != null && origin.equals(own(request));
    if (!own || (site != null && !site.equals("same-origin"))) {
      throw Failure.of(
          Reason.FORBIDDEN, "the cookie may only be used by pages of this server itself");
    }
  }

  /** The host that the request names; HTTP/1.0 need not name any. */
  private static String asked(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return authority == null ? "" : small(authority.host());
  }

  private static String small(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  private String own(HttpServerRequest request) {
    if (!publicOrigin.isEmpty()) {
      return publicOrigin;
    }
    HostAndPort host = request.authority();
    return (proxies.remote(request).secure() ? "https" : "http")
        + "://"
        + (host == null ? "" : host.toString().toLowerCase(Locale.ROOT));
  }

  private static String of(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return (url.getScheme() + "://" + url.getHost() + port).toLowerCase(Locale.ROOT);
  }
}
