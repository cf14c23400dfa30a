package io.parley.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where bytes leave that need nothing done to them: right before the connection, or before what
 * encrypts it. Everything written further in goes through each handler on its way, which for
 * thousands of sockets costs as much as the message itself.
 *
 * <p>A buffer that is the only one of its turn, with nothing before it that the connection has not
 * taken yet, is handed to the system as it is. Belongs to the event loop of the channel.
 */
final class Outlet {
  private static final String NAME = "outlet";
  private static final Mark MARK = new Mark();
  private static final WriteBufferWaterMark LEVELS =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private final Channel channel;
  private final ChannelHandlerContext way;
  private final @Nullable FileDescriptor direct;
  private @Nullable ByteBuf only;
  private boolean watching;
  private long watchedSince;

  /** Does nothing; it is the place in the pipeline that counts. */
  @Sharable
  private static final class Mark extends ChannelHandlerAdapter {}

  private Outlet(ChannelHandlerContext way, @Nullable FileDescriptor direct) {
    this.channel = way.channel();
    this.way = way;
    this.direct = direct;
  }

  /** Puts it into a pipeline, once. */
  static Outlet of(ChannelPipeline pipeline) {
    ChannelHandlerContext encrypting = pipeline.context(SslHandler.class);
    if (encrypting == null) {
      pipeline.addFirst(NAME, MARK);
    } else {
      pipeline.addAfter(encrypting.name(), NAME, MARK);
    }
    pipeline.channel().config().setWriteBufferWaterMark(LEVELS);
    boolean plain = encrypting == null && pipeline.channel() instanceof UnixChannel;
    return new Outlet(
        pipeline.context(NAME), plain ? ((UnixChannel) pipeline.channel()).fd() : null);
  }

  /**
   * Writes a buffer that others write, too, and that nobody changes; keeps it as long as needed.
   */
  void share(ByteBuf buffer) {
    if (only == null && direct != null && buffer.hasMemoryAddress() && nothingBefore()) {
      only = buffer.retain();
    } else {
      write(buffer.retainedDuplicate());
    }
  }

  /** Writes a buffer, and releases it in the end. */
  // The future is the void promise, whose failures arrive at exceptionCaught.
  @SuppressWarnings("FutureReturnValueIgnored")
  void write(ByteBuf buffer) {
    ByteBuf before = only;
    if (before != null) {
      only = null;
      way.write(before.duplicate(), way.voidPromise());
    }
    way.write(buffer, way.voidPromise());
  }

  /** Sends all that was written. */
  void flush() {
    ByteBuf alone = only;
    FileDescriptor to = direct;
    if (alone == null || to == null) {
      way.flush();
      return;
    }
    only = null;
    try {
      send(alone, to);
    } finally {
      alone.release();
    }
  }

  /** Sends all that was written, and tells when the connection has taken it, or is lost. */
  // There is no other outcome to listen for.
  @SuppressWarnings("FutureReturnValueIgnored")
  void taken(Runnable then) {
    flush();
    way.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(taken -> then.run());
  }

  /** Watches, from now on, how long the connection takes for what it has not taken yet. */
  void watch(long now) {
    if (!watching && channel.bytesBeforeUnwritable() <= LEVELS.high()) {
      watching = true;
      watchedSince = now;
      taken(() -> watching = false);
    }
  }

  /** Since when something is known to wait for the connection; empty when nothing is. */
  OptionalLong since() {
    return watching ? OptionalLong.of(watchedSince) : OptionalLong.empty();
  }

  private boolean nothingBefore() {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting != null && waiting.totalPendingWriteBytes() == 0;
  }

  /** The number of a closed connection may be another's already. */
  // As above.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(ByteBuf buffer, FileDescriptor to) {
    if (!channel.isOpen()) {
      return;
    }
    int from = buffer.readerIndex();
    int end = buffer.writerIndex();
    try {
      int taken = to.writeAddress(buffer.memoryAddress(), from, end);
      if (taken < end - from) {
        way.write(buffer.retainedSlice(from + taken, end - from - taken), way.voidPromise());
        way.flush();
      }
    } catch (IOException | NotYetConnectedException broken) {
      channel.close();
    }
  }
}
