package io.parley.cli.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;

/**
 * One person's raw socket: signed in, listening to a room. Frames are searched, not parsed, to stay
 * cheap.
 */
final class LoadSocket {
  private static final String OPENED = "opened";
  private static final String CID = "\"cid\":\"L";

  private final Member member;
  private final LoadTimes times;
  private final Promise<LoadSocket> ready = Promise.promise();
  private final WebSocket socket;

  private LoadSocket(Member member, LoadTimes times, WebSocket socket) {
    this.member = member;
    this.times = times;
    this.socket = socket;
  }

  /** Connects, signs in and registers; completes when the room says ready. */
  static Future<LoadSocket> connect(
      WebSocketClient client, URI bridge, Member member, LoadTimes times) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(bridge.getHost())
            .setPort(bridge.getPort())
            .setURI("/eventbus/websocket");
    return client.connect(options).compose(socket -> new LoadSocket(member, times, socket).open());
  }

  /** Posts the message of a number; its text is as given. */
  void post(int number, String text) {
    ObjectNode body = member.message(number, text).put("room", member.room());
    send("messages.post", Member.cid(number), body);
  }

  Future<Void> close() {
    return socket.close();
  }

  private Future<LoadSocket> open() {
    socket.textMessageHandler(this::receive);
    socket.closeHandler(
        closed ->
            ready.tryFail(
                Failure.of(Reason.UNAVAILABLE, "the socket was closed: " + socket.closeReason())));
    send("session.open", OPENED, Json.mapper().createObjectNode().put("token", member.token()));
    return ready.future();
  }

  private void receive(String frame) {
    if (frame.startsWith("{\"type\":\"err\"")) {
      refused(frame);
    } else if (frame.contains("\"kind\":\"message\"")) {
      delivered(frame);
    } else if (frame.contains("\"address\":\"L")) {
      times.acknowledged(number(frame, "\"address\":\"L"));
    } else if (frame.contains("\"address\":\"" + OPENED + "\"")) {
      register();
    } else if (frame.contains("\"kind\":\"ready\"")) {
      ready.tryComplete(this);
    }
  }

  private void refused(String frame) {
    if (frame.contains("\"address\":\"L")) {
      times.refused(frame);
    } else {
      ready.tryFail(Failure.of(Reason.UNAVAILABLE, frame));
    }
  }

  private void delivered(String frame) {
    if (frame.contains(CID)) {
      times.delivered(number(frame, CID));
    }
  }

  private void register() {
    ObjectNode frame = Json.mapper().createObjectNode();
    frame.put("type", "register").put("address", "room." + member.room()).putObject("headers");
    write(frame);
  }

  private void send(String address, String reply, ObjectNode body) {
    ObjectNode frame = Json.mapper().createObjectNode();
    frame.put("type", "send").put("address", address).put("replyAddress", reply);
    frame.set("body", body);
    write(frame);
  }

  private void write(ObjectNode frame) {
    socket.writeTextMessage(Json.write(frame)).onFailure(times::broken);
  }

  private static int number(String frame, String before) {
    int at = frame.indexOf(before) + before.length();
    int number = 0;
    while (Character.isDigit(frame.charAt(at))) {
      number = number * 10 + frame.charAt(at++) - '0';
    }
    return number;
  }
}
