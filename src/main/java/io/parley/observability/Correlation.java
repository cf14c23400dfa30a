package io.parley.observability;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The thread through everything that one request of the outside causes, on every node: it is in
 * each log line, travels with each bus message, and is told to the caller as the trace id.
 *
 * <p>It lives in the Vert.x context of the request, so it survives asynchronous steps but not a
 * change of context by hand.
 *
 * @param id at most 64 of {@code A-Z a-z 0-9 . _ -}, so that it cannot forge a log line
 */
public record Correlation(String id) {
  private static final int LONGEST = 64;
  private static final Pattern TRACE_PARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
  private static final String NO_TRACE = "0".repeat(32);
  private static final ContextLocal<Correlation> CURRENT =
      ContextLocal.registerLocal(Correlation.class);

  public Correlation {
    if (!safe(id)) {
      throw new IllegalArgumentException("a correlation id has 1 to 64 safe characters");
    }
  }

  /** A new one. */
  public static Correlation fresh() {
    HexFormat hex = HexFormat.of();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new Correlation(hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong()));
  }

  /**
   * That of a request: its {@code X-Request-Id}, else the trace id of its {@code Traceparent}; a
   * new one when neither is given or neither is acceptable.
   */
  public static Correlation of(@Nullable String requestId, @Nullable String traceParent) {
    return parse(requestId).or(() -> traceOf(traceParent)).orElseGet(Correlation::fresh);
  }

  /** Reads an id that somebody sent; empty when it is not acceptable. */
  public static Optional<Correlation> parse(@Nullable String id) {
    return id != null && safe(id) ? Optional.of(new Correlation(id)) : Optional.empty();
  }

  /** What the running code belongs to, if it runs for somebody. */
  public static Optional<Correlation> current() {
    Context context = Vertx.currentContext();
    return context == null ? Optional.empty() : Optional.ofNullable(CURRENT.get(context));
  }

  /**
   * Makes the rest of the current request belong to this. Only within a context of one request, as
   * Vert.x makes them for HTTP requests and bus messages; elsewhere it would stick to what follows,
   * and is ignored: use {@link #run}.
   */
  public void enter() {
    if (Vertx.currentContext() instanceof ContextInternal context && context.isDuplicate()) {
      CURRENT.put(context, this);
    }
  }

  /**
   * Runs a step, and all that follows from it, in a context of its own that belongs to this; on the
   * same event loop, before this returns. For what Vert.x makes no context for, such as the frames
   * of a socket.
   */
  public void run(Runnable step) {
    if (Vertx.currentContext() instanceof ContextInternal context) {
      ContextInternal own = context.duplicate();
      CURRENT.put(own, this);
      own.dispatch(step);
    } else {
      step.run();
    }
  }

  /** Likewise, for a step with an outcome; what it throws becomes a failed future. */
  public <T> Future<T> during(Supplier<Future<T>> step) {
    List<Future<T>> outcome = new ArrayList<>(1);
    run(() -> outcome.add(attempt(step)));
    return outcome.get(0);
  }

  /** Character by character, since it is asked for each message on the bus. */
  private static boolean safe(String id) {
    boolean safe = !id.isEmpty() && id.length() <= LONGEST;
    for (int i = 0; safe && i < id.length(); i++) {
      char c = id.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      safe = letter || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    }
    return safe;
  }

  @Override
  public String toString() {
    return id;
  }

  private static <T> Future<T> attempt(Supplier<Future<T>> step) {
    try {
      return step.get();
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }

  private static Optional<Correlation> traceOf(@Nullable String traceParent) {
    if (traceParent == null || traceParent.length() > 256) {
      return Optional.empty();
    }
    Matcher matcher = TRACE_PARENT.matcher(traceParent);
    return matcher.matches() && !NO_TRACE.equals(matcher.group(1))
        ? parse(matcher.group(1))
        : Optional.empty();
  }

  /** Found by Vert.x when it starts, so that its contexts have room for a correlation. */
  public static final class Room implements VertxServiceProvider {
    @Override
    public void init(VertxBootstrap builder) {
      // Loading the class has registered the local; it must happen before the first context.
      Correlation.current();
    }
  }
}
