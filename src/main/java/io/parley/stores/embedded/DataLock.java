package io.parley.stores.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who uses a data directory, and who may change what runs in it. The operating system lets go of
 * all this when a process dies, however it dies.
 *
 * <p>One file, one channel per process (closing any other would release the locks), one byte per
 * {@link Place}.
 */
public final class DataLock implements Closeable {
  private final FileChannel channel;
  private @Nullable FileLock use;

  /** What can be locked. */
  public enum Place {
    /** Starting and stopping servers: one process at a time. */
    CHANGE(0),
    /** Using the servers: all processes that do, together. */
    USE(1),
    /** Being the process in which S3 lives. */
    S3(2),
    /** Becoming a node: one at a time, so that the second finds the first. */
    JOIN(3);

    private final long position;

    Place(long position) {
      this.position = position;
    }
  }

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /** One for each data directory and process. */
  public static DataLock of(DataDirectory data) {
    try {
      return new DataLock(
          FileChannel.open(
              data.lock(),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new StoresException("cannot open " + data.lock() + ": " + e.getMessage(), e);
    }
  }

  /** Locks a place for this process alone, if no other has it. */
  public Optional<FileLock> tryTake(Place place) {
    return tryLock(place, false);
  }

  /** Waits for a place; empty when others have not left it in time. */
  public Optional<FileLock> take(Place place, Duration patience) {
    return Patience.poll(patience, () -> tryTake(place));
  }

  /** Lets go. */
  public static void release(FileLock lock) {
    try {
      lock.release();
    } catch (IOException e) {
      throw new StoresException("cannot unlock: " + e.getMessage(), e);
    }
  }

  /** Whether no process uses the servers. */
  boolean isUnused() {
    Optional<FileLock> alone = tryTake(Place.USE);
    alone.ifPresent(DataLock::release);
    return alone.isPresent();
  }

  void beginUse() {
    use = tryLock(Place.USE, true).orElseThrow(() -> new StoresException("the servers stop"));
  }

  void endUse() {
    if (use != null) {
      release(use);
      use = null;
    }
  }

  private Optional<FileLock> tryLock(Place place, boolean shared) {
    try {
      return Optional.ofNullable(channel.tryLock(place.position, 1, shared));
    } catch (OverlappingFileLockException ours) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoresException(
          "cannot lock the data directory (a network drive?): " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
