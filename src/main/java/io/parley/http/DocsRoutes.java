package io.parley.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** The contract, and a page to read and try it: from this server alone, without inline scripts. */
final class DocsRoutes {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";
  private static final String CACHED = "public, max-age=3600";

  private final String library = "META-INF/resources/webjars/swagger-ui/" + version();

  void mount(Router router) {
    Map<String, String> files =
        Map.of(
            "/openapi.yaml",
            "openapi.yaml",
            "/docs",
            "docs/index.html",
            "/docs/start.js",
            "docs/start.js",
            "/docs/swagger-ui.css",
            library + "/swagger-ui.css",
            "/docs/swagger-ui-bundle.js",
            library + "/swagger-ui-bundle.js",
            "/docs/favicon.png",
            library + "/favicon-32x32.png");
    files.forEach((path, file) -> router.get(path).handler(routing -> send(routing, file)));
    router.get("/").handler(routing -> redirect(routing.response()));
  }

  private static void send(RoutingContext routing, String file) {
    routing
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader(HttpHeaders.CACHE_CONTROL, CACHED)
        .putHeader(HttpHeaders.CONTENT_TYPE, type(file))
        .sendFile(file)
        .onFailure(cause -> Problems.send(routing.response(), cause));
  }

  private static void redirect(HttpServerResponse response) {
    response.setStatusCode(302).putHeader(HttpHeaders.LOCATION, "/docs").end();
  }

  private static String type(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "png" -> "image/png";
      case "yaml" -> "application/yaml; charset=utf-8";
      default -> throw new IllegalArgumentException(file);
    };
  }

  private static String version() {
    String home = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    try (InputStream stream = DocsRoutes.class.getResourceAsStream(home)) {
      if (stream == null) {
        throw new IllegalStateException("the library of /docs is missing from the class path");
      }
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
