package io.parley.cli.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.cli.client.Frames;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
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
    return Frames.connect(client, bridge)
        .compose(socket -> new LoadSocket(member, times, socket).open());
  }

  /** Posts the message of a number; its text is as given. */
  void post(int number, String text) {
    ObjectNode body = member.message(number, text).put("room", member.room());
    write(Frames.send("messages.post", Member.cid(number), body));
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
    write(Frames.open(member.token(), OPENED));
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
      write(Frames.register(member.room(), ""));
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

  private void write(String frame) {
    socket.writeTextMessage(frame).onFailure(times::broken);
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
