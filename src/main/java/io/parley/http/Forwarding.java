package io.parley.http;

import io.parley.edge.Door;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.MediaType;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;

/**
 * Hands what belongs to sockets to the bridge of this node, so that one origin serves everything.
 *
 * <p>WebSockets go through pipes of our own: those of the proxy read on when the other side does
 * not, and a slow reader would fill this process instead of being closed by the bridge.
 */
final class Forwarding {
  private static final int CONNECT_TIMEOUT_MS = 2_000;
  private static final int MAX_SOCKETS = 100_000;

  private final HttpClient client;
  private final HttpProxy proxy;
  private final RequestOptions bridge;
  private final Door door;

  /**
   * @param door where the connections to the bridge are counted, too
   */
  Forwarding(Vertx vertx, HttpVerticle.Bridge there, Door door) {
    this.door = door;
    this.client =
        vertx.createHttpClient(options(there), new PoolOptions().setHttp1MaxSize(MAX_SOCKETS));
    this.bridge =
        new RequestOptions()
            .setHost(there.host())
            .setPort(there.port())
            .setSsl(there.tls().isPresent());
    this.proxy =
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
            .origin(proxied -> connect(proxied.request().proxiedRequest()))
            .addInterceptor(new Reached(door));
  }

  /** Where the bridge speaks TLS, its own certificate is trusted and no other. */
  private static HttpClientOptions options(HttpVerticle.Bridge there) {
    HttpClientOptions options = new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS);
    there
        .tls()
        .ifPresent(
            shown -> options.setSsl(true).setVerifyHost(false).setTrustOptions(shown.exactly()));
    return options;
  }

  /** Whether a path belongs to the bridge. */
  static boolean covers(String path) {
    return path.equals("/eventbus") || path.startsWith("/eventbus/");
  }

  void forward(HttpServerRequest request) {
    if (request.canUpgradeToWebSocket()) {
      tunnel(request);
    } else {
      proxy.handle(request);
    }
  }

  /** The bridge sees the authority that the client asked for, and compares origins with it. */
  private Future<HttpClientRequest> connect(HttpServerRequest request) {
    return client.request(bridge).map(upstream -> upstream.authority(request.authority()));
  }

  private void tunnel(HttpServerRequest request) {
    request.pause();
    Future.succeededFuture()
        .map(start -> door.admit("", ""))
        .compose(place -> tunnel(request, place))
        .onFailure(cause -> refuse(request));
  }

  private Future<Void> tunnel(HttpServerRequest request, Door.Place place) {
    return connect(request)
        .compose(upstream -> upgrade(request, upstream))
        .compose(answer -> join(request, answer, place))
        .onFailure(cause -> place.leave());
  }

  private Future<HttpClientResponse> upgrade(
      HttpServerRequest request, HttpClientRequest upstream) {
    upstream.setMethod(request.method()).setURI(request.uri());
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Connection")) {
                upstream.headers().add(name, value);
              }
            });
    upstream.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
    door.proxies().handOn(request, upstream.headers());
    return upstream.connect();
  }

  private static Future<Void> join(
      HttpServerRequest request, HttpClientResponse answer, Door.Place place) {
    HttpServerResponse response = request.response().setStatusCode(answer.statusCode());
    response.headers().addAll(answer.headers());
    if (answer.statusCode() != 101) {
      place.leave();
      request.resume();
      return answer.body().compose(response::end);
    }
    NetSocket bridge = answer.netSocket();
    bridge.closeHandler(closed -> place.leave());
    bridge.pause();
    return request
        .toNetSocket()
        .onFailure(cause -> bridge.close())
        .onSuccess(
            client -> {
              client.pipeTo(bridge).onFailure(cause -> bridge.close());
              bridge.pipeTo(client).onFailure(cause -> client.close());
            })
        .mapEmpty();
  }

  private static void refuse(HttpServerRequest request) {
    request.resume();
    Edge.harden(request.response());
    Problems.send(request.response(), unreached());
  }

  private static Failure unreached() {
    return Failure.of(Reason.UNAVAILABLE, "the socket service is not running just now");
  }

  /** Tells the bridge who asks, and says in our own words that it was not reached. */
  private record Reached(Door door) implements ProxyInterceptor {
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext proxied) {
      door.proxies().handOn(proxied.request().proxiedRequest(), proxied.request().headers());
      return proxied.sendRequest().otherwise(cause -> refused(proxied));
    }

    private static ProxyResponse refused(ProxyContext proxied) {
      return proxied
          .request()
          .release()
          .response()
          .setStatusCode(503)
          .setBody(Body.body(Problems.encode(503, unreached()), MediaType.parse(Problems.TYPE)));
    }
  }
}
