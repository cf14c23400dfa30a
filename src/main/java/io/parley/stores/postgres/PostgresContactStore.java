package io.parley.stores.postgres;

import io.parley.accounts.PersonName;
import io.parley.accounts.UserId;
import io.parley.contacts.ContactStore;
import io.parley.contacts.ContactsApi.Blocked;
import io.parley.contacts.ContactsApi.Contact;
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

/** Contacts and blocks in PostgreSQL. The row of their owner is the lock under which they grow. */
public final class PostgresContactStore implements ContactStore {
  private static final String CONTACT =
      """
      a.id, a.name, c.name as contact_name, c.added_at,
      (select shown from identifiers where account = a.id and kind = 'username') as username
      """;

  private static final String NOTE =
      """
      insert into pair_changes (pair, changed_at)
      values (least($1::uuid, $2::uuid) || ':' || greatest($1::uuid, $2::uuid), clock_timestamp())
      on conflict (pair) do update set changed_at = excluded.changed_at""";

  private final Pool pool;

  public PostgresContactStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Optional<Contact>> add(
      UserId owner, UserId person, Optional<PersonName> name, int most, Instant now) {
    Tuple values =
        Tuple.from(
            Arrays.asList(
                owner.value(),
                person.value(),
                name.map(PersonName::text).orElse(null),
                name.map(PersonName::folded).orElse(null),
                Rows.utc(now)));
    return pool.withTransaction(
            connection ->
                room(connection, "contacts", "owner", "person", owner, person, most)
                    .compose(
                        room ->
                            connection
                                .preparedQuery(
                                    """
                                    with c as (
                                      insert into contacts (owner, person, name, folded_name, added_at)
                                      select $1, id, $3, $4, $5 from accounts
                                       where id = $2 and deleting_at is null
                                      on conflict (owner, person) do update
                                        set name = excluded.name, folded_name = excluded.folded_name
                                      returning person, name, added_at
                                    )
                                    select
                                    """
                                        + CONTACT
                                        + " from c join accounts a on a.id = c.person")
                                .execute(values)))
        .map(rows -> Rows.first(rows, PostgresContactStore::contact))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Void> remove(UserId owner, UserId person) {
    return rows(
            "delete from contacts where owner = $1 and person = $2",
            Tuple.of(owner.value(), person.value()))
        .mapEmpty();
  }

  @Override
  public Future<List<Contact>> contacts(UserId owner, Position after, int limit) {
    return rows(
            "select "
                + CONTACT
                + """
                  from contacts c join accounts a on a.id = c.person
                 where c.owner = $1 and a.deleting_at is null
                   and (coalesce(c.folded_name, a.folded_name), a.id) > ($2, $3)
                 order by coalesce(c.folded_name, a.folded_name), a.id
                 limit $4""",
            Tuple.of(owner.value(), after.foldedName(), after.user().value(), limit))
        .map(rows -> Rows.all(rows, PostgresContactStore::contact));
  }

  @Override
  public Future<Boolean> block(UserId blocker, UserId person, int most, Instant now) {
    return pool.withTransaction(
            connection ->
                room(connection, "blocks", "blocker", "blocked", blocker, person, most)
                    .compose(
                        room ->
                            connection
                                .preparedQuery(
                                    """
                                    insert into blocks (blocker, blocked, blocked_at)
                                    select $1, id, $3 from accounts
                                     where id = $2 and deleting_at is null
                                    on conflict (blocker, blocked)
                                      do update set blocked_at = blocks.blocked_at""")
                                .execute(Tuple.of(blocker.value(), person.value(), Rows.utc(now))))
                    .map(rows -> rows.rowCount() > 0)
                    .compose(there -> there ? noted(connection, blocker, person) : none()))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Void> unblock(UserId blocker, UserId person) {
    return pool.withTransaction(
            connection ->
                connection
                    .preparedQuery("delete from blocks where blocker = $1 and blocked = $2")
                    .execute(Tuple.of(blocker.value(), person.value()))
                    .compose(
                        gone -> gone.rowCount() > 0 ? noted(connection, blocker, person) : none()))
        .recover(PostgresFailures::unavailable)
        .mapEmpty();
  }

  @Override
  public Future<List<Blocked>> blocked(UserId blocker, Position after, int limit) {
    return rows(
            """
            select a.id, a.name, b.blocked_at,
                   (select shown from identifiers where account = a.id and kind = 'username')
                     as username
              from blocks b join accounts a on a.id = b.blocked
             where b.blocker = $1 and a.deleting_at is null and (a.folded_name, a.id) > ($2, $3)
             order by a.folded_name, a.id
             limit $4""",
            Tuple.of(blocker.value(), after.foldedName(), after.user().value(), limit))
        .map(rows -> Rows.all(rows, PostgresContactStore::blocked));
  }

  @Override
  public Future<Boolean> between(UserId one, UserId other) {
    return rows(
            """
            select exists (select from blocks
                            where (blocker, blocked) in (($1, $2), ($2, $1))) as blocked""",
            Tuple.of(one.value(), other.value()))
        .map(rows -> Rows.first(rows, row -> row.getBoolean("blocked")).orElse(true));
  }

  @Override
  public Future<Integer> forget(Instant before, int limit) {
    return rows(
            """
            delete from pair_changes where pair in
              (select pair from pair_changes where changed_at < $1 limit $2)""",
            Tuple.of(Rows.utc(before), limit))
        .map(RowSet::rowCount);
  }

  /** Locks the owner, so that nobody has more than so many however many come at once. */
  private static Future<Void> room(
      SqlConnection connection,
      String table,
      String owner,
      String person,
      UserId user,
      UserId other,
      int most) {
    return connection
        .preparedQuery("select id from accounts where id = $1 for no key update")
        .execute(Tuple.of(user.value()))
        .compose(
            locked ->
                connection
                    .preparedQuery(
                        "select count(*) as many from "
                            + table
                            + " where "
                            + owner
                            + " = $1 and "
                            + person
                            + " <> $2")
                    .execute(Tuple.of(user.value(), other.value())))
        .map(rows -> Rows.first(rows, row -> row.getLong("many")).orElse(0L))
        .compose(many -> many < most ? Future.succeededFuture() : full(table, most));
  }

  private static Future<Void> full(String table, int most) {
    return Future.failedFuture(
        Failure.of(Reason.TOO_LARGE, table + " are limited to " + most).with("limit", most));
  }

  private static Future<Boolean> noted(SqlConnection connection, UserId one, UserId other) {
    return connection
        .preparedQuery(NOTE)
        .execute(Tuple.of(one.value(), other.value()))
        .map(noted -> true);
  }

  private static Future<Boolean> none() {
    return Future.succeededFuture(false);
  }

  private static Contact contact(Row row) {
    return new Contact(
        new UserId(row.getUUID("id")),
        row.getString("name"),
        Optional.ofNullable(row.getString("username")),
        Optional.ofNullable(row.getString("contact_name")),
        Rows.instant(row, "added_at"));
  }

  private static Blocked blocked(Row row) {
    return new Blocked(
        new UserId(row.getUUID("id")),
        row.getString("name"),
        Optional.ofNullable(row.getString("username")),
        Rows.instant(row, "blocked_at"));
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
