package io.parley.cli.load;

import io.parley.cli.client.Frames;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One person's raw socket, which listens to many rooms. Frames are searched, not parsed. */
final class LeaseSocket {
  private static final String OPENED = "opened";

  private final WebSocket socket;
  private final Promise<LeaseSocket> opened = Promise.promise();
  private final Promise<Void> hearing = Promise.promise();
  private final AtomicInteger awaited = new AtomicInteger();

  private LeaseSocket(WebSocket socket) {
    this.socket = socket;
  }

  /** Connects and signs in. */
  static Future<LeaseSocket> connect(WebSocketClient client, URI bridge, String token) {
    return Frames.connect(client, bridge).compose(socket -> new LeaseSocket(socket).open(token));
  }

  /** Asks to hear these rooms, all at once; completes when the last of them is ready. */
  Future<Void> listen(List<String> rooms) {
    awaited.set(rooms.size());
    rooms.forEach(room -> write(Frames.register(room, "")));
    return hearing.future();
  }

  Future<Void> close() {
    return socket.close();
  }

  private Future<LeaseSocket> open(String token) {
    socket.textMessageHandler(this::receive);
    socket.closeHandler(closed -> fail("the socket was closed: " + socket.closeReason()));
    write(Frames.open(token, OPENED));
    return opened.future();
  }

  private void receive(String frame) {
    if (frame.startsWith("{\"type\":\"err\"")) {
      fail(frame);
    } else if (frame.contains("\"kind\":\"ready\"")) {
      if (awaited.decrementAndGet() == 0) {
        hearing.tryComplete();
      }
    } else if (frame.contains("\"address\":\"" + OPENED + "\"")) {
      opened.tryComplete(this);
    }
  }

  private void write(String frame) {
    socket.writeTextMessage(frame).onFailure(cause -> fail(String.valueOf(cause.getMessage())));
  }

  private void fail(String why) {
    Failure failure = Failure.of(Reason.UNAVAILABLE, why);
    opened.tryFail(failure);
    hearing.tryFail(failure);
  }
}
