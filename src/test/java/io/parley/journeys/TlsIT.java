package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.config.ClusterConfig.TlsConfig;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.parley.fixtures.TestAuthority;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that speaks TLS at both of its doors. */
class TlsIT {
  private final Vertx vertx = Vertx.vertx();
  @TempDir private Path data;
  @TempDir private Path files;

  @AfterEach
  void stop() {
    Await.of(vertx.close());
  }

  @Test
  void peopleTalkOverTlsAtBothDoors() {
    TestAuthority authority = new TestAuthority(files, "authority");
    PemTrustOptions trust = new PemTrustOptions().addCertPath(authority.file().toString());
    try (ParleyProcess node = started(authority.server("edge", "127.0.0.1", "localhost"))) {
      assertThat(node.awaitLine("Parley is ready")).contains("https://");
      RestClient nobody = RestClient.secure(node.httpPort(), authority.trust());
      RestUser ann = nobody.signUp("Ann");
      RestUser bob = nobody.signUp("Bob");
      String room = ann.rest().room("engines", "public");
      bob.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200);
      String text = "x".repeat(7_000);

      try (SocketClient direct = SocketClient.secure(vertx, node.bridgePort(), ann.token(), trust);
          SocketClient forwarded =
              SocketClient.secure(vertx, node.httpPort(), bob.token(), trust)) {
        direct.listen(room, Optional.empty());
        forwarded.listen(room, Optional.empty());
        Await.of(direct.post(room, "one", text));
        Await.of(forwarded.post(room, "two", text));

        await().until(() -> said(direct, room, text) == 2 && said(forwarded, room, text) == 2);
      }
    }
  }

  @Test
  void aNodeThatCannotShowItsCertificateSaysWhyAndEnds() {
    TestAuthority authority = new TestAuthority(files, "authority");
    TlsConfig edge = authority.server("edge", "127.0.0.1");
    TlsConfig other = authority.server("other", "127.0.0.1");
    TlsConfig mixed = new TlsConfig(edge.certificate(), other.key(), "");
    try (ParleyProcess node = start(mixed)) {
      assertThat(node.awaitExit()).isNotZero();
      assertThat(node.output()).anyMatch(line -> line.contains("http.tls.key does not fit"));
    }
  }

  private static long said(SocketClient socket, String room, String text) {
    return socket.entries(room).stream()
        .filter(entry -> entry.path("body").path("text").asText().equals(text))
        .count();
  }

  private ParleyProcess started(TlsConfig edge) {
    return start(edge).awaitReady();
  }

  private ParleyProcess start(TlsConfig edge) {
    return ParleyProcess.serve(data)
        .env("PARLEY_HTTP_TLS_CERTIFICATE", edge.certificate())
        .env("PARLEY_HTTP_TLS_KEY", edge.key())
        .env("PARLEY_BRIDGE_TLS_CERTIFICATE", edge.certificate())
        .env("PARLEY_BRIDGE_TLS_KEY", edge.key())
        .start();
  }
}
