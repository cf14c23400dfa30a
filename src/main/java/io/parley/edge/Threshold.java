package io.parley.edge;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Where those who speak TLS come in: they are counted before anything is computed for them, since a
 * handshake costs a thousand times what a refusal does. Vert.x tells of a connection only when its
 * handshake is over.
 *
 * <p>What a handshake computes is computed beside the event loops, so that many who come at once do
 * not hold up those who are here.
 */
final class Threshold extends SSLEngineOptions {
  private final Door door;
  private final LongSupplier nanos;

  Threshold(Door door, LongSupplier nanos) {
    this.door = door;
    this.nanos = nanos;
    setUseWorkerThread(true);
  }

  @Override
  public SSLEngineOptions copy() {
    return new Threshold(door, nanos);
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new DefaultSslContextFactory(SslProvider.JDK, false) {
      @Override
      public SslContext create() throws SSLException {
        return new Counting(super.create());
      }
    };
  }

  private final class Counting extends DelegatingSslContext {
    Counting(SslContext context) {
      super(context);
    }

    @Override
    protected void initEngine(SSLEngine engine) {
      // as it is
    }

    @Override
    protected SslHandler newHandler(ByteBufAllocator memory, boolean startTls, Executor tasks) {
      return new Counted(newEngine(memory), startTls, tasks);
    }

    @Override
    protected SslHandler newHandler(
        ByteBufAllocator memory, String host, int port, boolean startTls, Executor tasks) {
      return new Counted(newEngine(memory, host, port), startTls, tasks);
    }
  }

  private final class Counted extends SslHandler {
    Counted(SSLEngine engine, boolean startTls, Executor tasks) {
      super(engine, startTls, tasks);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
      Channel channel = context.channel();
      Door.Place place =
          door.enter(host(channel.remoteAddress()), host(channel.localAddress())).orElse(null);
      super.handlerAdded(context);
      if (place == null) {
        cut(context);
      } else {
        new Arrival(place, nanos.getAsLong()).mark(channel);
        leaveInTheEnd(channel, place);
      }
    }

    // Both ends are events, and nobody waits for those who listen to them.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void leaveInTheEnd(Channel channel, Door.Place place) {
      channel.closeFuture().addListener(closed -> place.leave());
      handshakeFuture()
          .addListener(
              shaken -> {
                if (shaken.cause() instanceof SslHandshakeTimeoutException) {
                  door.late();
                }
              });
    }

    /** Right at the connection, without a farewell that would have to be read. */
    // Nobody waits for it.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void cut(ChannelHandlerContext context) {
      context.close();
    }
  }

  private static String host(SocketAddress address) {
    return address instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress()
        : "";
  }
}
