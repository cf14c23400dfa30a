package io.parley.commands;

import io.parley.accounts.UserId;
import io.parley.audit.Actor;
import io.parley.audit.AuditApi;
import io.parley.audit.AuditApi.Noted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the audit log tells somebody of themselves: nothing of anybody else, not whom they did it to
 * nor who did it to them, where from or why.
 *
 * @param by {@code self}, {@code staff}, {@code server}, or {@code stranger} for who proved nothing
 * @param address where they did it from, for as long as that is kept
 */
record Deed(
    Instant at, String act, String by, Map<String, String> details, Optional<String> address) {

  /** What somebody did, the newest first. */
  static AuditApi.Query by(UserId user, Optional<String> after, int limit) {
    return query(Optional.of(user.toString()), Optional.empty(), after, limit);
  }

  /** What was done to somebody's account, by themselves as well. */
  static AuditApi.Query to(UserId user, Optional<String> after, int limit) {
    return query(Optional.empty(), Optional.of(user.value()), after, limit);
  }

  private static AuditApi.Query query(
      Optional<String> actor, Optional<UUID> subject, Optional<String> after, int limit) {
    return new AuditApi.Query(
        actor, subject, Optional.empty(), Optional.empty(), Optional.empty(), after, limit);
  }

  /** A page of either, without what the first tells already. */
  static List<Deed> told(UserId user, AuditApi.Query query, AuditApi.Page page) {
    boolean first = query.actor().isPresent();
    return page.entries().stream()
        .filter(entry -> own(user, entry) == first)
        .map(entry -> of(user, entry))
        .toList();
  }

  private static boolean own(UserId user, Noted entry) {
    return entry.actor().equals(user.toString());
  }

  private static Deed of(UserId user, Noted entry) {
    boolean theirs = entry.subject().filter(user.value()::equals).isPresent();
    return new Deed(
        entry.at(),
        entry.act(),
        own(user, entry) ? "self" : other(entry.actor()),
        theirs ? entry.details() : Map.of(),
        entry.address().filter(where -> own(user, entry)));
  }

  private static String other(String actor) {
    if (actor.equals(Actor.SYSTEM.text())) {
      return "server";
    }
    return actor.equals(Actor.STRANGER.text()) ? "stranger" : "staff";
  }
}
