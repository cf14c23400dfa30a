package io.parley.observability;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node can do the work of its roles, asked of those who know.
 *
 * <p>An answer counts for a second, so that probing costs little; no check is waited for longer
 * than two. May be called from any thread.
 */
public final class HealthChecks {
  private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Where the node is in its life. */
  public enum Phase {
    STARTING,
    READY,
    DRAINING
  }

  /**
   * All answers at once.
   *
   * @param checks by name, in the order of names
   * @param watched the names of those without which the node does its work nevertheless
   */
  public record Report(Phase phase, Map<String, Health> checks, Set<String> watched) {

    /** Whether requests should be sent to this node. */
    public boolean ready() {
      return phase == Phase.READY
          && checks.entrySet().stream()
              .allMatch(check -> check.getValue().ok() || watched.contains(check.getKey()));
    }

    /** Why not, one sentence each. */
    public List<String> reasons() {
      List<String> reasons = new ArrayList<>();
      if (phase == Phase.STARTING) {
        reasons.add("the node is starting");
      } else if (phase == Phase.DRAINING) {
        reasons.add("the node is about to stop");
      }
      checks.forEach(
          (name, health) -> {
            if (!health.ok() && !watched.contains(name)) {
              reasons.add(name + ": " + health.detail());
            }
          });
      return List.copyOf(reasons);
    }
  }

  private final Vertx vertx;
  private final LongSupplier nanoTime;
  private final Map<String, Check> checks = new TreeMap<>();
  private volatile Phase phase = Phase.STARTING;

  public HealthChecks(Vertx vertx) {
    this(vertx, System::nanoTime);
  }

  HealthChecks(Vertx vertx, LongSupplier nanoTime) {
    this.vertx = vertx;
    this.nanoTime = nanoTime;
  }

  /**
   * Adds a check: a name such as {@code postgres}, and how to ask. A failed future is a failing
   * check, its message the reason.
   */
  public void register(String name, Supplier<Future<Health>> check) {
    add(name, check, true);
  }

  /** Adds a check that is told and logged, but does not make the node unready. */
  public void watch(String name, Supplier<Future<Health>> check) {
    add(name, check, false);
  }

  private void add(String name, Supplier<Future<Health>> check, boolean required) {
    synchronized (checks) {
      if (checks.putIfAbsent(name, new Check(name, check, required)) != null) {
        throw new IllegalArgumentException("there is a check named " + name);
      }
    }
  }

  /** Everything is deployed; from now on readiness is what the checks say. */
  public void ready() {
    phase = Phase.READY;
  }

  /** The node is about to stop: it stays unready whatever the checks say. */
  public void draining() {
    phase = Phase.DRAINING;
  }

  public Phase phase() {
    return phase;
  }

  /** Asks all checks, or remembers what they said less than a second ago. Never fails. */
  public Future<Report> report() {
    List<Check> all;
    synchronized (checks) {
      all = List.copyOf(checks.values());
    }
    List<Future<Health>> answers = all.stream().map(Check::answer).toList();
    return Future.join(answers)
        .otherwiseEmpty()
        .map(
            done -> {
              Map<String, Health> health = new TreeMap<>();
              for (int i = 0; i < answers.size(); i++) {
                health.put(all.get(i).name, answers.get(i).result());
              }
              return new Report(phase, health, watched(all));
            });
  }

  private static Set<String> watched(List<Check> all) {
    return all.stream()
        .filter(check -> !check.required)
        .map(check -> check.name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** One check, its last answer, and the question that is under way. */
  private final class Check {
    private final String name;
    private final Supplier<Future<Health>> question;
    private final boolean required;
    private Future<Health> answer = Future.succeededFuture(Health.well());
    private long askedAt;
    private boolean asked;
    private boolean wasOk = true;

    Check(String name, Supplier<Future<Health>> question, boolean required) {
      this.name = name;
      this.question = question;
      this.required = required;
    }

    /** One question at a time; those who ask meanwhile share its answer. */
    synchronized Future<Health> answer() {
      long now = nanoTime.getAsLong();
      if (!asked || (answer.isComplete() && now - askedAt >= FRESH.toNanos())) {
        asked = true;
        askedAt = now;
        answer = ask();
        answer.onSuccess(this::tell);
      }
      return answer;
    }

    private Future<Health> ask() {
      Promise<Health> promise = Promise.promise();
      long timer =
          vertx.setTimer(
              PATIENCE.toMillis(),
              id -> promise.tryComplete(Health.failing("no answer within " + seconds(PATIENCE))));
      Future<Health> asked;
      try {
        asked = question.get();
      } catch (RuntimeException thrown) {
        asked = Future.failedFuture(thrown);
      }
      asked
          .otherwise(Health::failing)
          .onSuccess(
              health -> {
                vertx.cancelTimer(timer);
                promise.tryComplete(health);
              });
      return promise.future();
    }

    private synchronized void tell(Health health) {
      if (health.ok() != wasOk) {
        wasOk = health.ok();
        if (wasOk) {
          LOG.info("{} is well again", name);
        } else {
          LOG.warn("{} is failing: {}", name, health.detail());
        }
      }
    }
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
