package io.parley.stores.postgres;

import io.parley.accounts.AccountStore.Place;
import io.parley.accounts.Identifier;
import io.parley.accounts.Role;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.StaffApi.Disabled;
import io.parley.accounts.StaffApi.Listed;
import io.parley.accounts.StaffStore;
import io.parley.accounts.UserId;
import io.parley.audit.AuditEntry;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Those who run the server, in PostgreSQL: what changes who they are goes one after the other. */
public final class PostgresStaffStore implements StaffStore {
  private static final UUID NOBODY = new UUID(0, 0);

  private final Pool pool;

  public PostgresStaffStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Optional<Role>> role(UserId user) {
    return rows(
            """
            select role from accounts
             where id = $1 and disabled_at is null and deleting_at is null""",
            Tuple.of(user.value()))
        .map(rows -> Rows.first(rows, row -> Role.of(row.getString("role"))));
  }

  @Override
  public Future<Optional<Listed>> look(UserId user, Instant now) {
    return rows(
            PostgresStaffRows.LISTED + " where a.id = $2 and a.deleting_at is null",
            Tuple.of(Rows.utc(now), user.value()))
        .map(rows -> Rows.first(rows, PostgresStaffRows::listed));
  }

  @Override
  public Future<List<Listed>> search(Filter filter, Optional<Place> after, Instant now, int limit) {
    Place from = after.orElse(new Place("", new UserId(NOBODY)));
    return rows(
            PostgresStaffRows.LISTED
                + """
                 where (a.folded_name, a.id) > ($2, $3) and a.deleting_at is null
                   and ($4::text is null or a.role = $4)
                   and ($5::boolean is null or (a.disabled_at is not null) = $5)
                   and case when $6::text is not null
                       then exists (select from identifiers
                                     where account = a.id and kind = $6 and value = $7)
                       else position($8 in a.folded_name) > 0
                         or exists (select from identifiers
                                     where account = a.id and kind = 'username'
                                       and position($8 in value) > 0)
                       end
                 order by a.folded_name, a.id
                 limit $9""",
            Tuple.from(
                Arrays.asList(
                    Rows.utc(now),
                    from.foldedName(),
                    from.user().value(),
                    filter.role().map(Role::word).orElse(null),
                    filter.disabled().orElse(null),
                    filter.known().map(known -> known.kind().field()).orElse(null),
                    filter.known().map(Identifier::value).orElse(null),
                    filter.part(),
                    limit)))
        .map(rows -> Rows.all(rows, PostgresStaffRows::listed));
  }

  @Override
  public Future<Changed> change(
      Optional<UserId> by, UserId subject, Instant now, Function<Situation, Change> decide) {
    return pool.withTransaction(
            connection ->
                PostgresStaffRows.oneAtATime(connection)
                    .compose(mine -> situation(connection, by, subject))
                    .map(decide)
                    .compose(change -> carryOut(connection, subject, now, change)))
        .recover(PostgresFailures::unavailable);
  }

  private static Future<Situation> situation(
      SqlConnection connection, Optional<UserId> by, UserId subject) {
    UUID asking = by.map(UserId::value).orElse(NOBODY);
    return connection
        .preparedQuery(
            """
            select id, role, disabled_at, disabled_by, disabled_for from accounts
             where id in ($1, $2) and deleting_at is null order by id for update""")
        .execute(Tuple.of(asking, subject.value()))
        .map(rows -> Rows.all(rows, row -> row))
        .compose(
            rows ->
                PostgresStaffRows.otherAdmins(connection, subject)
                    .map(others -> situation(rows, asking, subject, others)));
  }

  private static Situation situation(
      List<Row> rows, UUID asking, UserId subject, boolean otherAdmins) {
    Row account =
        find(rows, subject.value())
            .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "there is no such account"));
    return new Situation(
        find(rows, asking)
            .filter(row -> row.getOffsetDateTime("disabled_at") == null)
            .map(row -> Role.of(row.getString("role"))),
        Role.of(account.getString("role")),
        PostgresStaffRows.disabled(account),
        otherAdmins);
  }

  private static Optional<Row> find(List<Row> rows, UUID account) {
    return rows.stream().filter(row -> row.getUUID("id").equals(account)).findFirst();
  }

  private static Future<Changed> carryOut(
      SqlConnection connection, UserId subject, Instant now, Change change) {
    Disabled disabled = change.disabled().orElse(null);
    return connection
        .preparedQuery(
            """
            update accounts
               set role = $2, disabled_at = $3, disabled_by = $4, disabled_for = $5
             where id = $1""")
        .execute(
            Tuple.of(
                subject.value(),
                change.role().word(),
                disabled == null ? null : Rows.utc(disabled.at()),
                disabled == null ? null : disabled.by(),
                disabled == null ? null : disabled.reason()))
        .compose(
            done ->
                disabled == null
                    ? Future.succeededFuture()
                    : PostgresIdentitySteps.kill(connection, subject, now))
        .compose(done -> end(connection, subject, now, change.ending()))
        .compose(
            ended ->
                PostgresAuditRows.add(connection, entries(change, ended.size()))
                    .compose(noted -> look(connection, subject, now))
                    .map(account -> new Changed(account, ended)));
  }

  private static List<AuditEntry> entries(Change change, int ended) {
    return Stream.concat(change.entries().stream(), change.ending().note(ended).stream()).toList();
  }

  private static Future<List<Ended>> end(
      SqlConnection connection, UserId subject, Instant now, Ending ending) {
    if (!ending.any()) {
      return Future.succeededFuture(List.of());
    }
    return connection
        .preparedQuery(
            "update sessions"
                + PostgresSessionStore.ENDS
                + "where account = $2 and ended_at is null and id = coalesce($3, id)"
                + PostgresSessionStore.ENDED)
        .execute(
            Tuple.of(
                Rows.utc(now), subject.value(), ending.only().map(SessionId::value).orElse(null)))
        .map(rows -> Rows.all(rows, PostgresSessionRows::ended));
  }

  private static Future<Listed> look(SqlConnection connection, UserId user, Instant now) {
    return connection
        .preparedQuery(PostgresStaffRows.LISTED + " where a.id = $2")
        .execute(Tuple.of(Rows.utc(now), user.value()))
        .map(rows -> PostgresStaffRows.listed(rows.iterator().next()));
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
