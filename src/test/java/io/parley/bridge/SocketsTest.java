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
          BridgeSocket before = sockets.open(new SilentWire());
          drained.complete(sockets.drain(Duration.ofMillis(1)));
          context.runOnContext(
              next -> {
                BridgeSocket late = sockets.open(telling(closed));
                closed.future().onComplete(done -> late.gone());
                before.gone();
              });
        });

    assertThat(Await.of(closed.future())).isEqualTo(CloseCode.DRAINING);
    Await.of(drained.future().compose(all -> all));
  }

  private static SilentWire telling(Promise<CloseCode> closed) {
    return new SilentWire() {
      @Override
      public void close(CloseCode code) {
        closed.tryComplete(code);
      }
    };
  }
}
