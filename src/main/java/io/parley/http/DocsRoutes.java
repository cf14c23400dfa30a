package io.parley.http;

import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** The contracts, and a page to read and try it: from this server alone, without inline scripts. */
final class DocsRoutes {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";
  private static final String CACHED = "public, max-age=3600";

  private final String library = "META-INF/resources/webjars/swagger-ui/" + version();

  private final Assets assets;

  DocsRoutes(Assets assets) {
    this.assets = assets;
  }

  void mount(Router router) {
    Map<String, String> files =
        Map.of(
            "/openapi.yaml",
            OpenApi.FILE,
            "/asyncapi.yaml",
            "asyncapi.yaml",
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
    files.forEach(
        (path, file) ->
            Assets.reading(router, path)
                .handler(routing -> assets.send(routing, file, POLICY, CACHED)));
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
