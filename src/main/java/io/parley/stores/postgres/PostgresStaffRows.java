package io.parley.stores.postgres;

import io.parley.accounts.Role;
import io.parley.accounts.StaffApi.Disabled;
import io.parley.accounts.StaffApi.Listed;
import io.parley.accounts.UserId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** How those who run the server see accounts, and what keeps the last of them in office. */
final class PostgresStaffRows {
  /** What {@link #listed} reads, given the time as the first value. */
  static final String LISTED =
      """
      select a.id, a.name, a.role, a.created_at, a.disabled_at, a.disabled_by, a.disabled_for,
             (select shown from identifiers where account = a.id and kind = 'username') as username,
             (select shown from identifiers where account = a.id and kind = 'email') as email,
             (select shown from identifiers
               where account = a.id and kind = 'phoneNumber') as phone_number,
             (select count(*)::integer from sessions
               where account = a.id and ended_at is null and expires_at > $1) as sessions
        from accounts a
      """;

  private PostgresStaffRows() {}

  /**
   * Lets one transaction at a time change who is an admin that may sign in; to be asked for before
   * any row is locked.
   */
  static Future<?> oneAtATime(SqlConnection connection) {
    return connection
        .query("select pg_advisory_xact_lock(hashtextextended('parley staff', 0))")
        .execute();
  }

  /** Whether anybody else is an admin who may sign in. */
  static Future<Boolean> otherAdmins(SqlConnection connection, UserId but) {
    return connection
        .preparedQuery(
            """
            select exists (select from accounts
                            where role = 'admin' and id <> $1
                              and disabled_at is null and deleting_at is null) as others""")
        .execute(Tuple.of(but.value()))
        .map(rows -> rows.iterator().next().getBoolean("others"));
  }

  static Listed listed(Row row) {
    return new Listed(
        new UserId(row.getUUID("id")),
        row.getString("name"),
        Optional.ofNullable(row.getString("username")),
        Optional.ofNullable(row.getString("email")),
        Optional.ofNullable(row.getString("phone_number")),
        Role.of(row.getString("role")),
        Rows.instant(row, "created_at"),
        disabled(row),
        row.getInteger("sessions"));
  }

  static Optional<Disabled> disabled(Row row) {
    return row.getOffsetDateTime("disabled_at") == null
        ? Optional.empty()
        : Optional.of(
            new Disabled(
                Rows.instant(row, "disabled_at"),
                Optional.ofNullable(row.getString("disabled_by")).orElse(""),
                Optional.ofNullable(row.getString("disabled_for")).orElse("")));
  }
}
