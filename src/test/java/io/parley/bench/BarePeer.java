package io.parley.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The least that can bring a message to all of a room over the event bus: each event loop encodes
 * it once, writes the same bytes to each of its sockets, and flushes each once a turn. It knows
 * nobody, checks nothing, keeps nothing, and minds no slow reader: what lies between it and Parley
 * is what those cost.
 *
 * <p>Arguments: as {@link PlainVertx} says.
 */
final class BarePeer extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(BarePeer.class);
  private static final int ACCEPT_BACKLOG = 4096;
  private static final int TEXT = 0x81;
  private static final int SHORT_LENGTH = 126;

  private final int port;
  private final Map<String, List<Socket>> rooms = new HashMap<>();
  private final List<Socket> written = new ArrayList<>();

  private BarePeer(int port) {
    this.port = port;
  }

  /** Starts it in a process of its own. */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    PlainVertx.of(arguments)
        .compose(vertx -> deploy(vertx, port))
        .onSuccess(deployed -> LOG.warn(PlainVertx.READY))
        .onFailure(cause -> LOG.error("it does not start", cause));
  }

  private static Future<String> deploy(Vertx vertx, int port) {
    DeploymentOptions each =
        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    return vertx.deployVerticle(() -> new BarePeer(port), each);
  }

  /** A socket, on the event loop of this instance. */
  private static final class Socket {
    private final ChannelHandlerContext channel;
    private boolean dirty;

    Socket(ServerWebSocket socket) {
      this.channel = ((WebSocketInternal) socket).channelHandlerContext();
    }
  }

  @Override
  public Future<HttpServer> start() {
    HttpServerOptions server =
        new HttpServerOptions()
            .setTcpNoDelay(true)
            .setAcceptBacklog(ACCEPT_BACKLOG)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setRegisterWebSocketWriteHandlers(false);
    return vertx
        .createHttpServer(server)
        .webSocketHandler(this::opened)
        .listen(port, PlainVertx.LOOPBACK);
  }

  private void opened(ServerWebSocket socket) {
    Socket opened = new Socket(socket);
    send(opened, frame(Buffer.buffer("o")));
    socket.textMessageHandler(
        frame ->
            new JsonArray(frame).forEach(each -> serve(opened, new JsonObject((String) each))));
  }

  private void serve(Socket socket, JsonObject frame) {
    String address = frame.getString("address");
    JsonObject body = frame.getJsonObject("body");
    switch (frame.getString("type")) {
      case "register" -> room(address).add(socket);
      case "publish" -> vertx.eventBus().publish(address, received(address, body));
      case "send" -> {
        vertx.eventBus().publish(body.getString("to"), received(address, body));
        send(socket, frame(sockJs(received(frame.getString("replyAddress"), new JsonObject()))));
      }
      default -> LOG.error("not expected");
    }
  }

  private List<Socket> room(String address) {
    return rooms.computeIfAbsent(
        address,
        fresh -> {
          vertx.eventBus().<Buffer>consumer(address, message -> deliver(address, message.body()));
          return new ArrayList<>();
        });
  }

  private void deliver(String address, Buffer envelope) {
    ByteBuf frame = frame(sockJs(envelope));
    room(address).forEach(socket -> send(socket, frame.retain()));
    frame.release();
  }

  // The future is the void promise.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(Socket socket, ByteBuf frame) {
    socket.channel.write(frame.duplicate(), socket.channel.voidPromise());
    if (!socket.dirty) {
      socket.dirty = true;
      written.add(socket);
      if (written.size() == 1) {
        context.runOnContext(turn -> flush());
      }
    }
  }

  private void flush() {
    List<Socket> all = List.copyOf(written);
    written.clear();
    for (Socket socket : all) {
      socket.dirty = false;
      socket.channel.flush();
    }
  }

  private static Buffer received(String address, JsonObject body) {
    return new JsonObject().put("type", "rec").put("address", address).put("body", body).toBuffer();
  }

  private static Buffer sockJs(Buffer envelope) {
    return Buffer.buffer("a[" + Json.encode(envelope.toString()) + "]");
  }

  /** One text frame, in memory that the system can read. */
  private static ByteBuf frame(Buffer text) {
    int length = text.length();
    ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(length + 4);
    frame.writeByte(TEXT);
    if (length < SHORT_LENGTH) {
      frame.writeByte(length);
    } else {
      frame.writeByte(SHORT_LENGTH).writeShort(length);
    }
    return frame.writeBytes(text.getBytes());
  }
}
