package io.parley.accounts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parley.config.AuthConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Which passwords are good enough, and how they are hashed and compared: on threads of their own, a
 * bounded number at once and a bounded number waiting, so that a flood of logins slows nobody else.
 * A thread that has compared a wrong one rests as long as that took before it takes the next, so
 * that guesses get half of its time at most.
 */
public final class Passwords {
  private static final int MIN_CODE_POINTS = 8;
  private static final int MIN_OWN = 3;
  private static final int MAX_BYTES = 1_024;
  private static final int LANES = 1;
  private static final int RETRY_AFTER_MS = 1_000;

  /** Less than callers wait for, so that nothing is computed that nobody waits for any more. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** A thread that was held up owes no more rest than a slow machine's hash takes. */
  private static final Duration MOST_REST = Duration.ofMillis(250);

  private static final Pattern SPACES = Pattern.compile("\\p{Zs}");

  private final WorkerExecutor workers;
  private final int capacity;
  private final AtomicInteger inside = new AtomicInteger();
  private final Argon2id argon2id;
  private final SecureRandom random;
  private final LongSupplier nanoTime;
  private final LongConsumer rest;
  private final ThreadLocal<Long> restsUntil = new ThreadLocal<>();
  private final String unmatched;
  private final Timer hashing;
  private final Timer waiting;

  /** One for all who sign people in on a node; its threads end with Vert.x. */
  public Passwords(Vertx vertx, AuthConfig config, SecureRandom random, MeterRegistry meters) {
    this(vertx, config, random, meters, System::nanoTime, LockSupport::parkNanos);
  }

  Passwords(
      Vertx vertx,
      AuthConfig config,
      SecureRandom random,
      MeterRegistry meters,
      LongSupplier nanoTime,
      LongConsumer rest) {
    int atOnce = config.hashedAtOnce(Runtime.getRuntime().availableProcessors());
    this.workers = vertx.createSharedWorkerExecutor("parley-hashing", atOnce);
    this.capacity = atOnce + config.hashingQueue();
    this.argon2id =
        Argon2id.keepingMemory(config.argonMemoryKib(), config.argonIterations(), LANES, atOnce);
    this.random = random;
    this.nanoTime = nanoTime;
    this.rest = rest;
    this.unmatched = argon2id.unmatched(random);
    this.hashing = meters.timer("parley.auth.hashing");
    this.waiting = meters.timer("parley.auth.hashing.wait");
    Gauge.builder("parley.auth.hashing.inside", inside, AtomicInteger::get).register(meters);
  }

  /**
   * The outcome of a comparison.
   *
   * @param better a new hash of the same password, where the old one is weaker than is now usual
   */
  public record Verdict(boolean matches, Optional<String> better) {}

  /**
   * Refuses what cannot become the password of somebody: INVALID when it is too short without what
   * they are known by, when everybody would try it, or when it holds what is no character;
   * TOO_LARGE beyond 1,024 bytes.
   *
   * @param owns what its owner is known by
   */
  public static void requireGood(Password password, Collection<Identifier> owns) {
    requireHashable(password);
    String folded = Names.folded(password.clear());
    if (tooShort(password.clear())) {
      throw Failure.invalid(
              "password", "short", "must have at least " + MIN_CODE_POINTS + " characters")
          .with("limit", MIN_CODE_POINTS);
    }
    if (tooShort(without(owns, folded))) {
      throw Failure.invalid(
              "password",
              "own",
              "must have at least " + MIN_CODE_POINTS + " characters besides what you are known by")
          .with("limit", MIN_CODE_POINTS);
    }
    if (CommonPasswords.easy(folded)) {
      throw Failure.invalid("password", "common", "is among the first that anybody would try");
    }
  }

  private static boolean tooShort(String text) {
    return text.codePointCount(0, text.length()) < MIN_CODE_POINTS;
  }

  /** The longest go first: one may be part of another. */
  private static String without(Collection<Identifier> owns, String folded) {
    return owns.stream()
        .flatMap(identifier -> identifier.guesses().stream())
        .filter(own -> own.length() >= MIN_OWN)
        .sorted(Comparator.comparing(String::length).reversed())
        .reduce(folded, (rest, own) -> rest.replace(own, ""));
  }

  /** Refuses what is not worth a comparison, however it was once set. Fails as above. */
  public static void requireHashable(Password password) {
    String clear = password.clear();
    if (clear.length() > MAX_BYTES || clear.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw Failure.of(Reason.TOO_LARGE, "password is limited to " + MAX_BYTES + " bytes")
          .with("field", "password")
          .with("limit", MAX_BYTES);
    }
    if (clear.codePoints().anyMatch(Passwords::noCharacter)) {
      throw Failure.invalid("password", "hidden", "must consist of whole characters");
    }
  }

  /** Hashes a password. Fails OVERLOADED when too many wait, or this one has for too long. */
  public Future<String> hash(Password password) {
    return onWorker(() -> argon2id.hash(prepared(password), random));
  }

  /**
   * Compares a password with a hash, or with one that nothing matches, which takes as long. Fails
   * OVERLOADED as above.
   */
  public Future<Verdict> verify(Password password, Optional<String> hash) {
    return onWorker(() -> resting(() -> compare(password, hash.orElse(unmatched))));
  }

  /** Where it was a wrong guess, its thread owes as much rest as it took, within reason. */
  private Verdict resting(Supplier<Verdict> comparison) {
    long start = nanoTime.getAsLong();
    Verdict verdict = comparison.get();
    if (!verdict.matches()) {
      long end = nanoTime.getAsLong();
      restsUntil.set(end + Math.min(end - start, MOST_REST.toNanos()));
    }
    return verdict;
  }

  /** What is left of it, when the thread is wanted again. */
  private void rest() {
    Long until = restsUntil.get();
    if (until != null) {
      restsUntil.remove();
      rest.accept(Math.max(0, until - nanoTime.getAsLong()));
    }
  }

  private Verdict compare(Password password, String hash) {
    if (BCryptHash.wrote(hash)) {
      return verdict(BCryptHash.matches(password.clear(), hash), password, hash);
    }
    return verdict(argon2id.matches(prepared(password), hash), password, hash);
  }

  private Verdict verdict(boolean matches, Password password, String hash) {
    return matches && argon2id.exceeds(hash)
        ? new Verdict(true, Optional.of(argon2id.hash(prepared(password), random)))
        : new Verdict(matches, Optional.empty());
  }

  /** The same characters, whatever keyboard they came from. */
  private static String prepared(Password password) {
    String spaced = SPACES.matcher(password.clear()).replaceAll(" ");
    return Normalizer.normalize(spaced, Normalizer.Form.NFC);
  }

  private <T> Future<T> onWorker(Callable<T> work) {
    if (inside.incrementAndGet() > capacity) {
      inside.decrementAndGet();
      return Future.failedFuture(overloaded());
    }
    long since = nanoTime.getAsLong();
    Timer.Sample queued = Timer.start();
    return workers
        .executeBlocking(
            () -> {
              rest();
              queued.stop(waiting);
              if (nanoTime.getAsLong() - since > PATIENCE.toNanos()) {
                throw overloaded();
              }
              return hashing.recordCallable(work);
            },
            false)
        .onComplete(done -> inside.decrementAndGet());
  }

  private static Failure overloaded() {
    return Failure.of(Reason.OVERLOADED, "too many people are signing in just now")
        .with("retryAfterMs", RETRY_AFTER_MS);
  }

  private static boolean noCharacter(int point) {
    return point == 0 || Character.getType(point) == Character.SURROGATE;
  }
}
