package io.parley.abuse;

import static org.awaitility.Awaitility.await;

import io.parley.fixtures.WireTap;
import io.parley.json.Json;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What can be tried with connections, SockJS and WebSockets, before anything is asked. */
final class TransportRows {
  private static final int MAX_FRAME = 64 * 1024;
  private static final List<String> EVIL =
      List.of("Origin: https://evil.example.org", "Cookie: __Host-refresh=of-the-victim");
  private static final byte[] TEXT = bytes("{\"type\":\"ping\"}");

  private TransportRows() {}

  static Stream<Row> all() {
    return Stream.of(
            List.of(
                new Row(
                    "S1", "a foreign page with a cookie, any transport", "403", s -> foreign(s)),
                new Row("S3", "sending to a guessed session", "404", TransportRows::guessed),
                new Row("S4", "one session opened twice", TWICE, TransportRows::twice),
                new Row("S5", "bodies that are no frames", BODIES, TransportRows::bodies),
                new Row("S9", "answers no ping", "close 4508", TransportRows::dead),
                new Row("S10", "never reads but pings", "4408, resumed 250", Floods::neverReads),
                new Row("S12", "a thousand connections", CONNECTS, Floods::connections),
                new Row("S13", "never signs in", "close 4401", TransportRows::nameless),
                new Row("S16", "an upgrade where there is none", "404", s -> upgrade(s, "x", "13")),
                new Row("S16", "version 12", "426", s -> upgrade(s, "websocket", "12")),
                new Row("S17", "a head that never ends", "cut", TransportRows::endlessHead),
                new Row("S18", "a body that never comes", "cut", TransportRows::endlessBody),
                new Row("S19", "pings without end", "close 4429", TransportRows::pings)),
            frames())
        .flatMap(List::stream);
  }

  static final String TWICE = "200 c[2010,\"Another connection still open\"]";
  static final String BODIES =
      "404 there is no such session, 500 Payload expected., 500 Broken JSON encoding.,"
          + " 500 Broken JSON encoding.";
  static final String CONNECTS = "{HTTP/1.1 200 OK=50, HTTP/1.1 429 Too Many Requests=950}";

  private static List<Row> frames() {
    byte[] big = new byte[MAX_FRAME + 1];
    byte[] half = bytes("x".repeat(MAX_FRAME * 2 / 3));
    byte[] euro = bytes("\"€\"");
    byte[] head = {euro[0], euro[1], euro[2]};
    byte[] tail = {euro[3], euro[4]};
    return List.of(
        frame("S7", "an unmasked frame", "close 1002", WireTap.encode(0x81, 0, TEXT)),
        frame("S7", "a reserved bit", "close 1002", masked(0xC1, TEXT)),
        frame("S7", "a reserved opcode", "close 1002", masked(0x83, TEXT)),
        frame("S7", "a reserved control opcode", "close 1002", masked(0x8B, new byte[0])),
        frame("S7", "a fat ping", "close 1002", masked(0x89, new byte[126])),
        frame("S7", "a ping in pieces", "close 1002", masked(0x09, new byte[1])),
        frame("S7", "a piece of nothing", "close 1002", masked(0x80, TEXT)),
        frame(
            "S7",
            "a new message inside another",
            "close 1002",
            masked(0x01, half),
            masked(0x81, TEXT)),
        frame("S7", "a close frame of one byte", "close 1002", masked(0x88, new byte[1])),
        frame("S7", "a frame over 64 KiB", "close 1009", masked(0x81, big)),
        frame("S7", "pieces over 64 KiB", "close 1009", masked(0x01, half), masked(0x80, half)),
        frame("S7", "a binary frame", "close 1003", masked(0x82, TEXT)),
        frame("S8", "invalid UTF-8", "close 1007", masked(0x81, raw('"', 0xE9, '"'))),
        frame("S8", "overlong UTF-8", "close 1007", masked(0x81, raw(0xC0, 0x80))),
        frame("S8", "a surrogate in UTF-8", "close 1007", masked(0x81, raw(0xED, 0xA0, 0x80))),
        frame("S8", "cut off UTF-8", "close 1007", masked(0x81, head)),
        frame(
            "S8",
            "invalid UTF-8 in pieces",
            "close 1007",
            masked(0x01, head),
            masked(0x80, raw('"'))),
        new Row("S8", "a character in two pieces is none", "4000", s -> split(s, head, tail)));
  }

  private static Row frame(String id, String what, String expected, byte[]... frames) {
    return new Row(
        id,
        what,
        expected,
        scene -> {
          try (WireTap tap = new WireTap(scene.port(), 0)) {
            for (byte[] frame : frames) {
              tap.write(frame);
            }
            return tap.end();
          }
        });
  }

  /** Valid text that is no JSON object is refused as such, and the socket lives. */
  private static String split(Scene scene, byte[] head, byte[] tail) {
    try (WireTap tap = new WireTap(scene.port(), 0)) {
      tap.write(masked(0x01, head));
      tap.write(masked(0x80, tail));
      return String.valueOf(Json.object(bytes(tap.next())).path("failureCode").asInt());
    }
  }

