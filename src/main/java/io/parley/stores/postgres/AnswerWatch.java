package io.parley.stores.postgres;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import io.vertx.sqlclient.internal.command.CommandBase;
import io.vertx.sqlclient.internal.command.CommandResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up a connection that owes an answer for too long, so that its place in the pool is free
 * again. The client itself would wait for ever, since a server that hangs keeps its sockets open.
 *
 * <p>Counts looks, not time, so that a node that was paused does not take its connections for dead
 * when it wakes up. A connection that owes nothing may be idle as long as it likes.
 */
final class AnswerWatch extends ChannelDuplexHandler {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerWatch.class);
  private static final int LOOKS = 8;
  private static final String IDLE = "idle";
  private static final String LAST = "handler";

  private final Duration patience;
  private int owed;
  private int looks;
  private @Nullable ScheduledFuture<?> looking;

  private AnswerWatch(Duration patience) {
    this.patience = patience;
  }

  /** Watches a connection from now on, in place of the idle timeout under which it was made. */
  static void over(SqlConnection connection, Duration patience) {
    var innermost = ((SqlConnectionInternal) connection).unwrap().unwrap();
    ChannelPipeline pipeline =
        ((SocketConnectionBase) innermost).socket().channelHandlerContext().pipeline();
    pipeline.addBefore(LAST, "answers", new AnswerWatch(patience));
    pipeline.remove(IDLE);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    long pause = Math.max(1, patience.toMillis() / LOOKS);
    looking =
        context
            .executor()
            .scheduleWithFixedDelay(() -> look(context), pause, pause, TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (looking != null) {
      looking.cancel(false);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof CommandBase<?> && owed++ == 0) {
      looks = 0;
    }
    var unused = context.write(message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof CommandResponse<?>) {
      owed--;
      looks = 0;
    }
    context.fireChannelRead(message);
  }

  /** Closed at the far end of the pipeline: a farewell would wait like all else. */
  private void look(ChannelHandlerContext context) {
    if (owed > 0 && ++looks > LOOKS) {
      LOG.warn(
          "PostgreSQL owes an answer for {} ms; this connection is given up", patience.toMillis());
      var unused = context.pipeline().firstContext().close();
    }
  }
}
