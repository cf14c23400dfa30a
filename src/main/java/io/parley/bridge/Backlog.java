package io.parley.bridge;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a peer has not read: pieces in order, how much they weigh, and how long the oldest waits.
 *
 * @param <T> a piece, in whatever form the wire writes it
 */
final class Backlog<T> {
  private final ArrayDeque<Piece<T>> pieces = new ArrayDeque<>();
  private final AtomicLong node;
  private final LongSupplier nanos;
  private long bytes;

  /**
   * @param node counts what waits on the whole node
   */
  Backlog(AtomicLong node, LongSupplier nanos) {
    this.node = node;
    this.nanos = nanos;
  }

  void add(T content, int weight) {
    pieces.add(new Piece<>(content, weight, nanos.getAsLong()));
    bytes += weight;
    node.addAndGet(weight);
  }

  @Nullable T poll() {
    Piece<T> piece = pieces.poll();
    if (piece == null) {
      return null;
    }
    bytes -= piece.weight;
    node.addAndGet(-piece.weight);
    return piece.content;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  /** Since when the oldest piece waits; now, when there is none. */
  long since() {
    Piece<T> oldest = pieces.peek();
    return oldest == null ? nanos.getAsLong() : oldest.since;
  }

  private record Piece<T>(T content, int weight, long since) {}
}
