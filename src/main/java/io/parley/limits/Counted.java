package io.parley.limits;

import io.micrometer.core.instrument.Counter;
import io.parley.limits.Rates.Quota;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Those on one node who are counted alike. From any thread. */
final class Counted {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Allowance.Terms terms;
  private final int most;
  private final Counter refused;
  private final Counter uncounted;
  private final Map<Object, Allowance> allowances = new ConcurrentHashMap<>();

  /**
   * @param most of them; beyond, newcomers are not counted
   * @param refused counts refusals
   * @param uncounted counts those who were not
   */
  Counted(Allowance.Terms terms, int most, Counter refused, Counter uncounted) {
    this.terms = terms;
    this.most = most;
    this.refused = refused;
    this.uncounted = uncounted;
  }

  /** How many they are just now. */
  int size() {
    return allowances.size();
  }

  /** Takes one. Tells after how many milliseconds to ask again, or 0. */
  long take(Object who, long now) {
    if (terms.burst() == 0) {
      return 0;
    }
    while (true) {
      Allowance allowance = allowances.get(who);
      if (allowance == null) {
        if (allowances.size() >= most) {
          uncounted.increment();
          return 0;
        }
        allowance = allowances.computeIfAbsent(who, unseen -> new Allowance(terms, now));
      }
      long wait = allowance.take(now);
      if (wait == 0) {
        return 0;
      }
      if (wait != Allowance.GONE) {
        refused.increment();
        return (wait + MILLI - 1) / MILLI;
      }
      allowances.remove(who, allowance);
    }
  }

  /** The same, and tells what is left. */
  Quota ask(Object who, long now) {
    long waitMs = take(who, now);
    Allowance allowance = allowances.get(who);
    return allowance == null ? Quota.UNLIMITED : allowance.quota(now, waitMs);
  }

  void giveBack(Object who) {
    Allowance allowance = allowances.get(who);
    if (allowance != null) {
      allowance.giveBack();
    }
  }

  void each(BiConsumer<Object, Allowance> action) {
    allowances.forEach(action);
  }

  /** Forgets those of whom there is nothing to remember. */
  void forget(long now) {
    allowances.values().removeIf(allowance -> allowance.leave(now));
  }
}
