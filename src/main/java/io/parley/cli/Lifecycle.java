package io.parley.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a running command has opened, to be closed in reverse order, once, whether it fails half-way
 * or is told to stop by a signal. A signal waits for the step that is being taken, so that nothing
 * is left half open.
 */
final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean over;

  /** Closes everything when the process is told to end. */
  void closeOnSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "shutdown"));
  }

  /** Takes a step that {@code close} undoes. */
  synchronized <T> T open(Supplier<T> step, Consumer<T> close) {
    if (over) {
      throw new CancellationException("told to stop");
    }
    T opened = step.get();
    closing.push(() -> close.accept(opened));
    return opened;
  }

  /** Closes whatever is open, the last one first, even when some of it cannot be closed. */
  synchronized void close() {
    over = true;
    while (!closing.isEmpty()) {
      try {
        closing.pop().run();
      } catch (RuntimeException e) {
        LOG.error("while stopping: {}", e.getMessage(), e);
      }
    }
    closed.countDown();
  }

  /** Waits until everything is closed. */
  void awaitClose() throws InterruptedException {
    closed.await();
  }
}
