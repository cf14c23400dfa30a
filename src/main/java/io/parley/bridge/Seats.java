package io.parley.bridge;

import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Whose sockets are where on this node. From any thread.
 *
 * <p>A socket takes its seat before it may do anything; sessions that ended a moment ago are
 * remembered, so that none slips in between its check and its seat.
 */
final class Seats {
  /** Longer than any check of a session may be old. */
  private static final Duration MEMORY = Duration.ofMinutes(1);

  private final int perUser;
  private final LongSupplier nanos;
  private final Consumer<UserId> seen;
  private final Map<UserId, Deque<Seat>> users = new HashMap<>();
  private final Map<SessionId, List<Seat>> sessions = new HashMap<>();
  private final Map<SessionId, Long> ended = new HashMap<>();

  /** A socket's place, with what can be done to it from anywhere. */
  interface Seat {
    UserId user();

    SessionId session();

    void close(CloseCode code);

    void rename(String name);
  }

  /**
   * @param seen told of whoever leaves with their last socket
   */
  Seats(int perUser, LongSupplier nanos, Consumer<UserId> seen) {
    this.perUser = perUser;
    this.nanos = nanos;
    this.seen = seen;
  }

  /**
   * Takes a seat; the oldest of the same user has to go when there are too many.
   *
   * @return false when the session has just ended
   */
  boolean take(Seat seat) {
    Optional<Seat> oldest;
    synchronized (this) {
      if (ended.containsKey(seat.session())) {
        return false;
      }
      sessions.computeIfAbsent(seat.session(), session -> new ArrayList<>(2)).add(seat);
      Deque<Seat> own = users.computeIfAbsent(seat.user(), user -> new ArrayDeque<>(2));
      own.add(seat);
      oldest = own.size() > perUser ? Optional.ofNullable(own.poll()) : Optional.empty();
    }
    oldest.ifPresent(old -> old.close(CloseCode.TOO_MANY));
    return true;
  }

  /** Leaves it; leaving twice is no error. */
  synchronized void leave(Seat seat) {
    Deque<Seat> own = users.get(seat.user());
    if (own != null && own.remove(seat) && own.isEmpty()) {
      users.remove(seat.user());
      seen.accept(seat.user());
    }
    List<Seat> together = sessions.get(seat.session());
    if (together != null && together.remove(seat) && together.isEmpty()) {
      sessions.remove(seat.session());
    }
  }

  /** Everybody who has a socket here. */
  synchronized List<UserId> taken() {
    return List.copyOf(users.keySet());
  }

  /** What is said over the sockets of somebody is said under this name from now on. */
  void renamed(UserId user, String name) {
    List<Seat> own;
    synchronized (this) {
      own = List.copyOf(users.getOrDefault(user, new ArrayDeque<>()));
    }
    own.forEach(seat -> seat.rename(name));
  }

  /**
   * Closes all sockets of a session that has ended.
   *
   * @return whether there were any
   */
  boolean ended(SessionId session) {
    List<Seat> together;
    synchronized (this) {
      long now = nanos.getAsLong();
      ended.values().removeIf(at -> now - at > MEMORY.toNanos());
      ended.put(session, now);
      together = List.copyOf(sessions.getOrDefault(session, List.of()));
    }
    together.forEach(seat -> seat.close(CloseCode.REVOKED));
    return !together.isEmpty();
  }
}
