package io.parley.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.commands.Args;
import io.parley.config.PresenceConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is here, for one socket: that its own user is, and whom it watches. Belongs to the event loop
 * of the socket.
 */
final class Company implements Watches.Watcher {
  private static final String SET = "presence.set";
  private static final String WATCH = "presence.watch";
  private static final String STATE = "state";

  private final BridgeSocket socket;
  private final Desk desk;
  private @Nullable Pace pace;
  private long connection;
  private boolean watching;

  Company(BridgeSocket socket, Desk desk) {
    this.socket = socket;
    this.desk = desk;
  }

  /** Somebody has proved who they are; more than once is no error. */
  void enter() {
    if (connection == 0) {
      connection = desk.attendance().roll().enter(socket.user());
    }
  }

  /** The socket has gone; more than once is no error. */
  void leave() {
    if (connection > 0) {
      desk.attendance().roll().leave(connection);
      connection = -1;
    }
    if (watching) {
      watching = false;
      desk.attendance().watches().leave(this);
    }
  }

  /** Whether a call is about presence. */
  static boolean serves(Request.Call call) {
    return call.address().equals(SET) || call.address().equals(WATCH);
  }

  /**
   * Serves it. What is said of the device stays here, the rest is a command like any other. Fails
   * RATE_LIMITED, INVALID, and as the command.
   */
  Future<JsonNode> serve(Request.Call call, Function<Request.Call, Future<JsonNode>> rest) {
    Pace own = pace();
    if (!own.serves(desk.nanos().getAsLong())) {
      return Future.failedFuture(
          Failure.of(Reason.RATE_LIMITED, "presence is asked and told too often")
              .with("retryAfterMs", own.waitMs()));
    }
    try {
      return call.address().equals(WATCH) ? watch(call.body()) : set(call, rest);
    } catch (Failure refused) {
      return Future.failedFuture(refused);
    }
  }

  /** Most sockets of programs never need one. */
  private Pace pace() {
    if (pace == null) {
      PresenceConfig config = desk.attendance().config();
      pace = new Pace(config.rate(), config.burst(), desk.nanos().getAsLong());
    }
    return pace;
  }

  private Future<JsonNode> watch(ObjectNode body) {
    List<UserId> people = new Args(body).users("users", desk.attendance().config().watched());
    watching = true;
    return desk.turn().here(desk.attendance().watches().watch(this, people));
  }

  private Future<JsonNode> set(Request.Call call, Function<Request.Call, Future<JsonNode>> rest) {
    String state = call.body().path(STATE).asText("");
    boolean idle = state.equals("away");
    if (!idle && !state.equals("active")) {
      return rest.apply(call);
    }
    desk.attendance().roll().idle(connection, idle);
    ObjectNode body = call.body().deepCopy();
    body.remove(STATE);
    return body.isEmpty()
        ? Future.succeededFuture(JsonNodeFactory.instance.objectNode())
        : rest.apply(new Request.Call(call.address(), call.replyAddress(), body, call.token()));
  }

  @Override
  public UserId user() {
    return socket.user();
  }

  @Override
  public void tell(JsonNode message) {
    desk.turn().run(() -> deliver(message));
  }

  private void deliver(JsonNode message) {
    Session session = socket.open();
    if (session != null && !session.expired(desk.clock().instant())) {
      Frames frames = Frames.of(Envelope.message(socket.ownLog().toString(), message));
      socket.deliver(frames, true);
      frames.release();
    }
  }
}
