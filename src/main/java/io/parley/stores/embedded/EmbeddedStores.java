package io.parley.stores.embedded;

import io.parley.config.Config;
import io.parley.config.NodeConfig.InstancesConfig;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * PostgreSQL, Redis and S3 of one data directory, in use by this process until it is closed. The
 * last process that closes stops them. Blocking; for the command line only.
 */
public final class EmbeddedStores implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int LEAST_CONNECTIONS = 200;
  private static final int MOST_CONNECTIONS = 1_000;
  private static final int NODES = 3;

  /** Who searches and who keeps the index each have a pool. */
  private static final int SEARCHING = 2;

  private static final int SPARE = 20;

  private final DataLock lock;
  private final Secrets secrets;
  private final Consumer<String> progress;
  private final Caretaker caretaker;
  private final PostgresServer postgres;
  private final RedisServer redis;
  private final S3Server s3;
  private final StoresWatch watch;
  private final StoresState state;

  private EmbeddedStores(
      DataDirectory data, DataLock lock, Config config, Consumer<String> progress)
      throws IOException {
    this.lock = lock;
    this.progress = progress;
    this.secrets = Secrets.of(data, new SecureRandom());
    this.state = StoresState.of(data);
    this.caretaker = new Caretaker(data, state, progress);
    Binaries binaries = new Binaries(Binaries.cache(data), progress);
    this.postgres =
        new PostgresServer(data, binaries.postgres(), secrets, connections(config), progress);
    this.redis = new RedisServer(data, binaries.redis(), secrets);
    this.s3 = new S3Server(data, lock, state, secrets, config.s3().bucket());
    this.watch = new StoresWatch(lock, caretaker, List.of(postgres, redis), s3);
  }

  /**
   * Starts what does not run yet and begins to use it. Fails with {@link StoresException}.
   *
   * @param progress takes a line for people at each step that takes time
   */
  public static EmbeddedStores open(
      DataDirectory data, DataLock lock, Config config, Consumer<String> progress) {
    FileLock change =
        lock.take(DataLock.Place.CHANGE, PATIENCE)
            .orElseThrow(
                () ->
                    new StoresException(
                        "another process has been starting or stopping the servers below "
                            + data.root()
                            + " for too long; is it stuck?"));
    try {
      EmbeddedStores stores = new EmbeddedStores(data, lock, config, progress);
      stores.start();
      return stores;
    } catch (IOException e) {
      throw new StoresException("cannot use " + data.root() + ": " + e.getMessage(), e);
    } finally {
      DataLock.release(change);
    }
  }

  /** The configuration with the addresses and secrets of these stores in the place of others. */
  public Config in(Config config) {
    return StoreAddresses.in(config, state, secrets);
  }

  /**
   * The configuration with the addresses and secrets of the stores that run below a data directory,
   * whoever uses them; nothing is started.
   */
  public static Optional<Config> running(DataDirectory data, Config config) {
    return StoreAddresses.running(data, config);
  }

  /** Ends the use, and stops the servers if no other process uses them. */
  @Override
  public void close() {
    watch.stop();
    FileLock change = lock.take(DataLock.Place.CHANGE, PATIENCE).orElse(null);
    try {
      s3.stop();
      lock.endUse();
      if (change == null || !lock.isUnused()) {
        progress.accept("the stores keep running for other processes");
      } else {
        together(
            List.of(
                () -> {
                  caretaker.stop(postgres);
                  return null;
                },
                () -> {
                  caretaker.stop(redis);
                  return null;
                }));
        progress.accept("the stores are stopped");
      }
    } finally {
      if (change != null) {
        DataLock.release(change);
      }
    }
  }

  private void start() {
    boolean shared = !lock.isUnused();
    lock.beginUse();
    try {
      together(
          List.of(
              () -> caretaker.ensure(postgres, shared),
              () -> caretaker.ensure(redis, shared),
              () -> s3.ensure(shared)));
    } catch (RuntimeException e) {
      s3.stop();
      lock.endUse();
      if (!shared) {
        caretaker.stop(postgres);
        caretaker.stop(redis);
      }
      throw e;
    }
    watch.start();
  }

  /** Enough for every pool of a few nodes that share the data directory. */
  private static int connections(Config config) {
    InstancesConfig instances = config.node().instances();
    int processors = Runtime.getRuntime().availableProcessors();
    int pools =
        orAll(instances.accounts(), processors)
            + orAll(instances.rooms(), processors)
            + orAll(instances.log(), processors)
            + orAll(instances.messages(), processors)
            + SEARCHING;
    int wanted = config.postgres().poolSize() * pools * NODES + SPARE;
    return Math.min(MOST_CONNECTIONS, Math.max(LEAST_CONNECTIONS, wanted));
  }

  private static int orAll(int instances, int processors) {
    return instances == 0 ? processors : instances;
  }

  /** Runs them side by side, waits for all, and fails with what the first of them failed with. */
  private static void together(List<Callable<?>> tasks) {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<? extends Future<?>> results = tasks.stream().map(threads::submit).toList();
      threads.shutdown();
      RuntimeException failure = null;
      for (Future<?> result : results) {
        try {
          result.get();
        } catch (ExecutionException e) {
          failure = failure == null ? unwrapped(e) : failure;
        }
      }
      if (failure != null) {
        throw failure;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoresException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    return e.getCause() instanceof RuntimeException failure
        ? failure
        : new StoresException(String.valueOf(e.getMessage()), e);
  }
}
