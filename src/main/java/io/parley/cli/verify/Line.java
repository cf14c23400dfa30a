package io.parley.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.cli.client.Frames;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One socket, from its connection to its end. After the end nothing comes of it any more. */
final class Line {
  private static final int PATIENCE_MS = 9_000;
  private static final int CONNECTING_MS = 3_000;
  private static final String ROOM = Frames.address("");

  private final Stage stage;
  private final WebSocket socket;
  private final Listener listener;
  private final Map<String, Promise<JsonNode>> replies = new HashMap<>();
  private int names;
  private long heardAt;
  private boolean ended;

  /** Who is told what comes. */
  interface Listener {
    void heard(String room, JsonNode body);

    /** A registration was refused. */
    void refused(String room, Failure failure);

    /** The connection is gone. */
    void broken();
  }

  private Line(Stage stage, WebSocket socket, Listener listener) {
    this.stage = stage;
    this.socket = socket;
    this.listener = listener;
  }

  /** Connects and opens a session; a node that is frozen takes connections and never answers. */
  static Future<Line> open(Stage stage, int server, String token, Listener listener) {
    Future<WebSocket> connecting = Frames.connect(stage.sockets(), stage.bridge(server));
    return connecting
        .timeout(CONNECTING_MS, TimeUnit.MILLISECONDS)
        .onFailure(late -> connecting.onSuccess(WebSocket::close))
        .compose(socket -> new Line(stage, socket, listener).open(token));
  }

  /**
   * Asks a command. Fails with the server's reason, UNAVAILABLE when the connection breaks, TIMEOUT
   * when there is no answer for longer than any server takes; if nothing else has come for as long,
   * the connection is given up.
   */
  Future<JsonNode> ask(String address, ObjectNode body) {
    String name = "r" + names++;
    Future<JsonNode> reply = reply(name);
    write(Frames.send(address, name, body));
    return reply;
  }

  void register(String room, String cursor) {
    write(Frames.register(room, cursor));
  }

  void unregister(String room) {
    write(Frames.unregister(room));
  }

  /**
   * Ends it from this side; nothing that is still on its way is heard.
   *
   * @param abruptly without a word to the server
   */
  void cut(boolean abruptly) {
    end();
    if (abruptly && socket instanceof WebSocketInternal inner) {
      breakOff(inner);
    } else {
      socket.close().onFailure(gone -> end());
    }
  }

  // The line has ended already, whatever becomes of the channel.
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void breakOff(WebSocketInternal inner) {
    inner.channelHandlerContext().close();
  }

  private Future<Line> open(String token) {
    socket.textMessageHandler(this::receive);
    socket.exceptionHandler(broken -> end());
    socket.closeHandler(closed -> end());
    Future<JsonNode> opened = reply("open");
    write(Frames.open(token, "open"));
    return opened.map(this).onFailure(refused -> cut(false));
  }

  private Future<JsonNode> reply(String name) {
    if (ended) {
      return Future.failedFuture(brokenOff());
    }
    Promise<JsonNode> reply = Promise.promise();
    replies.put(name, reply);
    long timer = stage.vertx().setTimer(PATIENCE_MS, late -> unanswered(name));
    return reply.future().onComplete(answered -> stage.vertx().cancelTimer(timer));
  }

  private void unanswered(String name) {
    Promise<JsonNode> reply = replies.remove(name);
    if (reply != null) {
      reply.fail(Failure.of(Reason.TIMEOUT, "no answer for " + PATIENCE_MS + " ms"));
      if (stage.micros() - heardAt > TimeUnit.MILLISECONDS.toMicros(PATIENCE_MS)) {
        cut(true);
      }
    }
  }

  private void receive(String text) {
    if (ended) {
      return;
    }
    heardAt = stage.micros();
    JsonNode frame = Json.object(text);
    String address = frame.path("address").asText();
    boolean refused = frame.path("type").asText().equals("err");
    Promise<JsonNode> reply = replies.remove(address);
    if (reply != null && refused) {
      reply.fail(Failure.parse(frame.path("message").asText()));
    } else if (reply != null) {
      reply.complete(frame.path("body"));
    } else if (address.startsWith(ROOM) && refused) {
      listener.refused(
          address.substring(ROOM.length()), Failure.parse(frame.path("message").asText()));
    } else if (address.startsWith(ROOM)) {
      listener.heard(address.substring(ROOM.length()), frame.path("body"));
    }
  }

  private void write(String frame) {
    socket.writeTextMessage(frame).onFailure(gone -> end());
  }

  private void end() {
    if (!ended) {
      ended = true;
      List<Promise<JsonNode>> waiting = List.copyOf(replies.values());
      replies.clear();
      waiting.forEach(reply -> reply.fail(brokenOff()));
      listener.broken();
    }
  }

  private static Failure brokenOff() {
    return Failure.of(Reason.UNAVAILABLE, "the connection broke");
  }
}
