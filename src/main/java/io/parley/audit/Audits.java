package io.parley.audit;

import io.parley.audit.AuditApi.Noted;
import io.parley.audit.AuditApi.Page;
import io.parley.audit.AuditApi.Query;
import io.parley.audit.AuditStore.Place;
import io.parley.config.AuditConfig;
import io.parley.failure.Failure;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reading what was done, and forgetting it in time. */
public final class Audits {
  private static final int PAGE_MAX = 200;
  private static final int FORGOTTEN_AT_ONCE = 1_000;
  private static final Pattern ACTOR = Pattern.compile("[A-Za-z0-9:._-]{1,64}");
  private static final Pattern PLACE = Pattern.compile("(\\d{1,15}) ([0-9a-f-]{36})");

  private final AuditStore store;
  private final AuditConfig config;
  private final Clock clock;

  public Audits(AuditStore store, AuditConfig config, Clock clock) {
    this.store = store;
    this.config = config;
    this.clock = clock;
  }

  /** Answers {@link AuditApi#READ}. */
  public Future<Page> read(Query query) {
    if (!query.actor().map(actor -> ACTOR.matcher(actor).matches()).orElse(true)) {
      throw Failure.invalid("actor", "must be the id of an account, or a word such as system");
    }
    if (!query.act().map(act -> Act.of(act).isPresent()).orElse(true)) {
      throw Failure.invalid("act", "is not among what is noted");
    }
    Optional<Place> before = query.after().map(Audits::place);
    int limit = Math.max(1, Math.min(PAGE_MAX, query.limit()));
    // One more than asked for tells whether there is a next page.
    return store.read(query, before, limit + 1).map(found -> page(found, limit));
  }

  private static Page page(List<Noted> found, int limit) {
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    Noted last = found.get(limit - 1);
    return new Page(List.copyOf(found.subList(0, limit)), Optional.of(cursor(last)));
  }

  /** Times are kept to the millisecond. */
  private static String cursor(Noted last) {
    String place = last.at().toEpochMilli() + " " + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.US_ASCII));
  }

  private static Place place(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      Matcher place = PLACE.matcher(new String(bytes, StandardCharsets.US_ASCII));
      if (place.matches()) {
        Instant at = Instant.ofEpochMilli(Long.parseLong(place.group(1)));
        return new Place(at, UUID.fromString(place.group(2)));
      }
    } catch (IllegalArgumentException forged) {
      // told below
    }
    throw Failure.invalid("after", "is not a position in this list");
  }

  /**
   * Forgets what has been kept for long enough, in steps that no statement's time limit cuts short.
   * Several nodes at once do no harm.
   */
  public Future<Void> forget() {
    Instant now = clock.instant();
    return store
        .forget(now.minus(config.retention()), now.minus(config.addresses()), FORGOTTEN_AT_ONCE)
        .compose(gone -> gone < FORGOTTEN_AT_ONCE ? Future.succeededFuture() : forget());
  }
}
