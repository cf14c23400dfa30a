package io.parley.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;

/** The frames of a raw socket, as text. */
public final class Frames {
  private static final int CONNECT_TIMEOUT_MS = 3_000;
  private static final int MAX_ANSWER = 8 << 20;

  private Frames() {}

  /**
   * For so many sockets at once. An answer is one frame, however much is asked for: 500 entries of
   * the longest are more than a mebibyte.
   */
  public static WebSocketClient sockets(Vertx vertx, int most) {
    return vertx.createWebSocketClient(
        new WebSocketClientOptions()
            .setMaxConnections(most)
            .setConnectTimeout(CONNECT_TIMEOUT_MS)
            .setMaxFrameSize(MAX_ANSWER)
            .setMaxMessageSize(MAX_ANSWER));
  }

  /** Connects a raw socket, which nobody has opened a session on. */
  public static Future<WebSocket> connect(WebSocketClient client, URI bridge) {
    return client.connect(
        new WebSocketConnectOptions()
            .setHost(bridge.getHost())
            .setPort(bridge.getPort())
            .setURI("/eventbus/websocket"));
  }

  /**
   * A command.
   *
   * @param reply what the answer is addressed to
   */
  public static String send(String address, String reply, ObjectNode body) {
    ObjectNode frame = frame("send", address).put("replyAddress", reply);
    frame.set("body", body);
    return Json.write(frame);
  }

  public static String open(String token, String reply) {
    return send("session.open", reply, Json.mapper().createObjectNode().put("token", token));
  }

  /**
   * Asks to hear a room.
   *
   * @param cursor of the last entry received, or empty: from now on
   */
  public static String register(String room, String cursor) {
    ObjectNode frame = frame("register", address(room));
    ObjectNode headers = frame.putObject("headers");
    if (!cursor.isEmpty()) {
      headers.put("cursor", cursor);
    }
    return Json.write(frame);
  }

  public static String unregister(String room) {
    return Json.write(frame("unregister", address(room)));
  }

  /** Where the entries of a room are addressed to. */
  public static String address(String room) {
    return "room." + room;
  }

  private static ObjectNode frame(String type, String address) {
    return Json.mapper().createObjectNode().put("type", type).put("address", address);
  }
}
