package io.parley.stores.embedded;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second whether the servers still run: takes S3 over from a process that is gone, and
 * starts again what died.
 */
final class StoresWatch {
  private static final Logger LOG = LoggerFactory.getLogger(StoresWatch.class);
  private static final int STOP_SECONDS = 30;

  private final DataLock lock;
  private final Caretaker caretaker;
  private final List<EmbeddedServer> servers;
  private final S3Server s3;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "embedded-stores");
            daemon.setDaemon(true);
            return daemon;
          });

  StoresWatch(DataLock lock, Caretaker caretaker, List<EmbeddedServer> servers, S3Server s3) {
    this.lock = lock;
    this.caretaker = caretaker;
    this.servers = servers;
    this.s3 = s3;
  }

  void start() {
    var unused = thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  void stop() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("still busy starting a store");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      s3.takeOver(true);
      for (EmbeddedServer server : servers) {
        if (caretaker.find(server).isEmpty()) {
          revive(server);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("the embedded stores do not run as they should: {}", e.getMessage());
    }
  }

  /** Another process may be at it already, or stopping them; then there is nothing to do here. */
  private void revive(EmbeddedServer server) throws IOException {
    Optional<FileLock> change = lock.tryTake(DataLock.Place.CHANGE);
    if (change.isEmpty()) {
      return;
    }
    try {
      if (caretaker.find(server).isEmpty()) {
        LOG.warn("{} is gone; starting it again", server.name());
        caretaker.ensure(server, true);
      }
    } finally {
      DataLock.release(change.get());
    }
  }
}