  private static String foreign(Scene scene) throws IOException {
    Set<String> statuses = new LinkedHashSet<>();
    String session = "/eventbus/000/" + UUID.randomUUID() + "/";
    List<String> upgrade = new ArrayList<>(EVIL);
    upgrade.addAll(RawHttp.UPGRADE);
    for (int port : new int[] {scene.port(), scene.node.httpPort()}) {
      for (String path : List.of("/eventbus/websocket", session + "websocket")) {
        statuses.add(RawHttp.status(port, "GET " + path, upgrade, ""));
      }
      for (String transport : List.of("eventsource", "jsonp", "htmlfile")) {
        statuses.add(RawHttp.status(port, "GET " + session + transport + "?c=x", EVIL, ""));
      }
      for (String transport : List.of("xhr", "xhr_streaming", "xhr_send", "jsonp_send")) {
        statuses.add(RawHttp.status(port, "POST " + session + transport, EVIL, "[\"{}\"]"));
      }
      statuses.add(RawHttp.status(port, "GET /eventbus/info", EVIL, ""));
    }
    return String.join(", ", statuses);
  }

  private static String guessed(Scene scene) throws IOException {
    String path = "POST /eventbus/000/" + UUID.randomUUID() + "/xhr_send";
    return RawHttp.status(scene.port(), path, List.of(), "[\"{}\"]");
  }

  private static String twice(Scene scene) throws IOException {
    String session = "POST /eventbus/000/" + UUID.randomUUID();
    try (Socket first = RawHttp.connect(scene.port(), "127.0.0.1")) {
      RawHttp.write(first, session + "/xhr_streaming", List.of(), "");
      RawHttp.line(first);
      return RawHttp.exchange(scene.port(), session + "/xhr", "");
    }
  }

  private static String bodies(Scene scene) throws IOException {
    String session = "POST /eventbus/000/" + UUID.randomUUID();
    List<String> answers = new ArrayList<>();
    answers.add(RawHttp.exchange(scene.port(), session + "/xhr_send", "[\"{}\"]"));
    RawHttp.exchange(scene.port(), session + "/xhr", "");
    for (String body : List.of("", "[", "{}")) {
      answers.add(RawHttp.exchange(scene.port(), session + "/xhr_send", body));
    }
    return String.join(", ", answers);
  }

  private static String dead(Scene scene) {
    try (WireTap tap = new WireTap(scene.port(), 0)) {
      Map<String, String> token = Map.of("token", scene.ann.token());
      tap.text(Json.write(Map.of("type", "send", "address", "session.open", "body", token)));
      return tap.end();
    }
  }

  private static String nameless(Scene scene) {
    try (WireTap tap = new WireTap(scene.port(), 0)) {
      return tap.end();
    }
  }

  private static String pings(Scene scene) {
    try (WireTap tap = new WireTap(scene.port(), 0)) {
      byte[] ping = masked(0x89, new byte[0]);
      byte[] many = new byte[2_000 * ping.length];
      for (int i = 0; i < many.length; i += ping.length) {
        System.arraycopy(ping, 0, many, i, ping.length);
      }
      tap.write(many);
      return tap.end();
    }
  }

  private static String upgrade(Scene scene, String path, String version) throws IOException {
    List<String> headers = new ArrayList<>(RawHttp.UPGRADE);
    headers.set(3, "Sec-WebSocket-Version: " + version);
    return RawHttp.status(scene.port(), "GET /eventbus/" + path, headers, "");
  }

  private static String endlessHead(Scene scene) throws IOException {
    return slowly(scene, "GET /eventbus HTTP/1.1\r\nHost: ");
  }

  private static String endlessBody(Scene scene) throws IOException {
    String session = "/eventbus/000/" + UUID.randomUUID();
    RawHttp.exchange(scene.port(), "POST " + session + "/xhr", "");
    String head =
        "POST " + session + "/xhr_send HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\n";
    return slowly(scene, head);
  }

  /** Byte by byte, on both ports, and both cut it off. */
  private static String slowly(Scene scene, String begin) throws IOException {
    try (Socket bridge = RawHttp.connect(scene.port(), "127.0.0.1");
        Socket http = RawHttp.connect(scene.node.httpPort(), "127.0.0.1")) {
      bridge.getOutputStream().write(bytes(begin));
      http.getOutputStream().write(bytes(begin));
      await()
          .atMost(Scene.PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> Stream.of(bridge, http).filter(TransportRows::taken).count() == 0);
      Set<String> ends = new LinkedHashSet<>(List.of(RawHttp.line(bridge)));
      ends.add(RawHttp.line(http));
      return String.join(", ", ends);
    }
  }

  private static boolean taken(Socket socket) {
    try {
      socket.getOutputStream().write('x');
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  private static byte[] masked(int first, byte[] payload) {
    return WireTap.encode(first, 0x80, payload);
  }

  private static byte[] raw(int... values) {
    byte[] raw = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      raw[i] = (byte) values[i];
    }
    return raw;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
