package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.Await;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which pages get through, on every transport. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OriginsTest {
  private TestBridge world;
  private WebClient client;

  @BeforeAll
  void open() {
    world = new TestBridge();
    client = WebClient.create(world.vertx);
  }

  @AfterAll
  void close() {
    world.close();
  }

  static Stream<Arguments> matrix() {
    Stream<String[]> routes =
        Stream.of(
            new String[] {"GET", "/eventbus/info"},
            new String[] {"GET", "/eventbus/websocket"},
            new String[] {"GET", "/eventbus/000/$/websocket"},
            new String[] {"POST", "/eventbus/000/$/xhr"},
            new String[] {"OPTIONS", "/eventbus/000/$/xhr"},
            new String[] {"OPTIONS", "/eventbus/info"});
    return routes.flatMap(
        route ->
            Stream.of(
                Arguments.of(route[0], route[1], "", true, false),
                Arguments.of(route[0], route[1], "http://$host", true, false),
                Arguments.of(route[0], route[1], TestBridge.ORIGIN, true, true),
                Arguments.of(route[0], route[1], "https://evil.example.org", false, false),
                Arguments.of(route[0], route[1], "http://$host.evil.example.org", false, false),
                Arguments.of(route[0], route[1], "http://127.0.0.1:1", false, false),
                Arguments.of(route[0], route[1], TestBridge.ORIGIN + ".evil.org", false, false),
                Arguments.of(route[0], route[1], "file://$host", false, false),
                Arguments.of(route[0], route[1], "null", false, false),
                Arguments.of(route[0], route[1], "%%%", false, false)));
  }

  @ParameterizedTest(name = "{0} {1} from {2}: {3}")
  @MethodSource("matrix")
  void pagesOfOthersStayOutside(
      String method, String path, String origin, boolean admitted, boolean readable) {
    HttpRequest<Buffer> request =
        client.request(
            HttpMethod.valueOf(method),
            world.port(),
            "127.0.0.1",
            path.replace("$", "s" + System.nanoTime()));
    if (!origin.isEmpty()) {
      request.putHeader("Origin", origin.replace("$host", "127.0.0.1:" + world.port()));
    }
    if (path.endsWith("websocket")) {
      request.putHeader("Cookie", "session=victim");
    }

    HttpResponse<Buffer> response = Await.of(request.send());

    assertThat(response.statusCode() != 403).isEqualTo(admitted);
    assertThat(Optional.ofNullable(response.getHeader("Access-Control-Allow-Origin")))
        .isEqualTo(readable ? Optional.of(origin) : Optional.empty());
    assertThat(response.getHeader("Access-Control-Allow-Credentials") != null).isEqualTo(readable);
  }
}
