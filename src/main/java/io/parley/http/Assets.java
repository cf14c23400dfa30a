package io.parley.http;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files of this server's own pages, from the class path: read and compressed once, on first use.
 *
 * <p>For one event loop. Callers name the files; nothing of a request becomes part of a name
 * unchecked.
 */
final class Assets {
  private static final int MIN_COMPRESSED = 1024;

  private final Vertx vertx;
  private final Map<String, Future<Asset>> loaded = new HashMap<>();

  Assets(Vertx vertx) {
    this.vertx = vertx;
  }

  /** A file as it is sent. */
  private record Asset(Buffer plain, Buffer zipped, String tag) {}

  static boolean exists(String file) {
    return Assets.class.getResource("/" + file) != null;
  }

  /** Answers with a file; a problem NOT_FOUND when there is none. */
  void send(RoutingContext routing, String file, String policy, String caching) {
    load(file)
        .onSuccess(asset -> send(routing, file, asset, policy, caching))
        .onFailure(cause -> Problems.send(routing.response(), cause));
  }

  private static void send(
      RoutingContext routing, String file, Asset asset, String policy, String caching) {
    HttpServerRequest request = routing.request();
    HttpServerResponse response =
        routing
            .response()
            .putHeader("Content-Security-Policy", policy)
            .putHeader("Cross-Origin-Opener-Policy", "same-origin")
            .putHeader(HttpHeaders.CACHE_CONTROL, caching)
            .putHeader(HttpHeaders.ETAG, asset.tag());
    response.headers().add(HttpHeaders.VARY, "Accept-Encoding");
    if (asset.tag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    boolean zipped =
        unzips(request.getHeader(HttpHeaders.ACCEPT_ENCODING))
            && asset.zipped().length() < asset.plain().length();
    Buffer body = zipped ? asset.zipped() : asset.plain();
    if (zipped) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, type(file))
        .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
        .end(request.method().equals(HttpMethod.HEAD) ? Buffer.buffer() : body);
  }

  /** A way to files: HEAD is answered like GET, without the body. */
  static Route reading(Router router) {
    return router.route().method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  static Route reading(Router router, String path) {
    return reading(router).path(path);
  }

  private static boolean unzips(@Nullable String accepted) {
    return accepted != null && accepted.toLowerCase(Locale.ROOT).matches(".*\\bgzip\\b(?!;q=0).*");
  }

  private Future<Asset> load(String file) {
    if (!exists(file)) {
      return Future.failedFuture(Failure.of(Reason.NOT_FOUND, "there is nothing here"));
    }
    return loaded.computeIfAbsent(file, unread -> vertx.executeBlocking(() -> read(file)));
  }

  private static Asset read(String file) throws IOException {
    try (InputStream stream = Assets.class.getResourceAsStream("/" + file)) {
      if (stream == null) {
        throw new IOException(file + " is gone");
      }
      byte[] bytes = stream.readAllBytes();
      byte[] zipped = bytes.length < MIN_COMPRESSED ? bytes : zip(bytes);
      return new Asset(Buffer.buffer(bytes), Buffer.buffer(zipped), tag(bytes));
    }
  }

  private static byte[] zip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(zipped)) {
      stream.write(bytes);
    }
    return zipped.toByteArray();
  }

  /** Weak, since both encodings share it. */
  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "W/\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String type(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "json", "map" -> "application/json";
      case "webmanifest" -> "application/manifest+json";
      case "svg" -> "image/svg+xml";
      case "png" -> "image/png";
      case "webp" -> "image/webp";
      case "woff2" -> "font/woff2";
      case "yaml" -> "application/yaml; charset=utf-8";
      default -> "application/octet-stream";
    };
  }
}
