package io.parley.accounts;

import io.parley.audit.Act;
import io.parley.audit.Journal;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pauses of those who guess passwords this node has told of, so that it tells of each once,
 * however often somebody knocks: neither one account from many addresses nor one address with many
 * accounts makes more than one in its time. Bounded; beyond, nothing is told.
 */
final class Pauses {
  private static final int MOST = 20_000;

  private final Map<String, Instant> known = new HashMap<>();

  /** Whether a refusal is the first of a pause. */
  synchronized boolean begins(String account, String address, Failure failure, Instant now) {
    if (failure.reason() != Reason.RATE_LIMITED) {
      return false;
    }
    List<String> keys = List.of("account " + account, "address " + address);
    if (keys.stream().anyMatch(key -> runs(key, now))) {
      return false;
    }
    if (known.size() >= MOST) {
      known.values().removeIf(until -> !until.isAfter(now));
    }
    if (known.size() >= MOST) {
      return false;
    }
    keys.forEach(key -> known.put(key, now.plus(left(failure))));
    return true;
  }

  /** Notes the first refusal of a pause of somebody who is signed in. */
  void note(
      Journal journal, UserId user, Optional<String> address, Throwable refused, Instant now) {
    String word = user.toString();
    if (begins(word, word, Failure.from(refused), now)) {
      journal.note(journal.own(Act.SIGN_IN_PAUSED, user.value()).from(address));
    }
  }

  private boolean runs(String key, Instant now) {
    Instant until = known.get(key);
    return until != null && until.isAfter(now);
  }

  private static Duration left(Failure failure) {
    try {
      String millis = failure.details().getOrDefault("retryAfterMs", "0");
      return Duration.ofMillis(Long.parseLong(millis));
    } catch (NumberFormatException unsaid) {
      return Duration.ZERO;
    }
  }
}
