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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up a connection that owes an answer for too long, so that its place in the pool is free
 * again. The client itself would wait for ever, since a server that hangs keeps its sockets open.
 *
 * <p>Counts looks, not time, so that a node that was paused does not take its connections for dead
 * when it wakes up. A connection that owes nothing may be idle as long as it likes; but when one is
 * given up, those of the same pool go with it that have heard nothing since it was asked, or each
 * of them would have to be waited for in turn.
 */
final class AnswerWatch extends ChannelDuplexHandler {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerWatch.class);
  private static final int LOOKS = 16;
  private static final String IDLE = "idle";
  private static final String LAST = "handler";

  private final Duration patience;
  private final Set<AnswerWatch> pool;
  private int owed;
  private int looks;
  private long askedAt;
  private volatile long heardAt = System.nanoTime();
  private @Nullable ScheduledFuture<?> looking;
  private volatile @Nullable ChannelHandlerContext context;

  private AnswerWatch(Duration patience, Set<AnswerWatch> pool) {
    this.patience = patience;
    this.pool = pool;
  }

  /**
   * Watches a connection from now on, in place of the idle timeout under which it was made.
   *
   * @param pool all that are watched of the same pool, from any thread
   */
  static void over(SqlConnection connection, Duration patience, Set<AnswerWatch> pool) {
    var innermost = ((SqlConnectionInternal) connection).unwrap().unwrap();
    ChannelPipeline pipeline =
        ((SocketConnectionBase) innermost).socket().channelHandlerContext().pipeline();
    pipeline.addBefore(LAST, "answers", new AnswerWatch(patience, pool));
    pipeline.remove(IDLE);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
    pool.add(this);
    long pause = Math.max(1, patience.toMillis() / LOOKS);
    looking =
        context
            .executor()
            .scheduleWithFixedDelay(() -> look(), pause, pause, TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    pool.remove(this);
    if (looking != null) {
      looking.cancel(false);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof CommandBase<?> && owed++ == 0) {
      looks = 0;
      askedAt = System.nanoTime();
    }
    var unused = context.write(message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof CommandResponse<?>) {
      owed--;
      looks = 0;
      heardAt = System.nanoTime();
      askedAt = heardAt;
    }
    context.fireChannelRead(message);
  }

  private void look() {
    if (owed > 0 && ++looks > LOOKS) {
      LOG.warn(
          "PostgreSQL owes an answer for {} ms; this connection is given up", patience.toMillis());
      long asked = askedAt;
      pool.stream().filter(each -> each.heardAt - asked <= 0).forEach(AnswerWatch::giveUp);
    }
  }

  /** Closed at the far end of the pipeline: a farewell would wait like all else. */
  private void giveUp() {
    ChannelHandlerContext here = context;
    if (here != null && !here.isRemoved()) {
      var unused = here.pipeline().firstContext().close();
    }
  }
}
