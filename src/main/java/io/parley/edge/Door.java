package io.parley.edge;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.config.EdgeConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many may be connected to this node, in all and from one address, and how much each user may
 * have under way. One for both edges. From any thread.
 *
 * <p>A few more than the limit are let in to be told why they are not served; whoever comes after
 * them is cut off, which costs nothing.
 */
public final class Door {
  /** Files for stores, logs, the cluster and the program itself. */
  private static final int OWN_FILES = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MOST_TOLD = 64;
  private static final long COME_BACK_MS = 5_000;
  private static final long WAIT_MS = 500;

  private final EdgeConfig config;
  private final Proxies proxies;
  private final int limit;
  private final AtomicInteger connections = new AtomicInteger();
  private final Counts addresses = new Counts();
  private final Counts users = new Counts();
  private final AtomicLong warnedAt = new AtomicLong(System.nanoTime() - 2 * QUIET.toNanos());
  private final AtomicLong bodies = new AtomicLong();
  private final Counter told;
  private final Counter cut;
  private final Counter late;
  private final Counter large;

  /**
   * @param openFiles how many the process may have, connections among them
   */
  Door(EdgeConfig config, long openFiles, RandomGenerator random, MeterRegistry meters) {
    this.config = config;
    this.proxies = new Proxies(config.trustedProxies(), random);
    this.limit =
        config.maxConnections() > 0
            ? config.maxConnections()
            : (int) Math.min(Integer.MAX_VALUE / 2, Math.max(openFiles / 2, openFiles - OWN_FILES));
    meters.gauge("parley.edge.connections", connections);
    this.told = meters.counter("parley.edge.refused", "how", "told");
    this.cut = meters.counter("parley.edge.refused", "how", "cut");
    this.late = meters.counter("parley.edge.late");
    this.large = meters.counter("parley.edge.refused", "how", "body");
    meters.gauge("parley.edge.body.bytes", bodies);
  }

  /**
   * The door of this process.
   *
   * @param random must not be guessed by anybody
   */
  public static Door of(EdgeConfig config, RandomGenerator random, MeterRegistry meters) {
    long openFiles =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : Integer.MAX_VALUE;
    return new Door(config, openFiles, random, meters);
  }

  public EdgeConfig config() {
    return config;
  }

  /** Whose word counts about where a request is from. */
  public Proxies proxies() {
    return proxies;
  }

  /** How many connections there are just now. */
  public int connections() {
    return connections.get();
  }

  /** What is counted, until it leaves. */
  public final class Place {
    private final String address;
    private final Optional<Failure> refusal;
    private final AtomicBoolean left = new AtomicBoolean();

    private Place(String address, Optional<Failure> refusal) {
      this.address = address;
      this.refusal = refusal;
    }

    /** Why it is not served; it is there only to be told so. */
    public Optional<Failure> refusal() {
      return refusal;
    }

    /** Leaves; leaving twice is no error. */
    public void leave() {
      if (left.compareAndSet(false, true)) {
        forget(address);
      }
    }
  }

  /**
   * Somebody connects. Those from this machine and trusted proxies are not counted by address: they
   * are the forwarding of this node itself, or a proxy, and stand for many.
   *
   * @param peer the address they come from
   * @param own the address they have reached
   * @return nothing when they are not even told that they are too many
   */
  public Optional<Place> enter(String peer, String own) {
    boolean anybody =
        peer.equals(own) || config.maxConnectionsPerAddress() == 0 || proxies.trusts(peer);
    String address = anybody ? "" : Addresses.counted(peer);
    int all = connections.incrementAndGet();
    int same = address.isEmpty() ? 0 : addresses.add(address);
    int each = config.maxConnectionsPerAddress();
    if (all > limit + spare(limit) || same > each + spare(each)) {
      forget(address);
      cut.increment();
      return Optional.empty();
    }
    Optional<Failure> refusal = refusal(all, same);
    refusal.ifPresent(
        why -> {
          told.increment();
          warn(why);
        });
    return Optional.of(new Place(address, refusal));
  }

  /** The same for what must be served or refused at once. Fails RATE_LIMITED, OVERLOADED. */
  public Place admit(String peer, String own) {
    Place place = enter(peer, own).orElseThrow(Door::full);
    place
        .refusal()
        .ifPresent(
            why -> {
              place.leave();
              throw why;
            });
    return place;
  }

  /**
   * One more socket of an address that a proxy has told; the connection itself is counted already.
   * Tells why it is one too many, if it is.
   */
  Optional<Failure> join(Remote remote) {
    if (!remote.proxied() || config.maxConnectionsPerAddress() == 0) {
      return Optional.empty();
    }
    Optional<Failure> refusal = refusal(0, addresses.add(remote.counted()));
    refusal.ifPresent(
        why -> {
          addresses.remove(remote.counted());
          told.increment();
          warn(why);
        });
    return refusal;
  }

  /** It is gone. */
  void part(Remote remote) {
    addresses.remove(remote.counted());
  }

  /** Does something for a user who has not too much under way already. Fails RATE_LIMITED. */
  public <T> Future<T> serve(String user, Supplier<Future<T>> work) {
    if (users.add(user) > config.requestsPerUser() && config.requestsPerUser() > 0) {
      users.remove(user);
      return Future.failedFuture(
          Failure.of(Reason.RATE_LIMITED, "too many requests of yours are under way")
              .with("limit", config.requestsPerUser())
              .with("retryAfterMs", WAIT_MS));
    }
    return Future.succeededFuture()
        .compose(start -> work.get())
        .onComplete(done -> users.remove(user));
  }

  /**
   * Some event loop has received more, or less, of bodies that are on their way.
   *
   * @return by how many bytes it is too much on the whole node
   */
  long received(long change) {
    return bodies.addAndGet(change) - config.maxBodies().bytes();
  }

  /** Somebody's body was too large for now, and is cut off. */
  void tooLarge() {
    large.increment();
  }

  /** Somebody has taken too long, and is closed. */
  void late() {
    late.increment();
  }

  private Optional<Failure> refusal(int all, int same) {
    if (all > limit) {
      return Optional.of(full());
    }
    return same > config.maxConnectionsPerAddress()
        ? Optional.of(
            Failure.of(Reason.RATE_LIMITED, "there are too many connections from your address")
                .with("limit", config.maxConnectionsPerAddress())
                .with("retryAfterMs", COME_BACK_MS))
        : Optional.empty();
  }

  /** Now and then: whoever runs the node may have put a proxy before it, or too low a limit. */
  private void warn(Failure refusal) {
    long now = System.nanoTime();
    long last = warnedAt.get();
    if (now - last > QUIET.toNanos() && warnedAt.compareAndSet(last, now)) {
      if (refusal.reason() == Reason.OVERLOADED) {
        LOG.warn("{} connections are as many as this node bears; more are refused", limit);
      } else {
        LOG.warn(
            "{} connections are as many as one address may have; more of one are refused. If it is a"
                + " proxy, name it in edge.trustedProxies",
            config.maxConnectionsPerAddress());
      }
    }
  }

  private static Failure full() {
    return Failure.of(Reason.OVERLOADED, "this node has as many connections as it bears")
        .with("retryAfterMs", COME_BACK_MS);
  }

  private static int spare(int limit) {
    return Math.max(1, Math.min(MOST_TOLD, limit / 10));
  }

  private void forget(String address) {
    connections.decrementAndGet();
    if (!address.isEmpty()) {
      addresses.remove(address);
    }
  }
}
