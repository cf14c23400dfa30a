package io.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.config.ClusterConfig.TlsConfig;
import io.parley.config.EdgeConfig;
import io.parley.config.EdgeTlsConfig;
import io.parley.fixtures.TestAuthority;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeTlsTest {
  private static final Duration LONG = Edges.LONG;
  private static final Duration OFTEN = Duration.ofMillis(50);
  private static final String ASK = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  /** A record that begins a handshake and promises more than ever comes. */
  private static final byte[] HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3};

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Socket> sockets = new ArrayList<>();
  private Path dir;
  private TestAuthority authority;
  private Door door;

  @BeforeEach
  void found(@TempDir Path temporary) {
    dir = temporary;
    authority = new TestAuthority(dir, "authority");
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    vertx.close().await();
  }

  @Test
  void bothModernVersionsAreSpokenAndNoOlderOne() throws IOException {
    HttpServer server = serve(Edges.limits(0, 0, 0), authority.server("edge", "127.0.0.1"));

    for (String version : List.of("TLSv1.3", "TLSv1.2")) {
      SSLSocket socket = shaken(server, version);
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      assertThat(socket.getSession().getCipherSuite()).containsAnyOf("_GCM_", "_CHACHA20_");
      assertThat(ask(socket)).startsWith("HTTP/1.1 200 OK");
    }
    SSLSocket old = tls(server);
    old.setEnabledProtocols(new String[] {"TLSv1.2"});
    old.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
    assertThatThrownBy(old::startHandshake).isInstanceOf(SSLException.class);
  }

  @Test
  void nobodyIsAllowedToShakeHandsAgainAndAgain() throws IOException {
    HttpServer server = serve(Edges.limits(0, 0, 0), authority.server("edge", "127.0.0.1"));
    SSLSocket socket = shaken(server, "TLSv1.2");

    assertThatThrownBy(
            () -> {
              socket.startHandshake();
              ask(socket);
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void whoConnectsIsCountedBeforeAnyHandshake() throws IOException {
    HttpServer server = serve(Edges.limits(2, 0, 0), authority.server("edge", "127.0.0.1"));
    plain(server);
    plain(server);
    await().until(() -> door.connections() == 2);
    SSLSocket third = shaken(server, "TLSv1.3");
    Socket fourth = plain(server);

    assertThat(fourth.getInputStream().read()).as("cut off").isEqualTo(-1);
    assertThat(ask(third)).as("told why").startsWith("HTTP/1.1 503");
    assertThat(door.connections()).isEqualTo(3);
    stop();
    await().until(() -> door.connections() == 0);
  }

  @Test
  void aHandshakeThatDoesNotEndIsNotWaitedFor() throws IOException {
    EdgeConfig patience = Edges.times(Duration.ofMillis(300), LONG, LONG);
    HttpServer server = serve(patience, authority.server("edge", "127.0.0.1"));
    Socket slow = plain(server);
    slow.getOutputStream().write(HELLO);

    assertThat(slow.getInputStream().readAllBytes()).isEmpty();
    assertThat(meters.get("parley.edge.late").counter().count()).isEqualTo(1);
    await().until(() -> door.connections() == 0);
  }

  @Test
  void aHeadThatDoesNotEndIsNotWaitedForEither() throws IOException {
    EdgeConfig patience = Edges.times(Duration.ofSeconds(2), LONG, LONG);
    SSLSocket socket = shaken(serve(patience, authority.server("edge", "127.0.0.1")), "TLSv1.3");
    socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));

    assertThat(left(socket)).isEmpty();
    assertThat(meters.get("parley.edge.late").counter().count()).isEqualTo(1);
  }

  @Test
  void aRenewedCertificateIsShownWithoutARestart() throws IOException {
    TlsConfig first = authority.server("edge", "127.0.0.1");
    HttpServer server = serve(Edges.limits(0, 0, 0), first);
    SSLSocket early = shaken(server, "TLSv1.3");
    BigInteger old = shown(early);

    authority.server("edge", "127.0.0.1");

    await().until(() -> !shown(shaken(server, "TLSv1.3")).equals(old));
    assertThat(ask(early)).as("who was there stays").startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void newFilesThatAreOfNoUseChangeNothing() throws IOException {
    TlsConfig first = authority.server("edge", "127.0.0.1");
    HttpServer server = serve(Edges.limits(0, 0, 0), first);
    BigInteger old = shown(shaken(server, "TLSv1.3"));

    TlsConfig other = authority.server("other", "127.0.0.1");
    replace(first.certificate(), other.certificate());
    vertx.timer(10 * OFTEN.toMillis()).await();
    assertThat(shown(shaken(server, "TLSv1.3"))).isEqualTo(old);

    replace(first.key(), other.key());
    await().until(() -> !shown(shaken(server, "TLSv1.3")).equals(old));
  }

  @Test
  void whatCannotBeShownIsToldBeforeTheNodeStarts() {
    TlsConfig good = authority.server("good", "chat.example.org");
    TlsConfig other = authority.server("other", "chat.example.org");
    TlsConfig client =
        authority.node("client", Instant.now().plus(LONG), KeyPurposeId.id_kp_clientAuth);
    TlsConfig brief =
        authority.node("brief", Instant.now().minus(LONG), KeyPurposeId.id_kp_serverAuth);

    refused("missing", good.key(), "http.tls.certificate cannot be read");
    refused(good.certificate(), other.key(), "http.tls.key does not fit");
    refused(good.certificate(), good.certificate(), "http.tls.key holds no private key");
    refused(client.certificate(), client.key(), "http.tls.certificate must be made for server");
    refused(brief.certificate(), brief.key(), "http.tls.certificate expired at");
    assertThat(EdgeTls.read("http.tls", EdgeTlsConfig.NONE, Clock.systemUTC())).isEmpty();
  }

  private static void refused(String certificate, String key, String why) {
    EdgeTlsConfig config = new EdgeTlsConfig(certificate, key);
    assertThatThrownBy(() -> EdgeTls.read("http.tls", config, Clock.systemUTC()))
        .hasMessageContaining(why);
  }

  private static void replace(String file, String by) throws IOException {
    Files.copy(Path.of(by), Path.of(file), StandardCopyOption.REPLACE_EXISTING);
  }

  private HttpServer serve(EdgeConfig edge, TlsConfig files) {
    EdgeTls tls =
        EdgeTls.read(
                "http.tls",
                new EdgeTlsConfig(files.certificate(), files.key()),
                Clock.systemUTC(),
                OFTEN)
            .orElseThrow();
    door = new Door(edge, 10_000, new Random(1), meters);
    Callers callers = new Callers(vertx, door);
    HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
    tls.secure(options, door);
    HttpServer server =
        vertx
            .createHttpServer(options)
            .connectionHandler(callers::connected)
            .requestHandler(
                request ->
                    request
                        .response()
                        .setStatusCode(callers.begin(request).isPresent() ? 503 : 200)
                        .end())
            .listen(0, "127.0.0.1")
            .await();
    tls.keep(vertx, server, options);
    return server;
  }

  private Socket plain(HttpServer server) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.actualPort());
    socket.setSoTimeout((int) LONG.toMillis());
    sockets.add(socket);
    return socket;
  }

  private SSLSocket tls(HttpServer server) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            authority
                .trust()
                .getSocketFactory()
                .createSocket(plain(server), "127.0.0.1", server.actualPort(), true);
    sockets.add(socket);
    return socket;
  }

  private SSLSocket shaken(HttpServer server, String version) throws IOException {
    SSLSocket socket = tls(server);
    socket.setEnabledProtocols(new String[] {version});
    socket.startHandshake();
    return socket;
  }

  private static BigInteger shown(SSLSocket socket) throws IOException {
    return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
  }

  private static String ask(SSLSocket socket) throws IOException {
    socket.getOutputStream().write(ASK.getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
  }

  private static String left(SSLSocket socket) {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException cut) {
      return "";
    }
  }
}
