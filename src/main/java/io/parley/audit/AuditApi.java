package io.parley.audit;

import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What may be asked of the audit log, by those who know that whoever asks may. */
public interface AuditApi {

  /**
   * Entries, the newest first, paged by an opaque cursor: none is left out or comes twice, whatever
   * is written meanwhile. Pages have 1 to 200, whatever is asked for. Fails INVALID naming the
   * field.
   */
  Endpoint<Query, Page> READ = new Endpoint<>("audit.read", Query.class, Page.class);

  Contract CONTRACT = Contract.of(AuditApi.class);

  /**
   * Only entries for which all holds that is given.
   *
   * @param actor an account's id, or the word for who has none
   * @param from from then on
   * @param until before then
   */
  record Query(
      Optional<String> actor,
      Optional<UUID> subject,
      Optional<String> act,
      Optional<Instant> from,
      Optional<Instant> until,
      Optional<String> after,
      int limit) {}

  record Page(List<Noted> entries, Optional<String> next) {}

  /**
   * An entry as it is read, of whatever version wrote it. Where it was done from, and why, is kept
   * out of every text form.
   */
  record Noted(
      UUID id,
      Instant at,
      String actor,
      String act,
      Optional<UUID> subject,
      Map<String, String> details,
      Optional<String> address,
      Optional<String> reason) {
    @Override
    public String toString() {
      return "Noted[" + id + "]";
    }
  }
}
