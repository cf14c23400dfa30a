package io.parley.stores.postgres;

import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.SessionStore.Opened;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;

/** The steps of the transaction in which a session begins. */
final class PostgresSessionOpening {
  private PostgresSessionOpening() {}

  static Future<Opened> open(
      SqlConnection connection, NewSession session, Set<String> proved, int most) {
    return queue(connection, session, proved)
        .compose(
            rows -> {
              RowIterator<Row> each = rows.iterator();
              Row account = each.hasNext() ? each.next() : null;
              if (account == null || !account.getBoolean("proved")) {
                return Future.succeededFuture(new Opened.Outdated());
              }
              return account.getBoolean("disabled")
                  ? Future.succeededFuture(new Opened.Disabled())
                  : begin(connection, session, most);
            });
  }

  private static Future<Opened> begin(SqlConnection connection, NewSession session, int most) {
    return PostgresSessionRows.begin(connection, session)
        .compose(begun -> crowdOut(connection, session, most))
        .map(Opened.Begun::new);
  }

  /**
   * One after the other for each account, so that each sees the sessions of those before; and after
   * whatever is changing its password or its leave to sign in, since both rows are looked at as
   * they are once they are ours.
   */
  private static Future<RowSet<Row>> queue(
      SqlConnection connection, NewSession session, Set<String> proved) {
    return connection
        .preparedQuery(
            """
            select a.disabled_at is not null as disabled, p.hash = any($2) as proved
              from accounts a join passwords p on p.account = a.id
             where a.id = $1 and a.deleting_at is null
               for no key update of a, p""")
        .execute(Tuple.of(session.user().value(), (Object) proved.toArray(String[]::new)));
  }

  private static Future<List<Ended>> crowdOut(
      SqlConnection connection, NewSession session, int most) {
    return connection
        .preparedQuery(
            "update sessions"
                + PostgresSessionStore.ENDS
                + """
                where id in
                  (select id from sessions
                    where account = $2 and id <> $3 and ended_at is null and expires_at > $1
                    order by refreshed_at desc, id desc offset $4)"""
                + PostgresSessionStore.ENDED)
        .execute(
            Tuple.of(
                Rows.utc(session.createdAt()),
                session.user().value(),
                session.id().value(),
                most - 1))
        .map(rows -> Rows.all(rows, PostgresSessionRows::ended));
  }
}
