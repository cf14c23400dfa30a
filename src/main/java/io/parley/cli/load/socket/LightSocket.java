package io.parley.cli.load.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.net.NetSocketInternal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket, as a client has it. It takes the bytes off the channel before anybody makes buffers
 * of them. Belongs to its lane; what is sent and closed from elsewhere is so on the lane, soon.
 */
public final class LightSocket extends ChannelInboundHandlerAdapter implements FrameScanner.Sink {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PONG = 10;
  private static final int NORMAL = 1000;
  private static final int PROTOCOL = 1002;
  private static final long PATIENCE_MS = 2_000;

  /** The connection was lost without a word. */
  public static final int LOST = 1006;

  /** Between two messages of a SockJS frame: within one, quotes are escaped. */
  private static final Needle BETWEEN = Needle.of("}\",\"{\\\"type\\\":\\\"");

  private static final int BEFORE_FIRST = 3;
  private static final int BEHIND_LAST = 2;
  private static final int SEPARATOR = 3;

  /** Who is told what comes. */
  public interface Listener {
    /** A message, in the framing of the socket; its bytes are good until the call returns. */
    void message(byte[] in, int from, int to);

    /**
     * An open socket has closed, whoever closed it; once.
     *
     * @param code {@link #LOST} without a close frame
     */
    void closed(int code, String reason);
  }

  private final Lane lane;
  private final Framing framing;
  private final Listener listener;
  private final Promise<LightSocket> opening;
  private final FrameScanner scanner = new FrameScanner();
  private final Promise<Void> gone = Promise.promise();
  private @Nullable ChannelHandlerContext channel;
  private @Nullable Upgrade upgrade;
  private boolean open;
  private boolean ended;

  LightSocket(Lane lane, Framing framing, Listener listener, Promise<LightSocket> opening) {
    this.lane = lane;
    this.framing = framing;
    this.listener = listener;
    this.opening = opening;
  }

  public Lane lane() {
    return lane;
  }

  /** Sends a message that is wrapped already. */
  public void send(byte[] wrapped) {
    lane.run(() -> send(lane.payload().add(wrapped)));
  }

  /** Sends what was put together; on the lane only. */
  public void send(Payload payload) {
    write(payload, TEXT);
  }

  /** Says goodbye; completes when the server has closed the connection, or has had its time. */
  public Future<Void> close() {
    lane.run(
        () -> {
          if (ended) {
            return;
          }
          write(lane.payload().add(new byte[] {(byte) (NORMAL >> 8), (byte) NORMAL}), CLOSE);
          ended = true;
          listener.closed(NORMAL, "");
          lane.later(PATIENCE_MS, this::shut);
        });
    return gone.future();
  }

  /** Reads nothing from the connection, so that what comes waits on its way. */
  public void pause() {
    lane.run(() -> reading(false));
  }

  /** Reads on. */
  public void resume() {
    lane.run(() -> reading(true));
  }

  /** Breaks the connection without a word. */
  public void drop() {
    lane.run(() -> end(LOST, "dropped"));
  }

  /** Takes over a connection that was just made, on the lane. */
  void begin(NetSocketInternal socket, URI server) {
    ChannelHandlerContext last = socket.channelHandlerContext();
    last.pipeline().addBefore(last.name(), "light", this);
    if (ended) {
      shut();
      return;
    }
    upgrade = new Upgrade(lane.random());
    byte[] request = upgrade.request(server, framing.path(lane.random()));
    flush(Unpooled.wrappedBuffer(request));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf data = (ByteBuf) message;
    int length = data.readableBytes();
    byte[] in = lane.arrived(length);
    data.readBytes(in, 0, length);
    data.release();
    try {
      int from = upgrade == null ? 0 : upgraded(upgrade, in, length);
      if (!ended && from >= 0) {
        scanner.take(in, from, length, this);
      }
    } catch (Failure broken) {
      fail(broken);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    // Nobody behind this handler has read anything.
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(LOST, "the connection was lost");
    gone.tryComplete();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(LOST, String.valueOf(cause.getMessage()));
  }

  @Override
  public void text(byte[] in, int from, int to) {
    if (ended) {
      return;
    }
    if (framing == Framing.RAW) {
      listener.message(in, from, to);
    } else if (from < to) {
      sockJs(in, from, to);
    }
  }

  @Override
  public void ping(byte[] in, int from, int to) {
    write(lane.payload().add(in, from, to), PONG);
  }

  @Override
  public void close(int code, String reason) {
    end(code, reason);
  }

  /** Returns where the frames begin, -1 while there are none. */
  private int upgraded(Upgrade request, byte[] in, int length) {
    int from = request.take(in, length);
    if (from >= 0) {
      upgrade = null;
      if (framing == Framing.RAW) {
        opened();
      }
    }
    return from;
  }

  private void sockJs(byte[] in, int from, int to) {
    switch (in[from]) {
      case 'o' -> opened();
      case 'h' -> {}
      case 'a' -> messages(in, from + BEFORE_FIRST, to - BEHIND_LAST);
      case 'c' -> closing(new String(in, from, to - from, StandardCharsets.UTF_8));
      default -> throw Failure.of(Reason.INVALID, "the server sent what is not SockJS");
    }
  }

  private void messages(byte[] in, int from, int to) {
    int begin = from;
    while (begin < to && !ended) {
      int end = BETWEEN.find(in, begin, to);
      int next = end < 0 ? to : end + 1;
      listener.message(in, begin, next);
      begin = next + SEPARATOR;
    }
  }

  /** {@code c[4503,"draining"]} */
  private void closing(String frame) {
    int comma = frame.indexOf(',');
    int code = comma < 0 ? LOST : Integer.parseInt(frame, 2, comma, 10);
    end(code, comma < 0 ? frame : frame.substring(comma + 2, frame.length() - 2));
  }

  private void reading(boolean on) {
    if (channel != null) {
      channel.channel().config().setAutoRead(on);
    }
  }

  private void opened() {
    open = true;
    opening.tryComplete(this);
  }

  private void fail(Failure broken) {
    if (open) {
      end(PROTOCOL, broken.detail());
    } else {
      ended = true;
      opening.tryFail(broken);
      shut();
    }
  }

  private void end(int code, String reason) {
    if (ended) {
      return;
    }
    ended = true;
    shut();
    if (open) {
      listener.closed(code, reason);
    } else {
      opening.tryFail(
          Failure.of(Reason.UNAVAILABLE, "the socket was closed: " + code + " " + reason));
    }
  }

  private void write(Payload payload, int opcode) {
    ChannelHandlerContext to = channel;
    if (!ended && to != null) {
      flush(payload.frame(to.alloc(), opcode, lane.random().nextInt()));
    }
  }

  // The future is the void promise: what fails arrives at exceptionCaught.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void flush(ByteBuf buffer) {
    ChannelHandlerContext to = channel;
    if (to == null) {
      buffer.release();
    } else {
      to.writeAndFlush(buffer, to.voidPromise());
    }
  }

  // Whoever listens is told, whatever becomes of the channel.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void shut() {
    if (channel != null) {
      channel.close();
    }
    gone.tryComplete();
  }
}
