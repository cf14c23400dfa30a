package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresAccountRows.ACCOUNT;

import io.parley.accounts.SessionId;
import io.parley.accounts.SessionStore;
import io.parley.accounts.UserId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;

/** Sessions in PostgreSQL: the row of a refresh token decides who used it. */
public final class PostgresSessionStore implements SessionStore {
  private final Pool pool;

  public PostgresSessionStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Void> open(NewSession session) {
    return pool.withTransaction(connection -> PostgresSessionRows.begin(connection, session))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Optional<Refreshed>> refresh(Buffer used, NewToken next, Instant now) {
    return rows(
            """
            with used as (
              update refresh_tokens t set used_at = $3 from sessions s
               where t.hash = $1 and t.used_at is null and t.expires_at > $3
                 and s.id = t.session and s.ended_at is null and s.expires_at > $3
              returning t.session, t.generation, s.account, s.expires_at
            ), next as (
              insert into refresh_tokens (hash, session, generation, created_at, expires_at)
              select $2, session, generation + 1, $3, least($4, expires_at) from used
              returning session, expires_at
            ), kept as (
              update sessions s set refreshed_at = $3 from used where s.id = used.session
            )
            select
            """
                + ACCOUNT
                + """
                , used.session,
                  used.expires_at as session_expires_at, next.expires_at as token_expires_at
                  from used
                  join next on next.session = used.session
                  join accounts a on a.id = used.account""",
            Tuple.of(used, next.hash(), Rows.utc(now), Rows.utc(next.expiresAt())))
        .map(rows -> Rows.first(rows, PostgresSessionRows::refreshed));
  }

  @Override
  public Future<Optional<Ended>> end(SessionId session, Instant now) {
    return rows(
            """
            update sessions set ended_at = $2 where id = $1 and ended_at is null
            returning account, id""",
            Tuple.of(session.value(), Rows.utc(now)))
        .map(rows -> Rows.first(rows, PostgresSessionRows::ended));
  }

  @Override
  public Future<Optional<Ended>> endByToken(Buffer token, Instant now) {
    return rows(
            """
            update sessions s set ended_at = $2 from refresh_tokens t
             where t.hash = $1 and s.id = t.session and s.ended_at is null
            returning s.account, s.id""",
            Tuple.of(token, Rows.utc(now)))
        .map(rows -> Rows.first(rows, PostgresSessionRows::ended));
  }

  @Override
  public Future<Optional<String>> living(UserId user, SessionId session, Instant now) {
    return rows(
            """
            select a.name from sessions s join accounts a on a.id = s.account
             where s.id = $1 and s.account = $2 and s.ended_at is null and s.expires_at > $3""",
            Tuple.of(session.value(), user.value(), Rows.utc(now)))
        .map(rows -> Rows.first(rows, row -> row.getString("name")));
  }

  @Override
  public Future<Integer> forget(Instant before, int limit) {
    Tuple values = Tuple.of(Rows.utc(before), limit);
    return rows(
            """
            delete from refresh_tokens where hash in
              (select hash from refresh_tokens where expires_at < $1 limit $2)""",
            values)
        .compose(
            tokens ->
                rows(
                        """
                        delete from sessions where id in
                          (select id from sessions where expires_at < $1 limit $2)""",
                        values)
                    .map(sessions -> tokens.rowCount() + sessions.rowCount()));
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
