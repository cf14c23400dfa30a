package io.parley.stores.postgres;

import io.parley.accounts.DepartureStore;
import io.parley.accounts.DeparturesApi.Leaving;
import io.parley.accounts.PersonName;
import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import io.parley.audit.AuditEntry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The end of accounts in PostgreSQL: the row stays, and says how far it has come. */
public final class PostgresDepartureStore implements DepartureStore {
  /** What hangs on an account without being its own: each by the column that names it. */
  private static final List<String> HANGING =
      List.of(
          "contacts owner",
          "contacts person",
          "blocks blocker",
          "blocks blocked",
          "sessions account",
          "mails account",
          "mail_tokens account",
          "last_seen account",
          "exports account",
          "presences account",
          "audit_private account");

  private static final String NOBODY =
      """
      update accounts
         set deleting_at = $2, name = $3, folded_name = $4, about = '', avatar = null,
             last_seen_for = 'nobody', photo_for = 'nobody',
             role = 'user', disabled_at = null, disabled_by = null, disabled_for = null
       where id = $1 and deleting_at is null""";

  private static final String CLOSING =
      """
      insert into pair_changes (pair, changed_at)
      select r.direct_pair, clock_timestamp()
        from room_members m join rooms r on r.id = m.room
       where m.account = $1 and r.direct_pair is not null
       order by r.direct_pair
      on conflict (pair) do update set changed_at = excluded.changed_at""";

  private final Pool pool;

  public PostgresDepartureStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Optional<String>> hash(UserId user) {
    return rows(
            """
            select p.hash from passwords p join accounts a on a.id = p.account
             where a.id = $1 and a.deleting_at is null and a.disabled_at is null""",
            Tuple.of(user.value()))
        .map(rows -> Rows.first(rows, row -> row.getString("hash")));
  }

  @Override
  public Future<List<SessionId>> begin(UserId user, Instant now, AuditEntry entry) {
    return pool.withTransaction(connection -> begin(connection, user, now, entry))
        .recover(PostgresFailures::unavailable);
  }

  private static Future<List<SessionId>> begin(
      SqlConnection connection, UserId user, Instant now, AuditEntry entry) {
    Tuple whose = Tuple.of(user.value());
    return PostgresStaffRows.oneAtATime(connection)
        .compose(mine -> requireAnotherAdmin(connection, user))
        .compose(fine -> nobody(connection, user, now, entry))
        .compose(done -> Rows.run(connection, "delete from passwords where account = $1", whose))
        .compose(
            done ->
                Rows.run(
                    connection,
                    "delete from identifiers where account = $1 and kind <> 'username'",
                    whose))
        .compose(done -> Rows.run(connection, CLOSING, whose))
        .compose(
            done ->
                connection
                    .preparedQuery(
                        """
                        update sessions set ended_at = $2, address = '', salt = null
                         where account = $1 and ended_at is null
                        returning id""")
                    .execute(Tuple.of(user.value(), Rows.utc(now))))
        .map(rows -> Rows.all(rows, row -> new SessionId(row.getUUID("id"))));
  }

  /** The first time only is it noted. */
  private static Future<Void> nobody(
      SqlConnection connection, UserId user, Instant now, AuditEntry entry) {
    return connection
        .preparedQuery(NOBODY)
        .execute(
            Tuple.of(
                user.value(),
                Rows.utc(now),
                PersonName.DELETED.text(),
                PersonName.DELETED.folded()))
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.succeededFuture()
                    : PostgresAuditRows.add(connection, List.of(entry)));
  }

  private static Future<Void> requireAnotherAdmin(SqlConnection connection, UserId user) {
    return connection
        .preparedQuery("select role from accounts where id = $1 and deleting_at is null for update")
        .execute(Tuple.of(user.value()))
        .map(rows -> Rows.first(rows, row -> row.getString("role")).filter("admin"::equals))
        .compose(
            admin ->
                admin.isPresent()
                    ? PostgresStaffRows.otherAdmins(connection, user)
                    : Future.succeededFuture(true))
        .compose(
            others ->
                others
                    ? Future.succeededFuture()
                    : Future.failedFuture(DepartureStore.lastAdmin()));
  }

  @Override
  public Future<List<Leaving>> unfinished(int limit) {
    return rows(
            """
            select id, deleting_at from accounts
             where deleting_at is not null and deleted_at is null
             order by deleting_at
             limit $1""",
            Tuple.of(limit))
        .map(
            rows ->
                Rows.all(
                    rows,
                    row ->
                        new Leaving(
                            new UserId(row.getUUID("id")), Rows.instant(row, "deleting_at"))));
  }

  @Override
  public Future<Integer> clear(UserId user, int limit) {
    Future<Integer> gone = Future.succeededFuture(0);
    for (String hanging : HANGING) {
      String table = hanging.substring(0, hanging.indexOf(' '));
      String column = hanging.substring(hanging.indexOf(' ') + 1);
      String sql =
          """
          delete from %1$s where ctid in (select ctid from %1$s where %2$s = $1 limit $2)
             and exists (select from accounts where id = $1 and deleting_at is not null)"""
              .formatted(table, column);
      gone =
          gone.compose(
              before ->
                  rows(sql, Tuple.of(user.value(), limit)).map(rows -> before + rows.rowCount()));
    }
    return gone;
  }

  @Override
  public Future<Void> finish(UserId user, Instant now) {
    return rows(
            """
            update accounts set deleted_at = $2
             where id = $1 and deleting_at is not null and deleted_at is null""",
            Tuple.of(user.value(), Rows.utc(now)))
        .mapEmpty();
  }

  @Override
  public Future<Integer> release(Instant goneBefore, int limit) {
    return rows(
            """
            delete from identifiers where (kind, value) in
              (select known.kind, known.value
                 from accounts a join identifiers known on known.account = a.id
                where a.deleted_at < $1
                limit $2)""",
            Tuple.of(Rows.utc(goneBefore), limit))
        .map(RowSet::rowCount);
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
