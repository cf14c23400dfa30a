package io.parley.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket, raw or with SockJS framing.
 *
 * <p>It writes to the channel behind the WebSocket, because the public methods encode once for each
 * socket. While the channel takes no more, buffers wait here, where they can still be dropped.
 */
final class WebSocketWire extends ChannelInboundHandlerAdapter implements Wire {
  private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(64 * 1024, 256 * 1024);
  private static final Buffer NOTHING = Buffer.buffer();

  private final ServerWebSocket socket;
  private final ChannelHandlerContext channel;
  private final ChannelHandlerContext out;
  private final boolean sockJs;
  private final Turn turn;
  private final Backlog<ByteBuf> backlog;
  private final long maxWaiting;
  private final int maxFrame;
  private final Runnable flush = this::flush;
  private Listener listener = Listener.NOBODY;
  private @Nullable Buffer partial;
  private boolean dirty;
  private boolean held;
  private boolean marked;
  private long markedAt;
  private boolean closed;

  private WebSocketWire(
      ServerWebSocket socket,
      boolean sockJs,
      WireLimits limits,
      Turn turn,
      AtomicLong nodeWaiting,
      LongSupplier nanos) {
    this.socket = socket;
    this.channel = ((WebSocketInternal) socket).channelHandlerContext();
    this.out = Outlet.of(channel.pipeline());
    this.sockJs = sockJs;
    this.turn = turn;
    this.backlog = new Backlog<>(nodeWaiting, nanos);
    this.maxWaiting = limits.maxWaiting();
    this.maxFrame = limits.maxFrame();
  }

  /** Takes over a WebSocket that was just opened, on its event loop. */
  static void open(
      ServerWebSocket socket,
      boolean sockJs,
      WireLimits limits,
      Turn turn,
      AtomicLong nodeWaiting,
      LongSupplier nanos,
      Function<Wire, Listener> listener) {
    WebSocketWire wire = new WebSocketWire(socket, sockJs, limits, turn, nodeWaiting, nanos);
    wire.listener = listener.apply(wire);
    wire.begin();
  }

  private void begin() {
    channel.channel().config().setWriteBufferWaterMark(MARKS);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addBefore(channel.name(), "wire", this);
    if (pipeline.get(IdleStateHandler.class) != null) {
      // From here on pings tell who is alive, and its bookkeeping would cost a promise each write.
      pipeline.remove(IdleStateHandler.class);
    }
    socket.frameHandler(this::frame);
    socket.exceptionHandler(ignored -> {});
    socket.closeHandler(nothing -> gone());
    if (sockJs) {
      write(Frames.frame(new byte[] {'o'}));
    }
  }

  @Override
  public void send(Frames frames, boolean fleeting) {
    if (closed) {
      return;
    }
    ByteBuf shared = sockJs ? frames.sockJs() : frames.raw();
    if (backlog.isEmpty() && channel.channel().isWritable()) {
      write(shared.retainedDuplicate());
    } else if (!fleeting) {
      backlog.add(shared.retainedDuplicate(), shared.readableBytes());
      if (backlog.bytes() > maxWaiting) {
        listener.slow();
      }
    }
  }

  @Override
  public void ping() {
    if (closed || !channel.channel().isWritable()) {
      return;
    }
    if (sockJs) {
      write(Frames.frame(new byte[] {'h'}));
    }
    socket.writePing(NOTHING);
  }

  @Override
  public void close(CloseCode code) {
    if (closed) {
      return;
    }
    closed = true;
    drop();
    if (sockJs) {
      write(Frames.frame(SockJsText.closing(code).getBytes(StandardCharsets.UTF_8)));
    }
    socket.close((short) code.number(), code.reason());
  }

  @Override
  public void abort() {
    closed = true;
    drop();
    cut();
  }

  @Override
  public long waiting() {
    return backlog.bytes();
  }

  @Override
  public long waitingSince() {
    return marked ? markedAt : backlog.since();
  }

  /** What lies in the channel was written before what waits here, and tells by a mark behind it. */
  @Override
  public void tend(long now) {
    boolean unsent = channel.channel().bytesBeforeUnwritable() <= MARKS.high();
    if (unsent && !marked && !closed) {
      marked = true;
      markedAt = now;
      mark();
    }
  }

  // The listener is the only one to care, and a lost connection is told to the close handler.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void mark() {
    out.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(taken -> marked = false);
  }

  @Override
  public void pause() {
    held = true;
    socket.pause();
  }

  @Override
  public void resume() {
    held = false;
    if (channel.channel().isWritable()) {
      socket.resume();
    }
  }

  /** Who does not read is not read: answers to pings and frames would pile up beyond all limits. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
    ByteBuf next;
    while (context.channel().isWritable() && (next = backlog.poll()) != null) {
      write(next);
    }
    if (!context.channel().isWritable()) {
      socket.pause();
    } else if (!held && !closed) {
      socket.resume();
    }
    super.channelWritabilityChanged(context);
  }

  /** The frame decoder refuses what breaks the WebSocket protocol, with the code to close with. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      if (!closed) {
        closed = true;
        drop();
        int status = corrupted.closeStatus().code();
        socket.close((short) status, corrupted.closeStatus().reasonText());
      }
    } else {
      cut();
    }
  }

  private void frame(WebSocketFrame frame) {
    if (closed) {
      return;
    }
    listener.alive();
    if (frame.isBinary()) {
      listener.violated(CloseCode.UNSUPPORTED);
    } else if (frame.isText() || frame.isContinuation()) {
      content(frame);
    }
  }

  private void content(WebSocketFrame frame) {
    Buffer whole = partial == null ? frame.binaryData() : partial.appendBuffer(frame.binaryData());
    if (whole.length() > maxFrame) {
      partial = null;
      listener.violated(CloseCode.TOO_BIG);
    } else if (!frame.isFinal()) {
      partial = partial == null ? whole.copy() : whole;
    } else {
      partial = null;
      text(whole.getBytes());
    }
  }

  private void text(byte[] utf8) {
    String text = SockJsText.decode(utf8).orElse(null);
    if (text == null) {
      listener.violated(CloseCode.NOT_TEXT);
    } else if (!sockJs) {
      listener.text(text);
    } else if (!text.isEmpty()) {
      SockJsText.unpack(text)
          .ifPresentOrElse(
              messages -> messages.forEach(listener::text),
              () -> listener.violated(CloseCode.PROTOCOL));
    }
  }

  // There is nothing to do when closing fails, or when it is done: the close handler is told.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void cut() {
    channel.close();
  }

  // The future is the void promise, whose failures arrive at exceptionCaught.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void write(ByteBuf buffer) {
    out.write(buffer, out.voidPromise());
    if (!dirty) {
      dirty = true;
      turn.flushLater(flush);
    }
  }

  private void flush() {
    dirty = false;
    out.flush();
  }

  private void gone() {
    closed = true;
    drop();
    listener.gone();
  }

  private void drop() {
    ByteBuf waiting;
    while ((waiting = backlog.poll()) != null) {
      waiting.release();
    }
  }
}
