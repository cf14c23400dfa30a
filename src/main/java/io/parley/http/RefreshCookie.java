package io.parley.http;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * The refresh token of a browser, where no script can read it and no other site can use it: the
 * only cookie that this server sets.
 */
final class RefreshCookie {
  private static final String SECURE = "__Host-parley-refresh";
  private static final String LOOPBACK = "parley-refresh";
  private static final String HEADER = "Set-Cookie";

  private final Origins origins;
  private final boolean insecure;

  /**
   * @param insecure whether plain HTTP will do, from anywhere
   */
  RefreshCookie(Origins origins, boolean insecure) {
    this.origins = origins;
    this.insecure = insecure;
  }

  /**
   * The token that a browser sent along. Fails FORBIDDEN when there is one but the request is not
   * from this server's own pages.
   */
  Optional<String> read(HttpServerRequest request) {
    Cookie cookie = request.getCookie(name(request));
    if (cookie == null || cookie.getValue().isEmpty()) {
      return Optional.empty();
    }
    origins.requireOwn(request);
    return Optional.of(cookie.getValue());
  }

  /** Fails FORBIDDEN over plain HTTP, except on the machine itself or when configured. */
  void requireSafe(HttpServerRequest request) {
    if (!insecure && !origins.secure(request) && !origins.loopback(request)) {
      throw Failure.of(
          Reason.FORBIDDEN,
          "browsers sign in over https only; the operator sets http.publicUrl to its address");
    }
  }

  Reply give(Reply reply, HttpServerRequest request, String token, Duration life) {
    requireSafe(request);
    return reply.with(HEADER, cookie(request, token, life));
  }

  /** Takes the cookie away from a browser that sent it. */
  Reply clear(Reply reply, HttpServerRequest request) {
    boolean sent = request.getCookie(name(request)) != null;
    return sent ? reply.with(HEADER, cookie(request, "", Duration.ZERO)) : reply;
  }

  private String name(HttpServerRequest request) {
    return origins.secure(request) ? SECURE : LOOPBACK;
  }

  private String cookie(HttpServerRequest request, String value, Duration life) {
    return Cookie.cookie(name(request), value)
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(origins.secure(request))
        .setPath("/")
        .setMaxAge(life.toSeconds())
        .encode();
  }
}
