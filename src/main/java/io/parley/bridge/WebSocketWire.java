package io.parley.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A WebSocket, raw or with SockJS framing.
 *
 * <p>Once it is open it takes over the channel behind the WebSocket, of which Vert.x keeps nothing
 * then: its own objects for a socket weigh more than all of ours, and its methods encode once for
 * each socket. While the channel takes no more, buffers wait here, where they can still be dropped.
 */
final class WebSocketWire extends ChannelInboundHandlerAdapter implements Wire {
  private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(64 * 1024, 256 * 1024);
  private static final long CLOSING_SECONDS = 5;

  private final Channel channel;
  private final Outlet out;
  private final boolean sockJs;
  private final Turn turn;
  private final Backlog<ByteBuf> backlog;
  private final long maxWaiting;
  private final IncomingTexts texts;
  private final Runnable flush = this::flush;
  private Listener listener = Listener.NOBODY;
  private boolean dirty;
  private boolean held;
  private boolean marked;
  private long markedAt;
  private boolean closed;

  private WebSocketWire(
      ChannelPipeline pipeline,
      boolean sockJs,
      WireLimits limits,
      Turn turn,
      AtomicLong nodeWaiting,
      LongSupplier nanos) {
    this.channel = pipeline.channel();
    this.out = Outlet.of(pipeline);
    this.sockJs = sockJs;
    this.turn = turn;
    this.backlog = new Backlog<>(nodeWaiting, nanos);
    this.maxWaiting = limits.maxWaiting();
    this.texts = new IncomingTexts(sockJs, limits.maxFrame());
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
    ChannelHandlerContext opened = ((WebSocketInternal) socket).channelHandlerContext();
    ChannelPipeline pipeline = opened.pipeline();
    WebSocketWire wire = new WebSocketWire(pipeline, sockJs, limits, turn, nodeWaiting, nanos);
    wire.listener = listener.apply(wire);
    pipeline.replace(opened.handler(), "wire", wire);
    wire.begin(pipeline);
  }

  private void begin(ChannelPipeline pipeline) {
    channel.config().setWriteBufferWaterMark(MARKS);
    channel.config().setAutoRead(true);
    if (pipeline.get(IdleStateHandler.class) != null) {
      // From here on pings tell who is alive, and its bookkeeping would cost a promise each write.
      pipeline.remove(IdleStateHandler.class);
    }
    if (!channel.isActive()) {
      gone();
    } else if (sockJs) {
      write(Frames.frame(new byte[] {'o'}));
    }
  }

  @Override
  public void send(Frames frames, boolean fleeting) {
    if (closed) {
      return;
    }
    ByteBuf shared = sockJs ? frames.sockJs() : frames.raw();
    if (backlog.isEmpty() && channel.isWritable()) {
      out.share(shared);
      flushLater();
    } else if (!fleeting) {
      backlog.add(shared.retainedDuplicate(), shared.readableBytes());
      if (backlog.bytes() > maxWaiting) {
        listener.slow();
      }
    }
  }

  @Override
  public void ping() {
    if (!closed && channel.isWritable()) {
      if (sockJs) {
        write(Frames.frame(new byte[] {'h'}));
      }
      write(Frames.ping());
    }
  }

  @Override
  public void close(CloseCode code) {
    if (closed) {
      return;
    }
    if (sockJs) {
      write(Frames.frame(SockJsText.closing(code).getBytes(StandardCharsets.UTF_8)));
    }
    end(Frames.close(code.number(), code.reason()));
  }

  /** Says the last word, and waits a while for the peer's. */
  private void end(ByteBuf word) {
    stop();
    write(word);
    listen();
    var unused = channel.eventLoop().schedule(this::cut, CLOSING_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void abort() {
    stop();
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
    boolean unsent = channel.bytesBeforeUnwritable() <= MARKS.high();
    if (unsent && !marked && !closed) {
      marked = true;
      markedAt = now;
      out.taken(() -> marked = false);
    }
  }

  @Override
  public void pause() {
    held = true;
    channel.config().setAutoRead(false);
  }

  @Override
  public void resume() {
    held = false;
    listen();
  }

  /** Who does not read is not read: answers to pings and frames would pile up beyond all limits. */
  private void listen() {
    channel.config().setAutoRead(channel.isWritable() && (closed || !held));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    ByteBuf next;
    while (channel.isWritable() && (next = backlog.poll()) != null) {
      write(next);
    }
    listen();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof WebSocketFrame frame) {
        turn.serve(frame, this::frame);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    turn.serve(this, WebSocketWire::gone);
  }

  /** The frame decoder refuses what breaks the WebSocket protocol, with the code to close with. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof CorruptedWebSocketFrameException corrupted)) {
      cut();
    } else if (!closed) {
      var status = corrupted.closeStatus();
      end(Frames.close(status.code(), status.reasonText()));
    }
  }

  private void frame(WebSocketFrame frame) {
    if (frame instanceof CloseWebSocketFrame) {
      answer(frame.content());
    } else if (!closed) {
      listener.alive();
      if (frame instanceof PingWebSocketFrame) {
        pong(frame.content());
      } else if (frame instanceof BinaryWebSocketFrame) {
        listener.violated(CloseCode.UNSUPPORTED);
      } else if (!(frame instanceof PongWebSocketFrame)) {
        texts.take(frame, listener);
      }
    }
  }

  private void pong(ByteBuf ping) {
    if (!closed && channel.isWritable()) {
      write(Frames.pong(ping));
    }
  }

  /** The peer's last word is repeated, unless it is itself the answer to ours. */
  private void answer(ByteBuf word) {
    if (closed) {
      cut();
    } else {
      end(Frames.close(word));
      out.taken(this::cut);
    }
  }

  // There is nothing to do when closing fails, or when it is done: the channel's end is told.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void cut() {
    channel.close();
  }

  private void write(ByteBuf buffer) {
    out.write(buffer);
    flushLater();
  }

  private void flushLater() {
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
    stop();
    Listener last = listener;
    listener = Listener.NOBODY;
    last.gone();
  }

  private void stop() {
    closed = true;
    texts.forget();
    ByteBuf waiting;
    while ((waiting = backlog.poll()) != null) {
      waiting.release();
    }
  }
}
