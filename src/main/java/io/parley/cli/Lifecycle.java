package io.parley.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  private static final int STUCK = 4;

  private final Runnable halt;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean over;

  Lifecycle() {
    this(() -> Runtime.getRuntime().halt(STUCK));
  }

  /**
   * @param halt ends the process without further ado
   */
  Lifecycle(Runnable halt) {
    this.halt = halt;
  }

  /** Closes everything when the process is told to end. */
  void closeOnSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "shutdown"));
  }

  /**
   * Closes everything when the process is told to end, and ends it after that time however far it
   * has come: what hangs then would hang for ever, and what is true is stored.
   */
  void closeOnSignal(Duration atMost) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(atMost), "shutdown"));
  }

  void close(Duration atMost) {
    Thread watchdog = new Thread(() -> haltAfter(atMost), "end of patience");
    watchdog.setDaemon(true);
    watchdog.start();
    close();
  }

  private void haltAfter(Duration patience) {
    try {
      if (!closed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.error("the process does not stop within {}, and is ended", patience);
        halt.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
