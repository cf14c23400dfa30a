package io.parley.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.net.impl.VertxHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket, raw or with SockJS framing.
 *
 * <p>Once it is open it takes over the channel behind the WebSocket, of which Vert.x keeps nothing
 * then: its own objects for a socket weigh more than all of ours, and its methods encode once for
 * each socket. While the channel takes no more, buffers wait here, where they can still be dropped.
 */
final class WebSocketWire extends ChannelInboundHandlerAdapter implements Wire {
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
  private boolean closed;
  private @Nullable ScheduledFuture<?> cutting;

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
    VertxHandler<?> before = (VertxHandler<?>) opened.handler();
    pipeline.replace(before, "wire", wire);
    before.channelInactive(opened); // as far as Vert.x counts connections, this one is over
    wire.begin(pipeline);
  }

  private void begin(ChannelPipeline pipeline) {
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
    out.taken(this::cutLater);
  }

  /** Says the last word, and listens for the peer's. */
  private void end(ByteBuf word) {
    stop();
    write(word);
    listen();
  }

  /** The peer has a while for its last word, once ours has left. */
  private void cutLater() {
    if (cutting == null) {
      cutting = channel.eventLoop().schedule(this::cut, CLOSING_SECONDS, TimeUnit.SECONDS);
    }
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
    return out.since().orElseGet(backlog::since);
  }

  /** What lies in the channel was written before what waits here. */
  @Override
  public void tend(long now) {
    if (!closed) {
      out.watch(now);
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
      cutLater();
    }
  }

  private void frame(WebSocketFrame frame) {
    if (frame instanceof CloseWebSocketFrame) {
      answer(frame.content());
    } else if (!closed) {
      listener.alive();
      if (closed) {
        return; // it was one too many
      }
      if (frame instanceof PingWebSocketFrame) {
        if (channel.isWritable()) {
          write(Frames.pong(frame.content()));
        }
      } else if (frame instanceof BinaryWebSocketFrame) {
        listener.violated(CloseCode.UNSUPPORTED);
      } else if (!(frame instanceof PongWebSocketFrame)) {
        texts.take(frame, listener);
      }
    }
  }

  /** The peer's last word is repeated, unless it is itself the answer to ours. */
  private void answer(ByteBuf word) {
    if (!closed) {
      end(Frames.close(word));
      cutLater();
    }
    out.taken(this::cut);
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
    if (cutting != null) {
      cutting.cancel(false);
    }
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
