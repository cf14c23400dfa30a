package io.parley.bridge;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may talk to the bridge: our own host's and those configured. Programs send no
 * Origin and pass; browsers cannot leave it out.
 */
final class Origins {
  private final Set<String> configured;

  Origins(Collection<String> configured) {
    this.configured =
        configured.stream()
            .map(origin -> origin.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  boolean admits(HttpServerRequest request) {
    MultiMap headers = request.headers();
    String origin = headers.get(HttpHeaders.ORIGIN);
    if (origin == null) {
      return true;
    }
    return configured(origin)
        || sameHost(origin, headers.get(HttpHeaders.HOST))
        // A page cannot set this header without asking first, and then it is refused.
        || sameHost(origin, headers.get("X-Forwarded-Host"));
  }

  /**
   * Lets a configured page of another host read the answers. Its origin is named exactly, never
   * mirrored; credentials are allowed since SockJS insists on them, and nothing here reads any.
   */
  void allow(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    MultiMap headers = request.response().headers();
    headers.set(HttpHeaders.VARY, "Origin");
    if (origin != null && configured(origin)) {
      headers
          .set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
          .set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
  }

  private boolean configured(String origin) {
    return configured.contains(origin.toLowerCase(Locale.ROOT));
  }

  private static boolean sameHost(String origin, @Nullable String host) {
    if (host == null) {
      return false;
    }
    try {
      URI uri = URI.create(origin);
      String scheme = uri.getScheme();
      boolean web = "http".equals(scheme) || "https".equals(scheme);
      return web && host.equalsIgnoreCase(uri.getRawAuthority());
    } catch (IllegalArgumentException notAnOrigin) {
      return false;
    }
  }
}
