package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketsTest {
  private final TestBridge world = new TestBridge();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoArrivesWhileTheNodeLeavesIsSentElsewhereToo() {
    Context context = world.vertx.getOrCreateContext();
    Sockets sockets = world.bridge.sockets(new Turn(context));
    Promise<CloseCode> closed = Promise.promise();
    Promise<Future<Void>> drained = Promise.promise();

    context.runOnContext(
        turn -> {
          BridgeSocket before = sockets.open(new Silent(Promise.promise()));
          drained.complete(sockets.drain(Duration.ofMillis(1)));
          context.runOnContext(
              next -> {
                BridgeSocket late = sockets.open(new Silent(closed));
                closed.future().onComplete(done -> late.gone());
                before.gone();
              });
        });

    assertThat(Await.of(closed.future())).isEqualTo(CloseCode.DRAINING);
    Await.of(drained.future().compose(all -> all));
  }

  /** A wire to nowhere. */
  private record Silent(Promise<CloseCode> closed) implements Wire {
    @Override
    public void send(Frames frames, boolean fleeting) {}

    @Override
    public void ping() {}

    @Override
    public void close(CloseCode code) {
      closed.tryComplete(code);
    }

    @Override
    public void abort() {}

    @Override
    public long waiting() {
      return 0;
    }

    @Override
    public long waitingSince() {
      return System.nanoTime();
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}
  }
}
