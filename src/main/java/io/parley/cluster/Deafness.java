package io.parley.cluster;

import io.parley.observability.Health;
import io.vertx.core.Future;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does when the others no longer reach it: it says who listens anew, is not ready, and
 * gives up in the end, so that whoever watches over it starts it afresh.
 */
public final class Deafness {
  private static final Logger LOG = LoggerFactory.getLogger(Deafness.class);
  private static final int RENEWING_AFTER = 10;
  private static final int GIVING_UP_AFTER = 30;

  private final IntSupplier unheard;
  private final IntSupplier deaf;
  private final Runnable renew;
  private final Runnable giveUp;

  /**
   * @param unheard for how many seconds nobody has asked this node, though others are there
   * @param deaf for how many seconds others have answered this node and none has asked it
   * @param renew says anew who listens here
   * @param giveUp ends the process
   */
  public Deafness(IntSupplier unheard, IntSupplier deaf, Runnable renew, Runnable giveUp) {
    this.unheard = unheard;
    this.deaf = deaf;
    this.renew = renew;
    this.giveUp = giveUp;
  }

  /** To be called each second. */
  public void look() {
    int seconds = unheard.getAsInt();
    if (deaf.getAsInt() >= GIVING_UP_AFTER) {
      LOG.error("nobody has reached this node for {} s; it gives up", seconds);
      giveUp.run();
    } else if (seconds > 0 && seconds % RENEWING_AFTER == 0) {
      LOG.warn("nobody has reached this node for {} s; its listeners are announced anew", seconds);
      renew.run();
    }
  }

  /** Whether the others reach this node, for its readiness. */
  public Future<Health> health() {
    int seconds = deaf.getAsInt();
    return Future.succeededFuture(
        seconds < RENEWING_AFTER
            ? Health.well()
            : Health.failing("no other node has reached this one for " + seconds + " s"));
  }
}
