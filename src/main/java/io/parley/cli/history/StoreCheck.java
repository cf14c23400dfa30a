package io.parley.cli.history;

import io.parley.cli.history.Violation.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log by itself, and whether everything in it was sent. */
final class StoreCheck {
  private StoreCheck() {}

  static void judge(RoomLog log, Ledger ledger, Verdict verdict) {
    sequence(log, verdict);
    counts(log, verdict);
    posts(log, ledger, verdict);
  }

  private static void sequence(RoomLog log, Verdict verdict) {
    long expected = 1;
    long at = 0;
    for (Entry entry : log.entries()) {
      if (entry.seq() != expected) {
        verdict.broken(Kind.GAP, log, entry, "stands where %d is expected", expected);
      }
      if (entry.at() < at) {
        verdict.broken(
            Kind.BACKDATED, log, entry, "is %d ms older than the entry before", at - entry.at());
      }
      expected = entry.seq() + 1;
      at = Math.max(at, entry.at());
    }
  }

  private static void counts(RoomLog log, Verdict verdict) {
    long n = 0;
    for (Entry entry : log.entries()) {
      n += entry.isMessage() ? 1 : 0;
      if (entry.n() != n) {
        verdict.broken(
            Kind.MISCOUNTED, log, entry, "has n %d, but there are %d messages", entry.n(), n);
        n = entry.n(); // told once, not for every entry from here on
      }
    }
  }

  private static void posts(RoomLog log, Ledger ledger, Verdict verdict) {
    Map<List<String>, Long> places = new HashMap<>();
    for (Entry entry : log.entries()) {
      Long earlier = places.putIfAbsent(List.of(entry.author(), entry.cid()), entry.seq());
      if (earlier != null) {
        verdict.broken(Kind.DUPLICATE, log, entry, "is in the store already, at %d", earlier);
      }
      if (entry.isMessage()) {
        ledger
            .post(log.room(), entry.author(), entry.cid())
            .filter(post -> !post.sends().isEmpty())
            .ifPresentOrElse(
                post -> content(log, entry, post, verdict),
                () -> verdict.broken(Kind.GHOST, log, entry, "is stored, but nobody sent it"));
      }
    }
  }

  private static void content(RoomLog log, Entry entry, Post post, Verdict verdict) {
    if (!post.wasSentAs(entry.digest())) {
      verdict.broken(Kind.ALTERED, log, entry, "is stored with another text than was sent");
    }
  }
}
