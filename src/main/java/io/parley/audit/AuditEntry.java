package io.parley.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One thing that was done.
 *
 * @param subject the account that it happened to
 * @param details a few words, never what somebody typed
 * @param address where it was done from; erased earlier than the rest, and with the actor's account
 * @param reason what was given as such; erased with the subject's account
 */
public record AuditEntry(
    UUID id,
    Instant at,
    Actor actor,
    Act act,
    Optional<UUID> subject,
    Map<String, String> details,
    Optional<String> address,
    Optional<String> reason) {
  private static final int DETAILS_MAX = 8;
  private static final int DETAIL_MAX = 100;
  private static final int ADDRESS_MAX = 64;

  public AuditEntry {
    if (details.size() > DETAILS_MAX) {
      throw new IllegalArgumentException("at most " + DETAILS_MAX + " details");
    }
    details = Map.copyOf(details);
  }

  /** An act without details, at a time to the millisecond. */
  public static AuditEntry of(UUID id, Instant at, Act act, Actor actor, Optional<UUID> subject) {
    return new AuditEntry(
        id,
        at.truncatedTo(ChronoUnit.MILLIS),
        actor,
        act,
        subject,
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same with one more detail. */
  public AuditEntry with(String key, Object value) {
    Map<String, String> more = new TreeMap<>(details);
    more.put(key, bounded(String.valueOf(value), DETAIL_MAX));
    return new AuditEntry(id, at, actor, act, subject, more, address, reason);
  }

  /** The same with where it was done from. */
  public AuditEntry from(Optional<String> place) {
    Optional<String> known =
        place.filter(each -> !each.isEmpty()).map(each -> bounded(each, ADDRESS_MAX));
    return new AuditEntry(id, at, actor, act, subject, details, known, reason);
  }

  /** The same with the reason that was given. */
  public AuditEntry because(String why) {
    return new AuditEntry(id, at, actor, act, subject, details, address, Optional.of(why));
  }

  /** The same of another act. */
  public AuditEntry as(Act other) {
    return new AuditEntry(id, at, actor, other, subject, details, address, reason);
  }

  private static String bounded(String text, int max) {
    return text.substring(0, Math.min(max, text.length())).replaceAll("\\p{Cntrl}", "_");
  }

  /** Without where it was done from, and why. */
  @Override
  public String toString() {
    return "AuditEntry[" + id + ", " + act + "]";
  }
}
