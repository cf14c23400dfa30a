package io.parley.stores.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.parley.audit.AuditApi.Noted;
import io.parley.audit.AuditEntry;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How audit entries lie in their rows. */
final class PostgresAuditRows {
  private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

  /** Of an account that is being deleted nothing is kept any more that would have to be erased. */
  private static final String KEEP =
      """
      insert into audit_private (audit, kind, account, at, value)
      select $1, $2, $3, $4, $5
       where not exists (select from accounts where id = $3 and deleting_at is not null)
      on conflict (audit, kind) do nothing""";

  private PostgresAuditRows() {}

  /** Writes entries within the transaction of what they tell of, if there is one. */
  static Future<Void> add(SqlConnection connection, List<AuditEntry> entries) {
    List<Tuple> kept = new ArrayList<>();
    entries.forEach(entry -> kept.addAll(kept(entry)));
    return Rows.runAll(
            connection,
            """
            insert into audit (id, at, actor, act, subject, details)
            values ($1, $2, $3, $4, $5, $6::text::jsonb)
            on conflict (id) do nothing""",
            entries.stream().map(PostgresAuditRows::values).toList())
        .compose(added -> Rows.runAll(connection, KEEP, kept));
  }

  private static Tuple values(AuditEntry entry) {
    return Tuple.of(
        entry.id(),
        Rows.utc(entry.at()),
        entry.actor().text(),
        entry.act().word(),
        entry.subject().orElse(null),
        new String(Json.bytes(entry.details()), StandardCharsets.UTF_8));
  }

  private static List<Tuple> kept(AuditEntry entry) {
    List<Tuple> kept = new ArrayList<>();
    Optional<UUID> actor = entry.actor().account().or(entry::subject);
    entry.address().ifPresent(address -> kept.add(kept(entry, "address", actor, address)));
    entry.reason().ifPresent(why -> kept.add(kept(entry, "reason", entry.subject(), why)));
    return kept;
  }

  private static Tuple kept(AuditEntry entry, String kind, Optional<UUID> account, String value) {
    return Tuple.of(entry.id(), kind, account.orElse(null), Rows.utc(entry.at()), value);
  }

  static Noted noted(Row row) {
    return new Noted(
        row.getUUID("id"),
        Rows.instant(row, "at"),
        row.getString("actor"),
        row.getString("act"),
        Optional.ofNullable(row.getUUID("subject")),
        details(row.getString("details")),
        Optional.ofNullable(row.getString("address")),
        Optional.ofNullable(row.getString("reason")));
  }

  private static Map<String, String> details(String json) {
    JsonNode details = Json.object(json.getBytes(StandardCharsets.UTF_8));
    return Json.mapper().convertValue(details, DETAILS);
  }
}
