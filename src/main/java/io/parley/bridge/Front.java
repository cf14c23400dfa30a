package io.parley.bridge;

import io.parley.edge.Callers;
import io.parley.failure.Failure;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request to the bridge comes through here: where it comes from is looked at first, whatever
 * the transport, then where it goes.
 */
final class Front {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);
  private static final String ROOT = "/eventbus";
  private static final Pattern SESSION = Pattern.compile(ROOT + "/[^/.]+/([^/.]{1,128})/([a-z_]+)");
  private static final Set<String> SECRETS =
      Set.of("token", "access_token", "accesstoken", "authorization", "jwt", "bearer");
  private static final Pattern JWT = Pattern.compile("[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*");

  private final Callers callers;
  private final Origins origins;
  private final SockJs sockJs;
  private final BooleanSupplier draining;
  private final BiConsumer<ServerWebSocket, Boolean> opened;

  /**
   * @param draining whether new peers are sent elsewhere
   * @param opened takes each WebSocket and whether it speaks SockJS
   */
  Front(
      Callers callers,
      Origins origins,
      SockJs sockJs,
      BooleanSupplier draining,
      BiConsumer<ServerWebSocket, Boolean> opened) {
    this.callers = callers;
    this.origins = origins;
    this.sockJs = sockJs;
    this.draining = draining;
    this.opened = opened;
  }

  void handle(HttpServerRequest request) {
    Optional<Failure> refusal = callers.begin(request);
    if (refusal.isPresent()) {
      turnAway(request, refusal.get());
    } else {
      admit(request);
    }
  }

  private static void turnAway(HttpServerRequest request, Failure why) {
    SockJs.refuse(request.response().putHeader("Connection", "close"), why);
    request.connection().close();
  }

  private void admit(HttpServerRequest request) {
    if (request.canUpgradeToWebSocket()) {
      callers.upgraded(request);
    } else {
      callers.watch(request);
    }
    String path = request.path();
    if (path == null || !(path.equals(ROOT) || path.startsWith(ROOT + "/"))) {
      refuse(request, 404, "there is nothing here");
    } else if (!origins.admits(request)) {
      refuse(request, 403, "this origin may not connect");
    } else if (carriesSecret(request)) {
      refuse(request, 400, "tokens do not belong in a URL");
    } else if (draining.getAsBoolean()) {
      refuse(request, 503, "this node is leaving");
    } else {
      origins.allow(request);
      route(request, path);
    }
  }

  /** Whoever wants a socket through a proxy is counted for the address behind it. */
  private Optional<Failure> crowd(HttpServerRequest request) {
    return request.canUpgradeToWebSocket() ? callers.crowd(request) : Optional.empty();
  }

  private void route(HttpServerRequest request, String path) {
    switch (path.substring(ROOT.length())) {
      case "", "/" -> sockJs.greet(request);
      case "/info" -> sockJs.info(request);
      case "/websocket" -> upgrade(request, false);
      default -> {
        Matcher matcher = SESSION.matcher(path);
        if (!matcher.matches()) {
          refuse(request, 404, "there is nothing here");
        } else if (matcher.group(2).equals("websocket") && sockJs.enabled("websocket")) {
          upgrade(request, true);
        } else if (!sockJs.serve(request, matcher.group(1), matcher.group(2))) {
          refuse(request, 404, "there is no such transport");
        }
      }
    }
  }

  private void upgrade(HttpServerRequest request, boolean framed) {
    Optional<Failure> crowd = crowd(request);
    if (crowd.isPresent()) {
      turnAway(request, crowd.get());
      return;
    }
    boolean last = request.canUpgradeToWebSocket();
    request
        .toWebSocket()
        .onSuccess(socket -> opened.accept(socket, framed))
        .onFailure(
            cause -> {
              LOG.debug("no WebSocket: {}", cause.toString());
              if (last) {
                request.connection().close();
              }
            });
  }

  /** Whoever wanted a socket has no other use for the connection, and nobody waits for more. */
  private static void refuse(HttpServerRequest request, int status, String text) {
    boolean last = request.canUpgradeToWebSocket();
    if (last) {
      request.response().putHeader("Connection", "close");
    }
    SockJs.refuse(request.response(), status, text);
    if (last) {
      request.connection().close();
    }
  }

  /** A token in a URL ends up in logs and histories. */
  private static boolean carriesSecret(HttpServerRequest request) {
    return request.query() != null
        && request.params().entries().stream()
            .anyMatch(
                parameter ->
                    SECRETS.contains(parameter.getKey().toLowerCase(Locale.ROOT))
                        || JWT.matcher(parameter.getValue()).matches());
  }
}
