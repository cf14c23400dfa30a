package io.parley.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * The app for browsers. Every path that is nobody else's is a place in it, for whoever asks for a
 * page; without it the root leads to the documentation.
 */
final class WebRoutes {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
          + "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
          + "media-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  /** All but what belongs to others, so that those still know their wrong methods from nothing. */
  private static final String PLACES = "/(?!(?:api|eventbus|docs|assets)(?:/|$)).*";

  private final Assets assets;
  private final String home;

  /**
   * @param home where the app is on the class path
   */
  WebRoutes(Assets assets, String home) {
    this.assets = assets;
    this.home = home;
  }

  void mount(Router router) {
    if (!Assets.exists(home + "/index.html")) {
      Assets.reading(router, "/").handler(WebRoutes::toDocs);
      return;
    }
    Assets.reading(router, "/assets/:file")
        .handler(routing -> file(routing, home + "/assets/", FOREVER));
    Assets.reading(router, "/:file").handler(this::top);
    Assets.reading(router).pathRegex(PLACES).handler(this::page);
  }

  /** A file beside the page, such as the service worker; names of files have a dot. */
  private void top(RoutingContext routing) {
    if (routing.pathParam("file").contains(".")) {
      file(routing, home + "/", ASK_AGAIN);
    } else {
      routing.next();
    }
  }

  private void file(RoutingContext routing, String folder, String caching) {
    String name = routing.pathParam("file");
    if (NAME.matcher(name).matches() && Assets.exists(folder + name)) {
      assets.send(routing, folder + name, POLICY, caching);
    } else {
      routing.next();
    }
  }

  private void page(RoutingContext routing) {
    String path = routing.normalizedPath();
    boolean file = path.indexOf('.', path.lastIndexOf('/')) >= 0;
    String accepted = routing.request().getHeader(HttpHeaders.ACCEPT);
    if (path.equals("/") || (!file && accepted != null && accepted.contains("text/html"))) {
      assets.send(routing, home + "/index.html", POLICY, ASK_AGAIN);
    } else {
      routing.next();
    }
  }

  private static void toDocs(RoutingContext routing) {
    routing.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, "/docs").end();
  }
}
