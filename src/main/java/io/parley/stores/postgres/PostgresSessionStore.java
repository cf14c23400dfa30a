package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresAccountRows.ACCOUNT;

import io.parley.accounts.SessionId;
import io.parley.accounts.SessionStore;
import io.parley.accounts.SessionsApi.EndedPlace;
import io.parley.accounts.SessionsApi.OwnSession;
import io.parley.accounts.UserId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Sessions in PostgreSQL: the row of a refresh token decides who used it. */
public final class PostgresSessionStore implements SessionStore {
  /** What becomes of a session that ends; nobody needs to know where it was. */
  static final String ENDS = " set ended_at = $1, address = '', salt = null ";

  static final String ENDED = " returning account, id, ended_at";

  private final Pool pool;

  public PostgresSessionStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Opened> open(NewSession session, Set<String> proved, int most) {
    return pool.withTransaction(
            connection -> PostgresSessionOpening.open(connection, session, proved, most))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Refreshing> refresh(Use use, Instant graceFrom) {
    return take(use)
        .compose(
            taken ->
                taken.isPresent()
                    ? Future.succeededFuture(taken.get())
                    : notTheFirst(use, graceFrom));
  }

  private Future<Optional<Refreshing>> take(Use use) {
    return rows(
            """
            with used as (
              update refresh_tokens t set used_at = $3 from sessions s
               where t.hash = $1 and t.used_at is null and t.expires_at > $3
                 and s.id = t.session and s.ended_at is null and s.expires_at > $3
                 and exists (select from accounts a where a.id = s.account
                                and a.disabled_at is null and a.deleting_at is null)
              returning t.session, t.generation, s.account, s.expires_at
            ), next as (
              insert into refresh_tokens (hash, session, generation, created_at, expires_at)
              select $2, session, generation + 1, $3, least($4, expires_at) from used
              returning session, created_at, expires_at
            ), kept as (
              update sessions s
                 set refreshed_at = $3, salt = $5,
                     address = case when $6 = '' then s.address else $6 end
                from used where s.id = used.session and s.ended_at is null
            )
            select
            """
                + ACCOUNT
                + """
                , used.session, used.expires_at as session_expires_at,
                  next.created_at as token_created_at, next.expires_at as token_expires_at
                  from used
                  join next on next.session = used.session
                  join accounts a on a.id = used.account""",
            Tuple.of(
                use.hash(),
                use.next().hash(),
                Rows.utc(use.at()),
                Rows.utc(use.next().expiresAt()),
                use.salt(),
                use.address()))
        .map(rows -> Rows.first(rows, PostgresSessionRows::taken));
  }

  /** Either it was used a moment ago, or its session ends by this. */
  private Future<Refreshing> notTheFirst(Use use, Instant graceFrom) {
    return rows(
            """
            with known as (
              select t.session, s.account, s.expires_at as session_expires_at, s.salt,
                     n.hash as next_hash, n.created_at as token_created_at,
                     n.expires_at as token_expires_at,
                     (t.used_at <= $3 or n.used_at is not null) as late
                from refresh_tokens t
                join sessions s on s.id = t.session
                left join refresh_tokens n
                  on n.session = t.session and n.generation = t.generation + 1
               where t.hash = $2 and t.used_at is not null
                 and s.ended_at is null and s.expires_at > $1
                 and exists (select from accounts a where a.id = s.account
                                and a.disabled_at is null and a.deleting_at is null)
            ), burnt as (
              update sessions s"""
                + ENDS
                + """
                from known
               where s.id = known.session and known.late and s.ended_at is null
              returning s.ended_at
            )
            select
            """
                + ACCOUNT
                + """
                , known.session, known.session_expires_at, known.salt, known.next_hash,
                  known.token_created_at, known.token_expires_at, known.late, burnt.ended_at
                  from known
                  join accounts a on a.id = known.account
                  left join burnt on true""",
            Tuple.of(Rows.utc(use.at()), use.hash(), Rows.utc(graceFrom)))
        .map(rows -> Rows.first(rows, PostgresSessionRows::notTheFirst))
        .map(found -> found.orElseGet(Refreshing.Refused::new));
  }

  @Override
  public Future<Optional<Ended>> end(SessionId session, Instant now) {
    return rows(
            "update sessions" + ENDS + "where id = $2 and ended_at is null" + ENDED,
            Tuple.of(Rows.utc(now), session.value()))
        .map(rows -> Rows.first(rows, PostgresSessionRows::ended));
  }

  @Override
  public Future<Optional<Ended>> end(UserId user, SessionId session, Instant now) {
    return rows(
            "update sessions"
                + ENDS
                + "where id = $2 and account = $3 and ended_at is null"
                + ENDED,
            Tuple.of(Rows.utc(now), session.value(), user.value()))
        .map(rows -> Rows.first(rows, PostgresSessionRows::ended));
  }

  @Override
  public Future<List<Ended>> endAll(UserId user, Optional<SessionId> but, Instant now) {
    UUID kept = but.map(SessionId::value).orElse(null);
    return rows(
            "update sessions"
                + ENDS
                + "where account = $2 and id is distinct from $3 and ended_at is null"
                + ENDED,
            Tuple.of(Rows.utc(now), user.value(), kept))
        .map(rows -> Rows.all(rows, PostgresSessionRows::ended));
  }

  @Override
  public Future<Optional<Ended>> endByToken(Buffer token, Instant now) {
    return rows(
            "update sessions s"
                + ENDS
                + """
                from refresh_tokens t
                where t.hash = $2 and s.id = t.session and s.ended_at is null
                returning s.account, s.id, s.ended_at""",
            Tuple.of(Rows.utc(now), token))
        .map(rows -> Rows.first(rows, PostgresSessionRows::ended));
  }

  @Override
  public Future<List<OwnSession>> own(UserId user, Instant now, int limit) {
    return rows(
            """
            select s.id, s.device, s.address, s.created_at, s.refreshed_at, t.expires_at
              from sessions s
              join refresh_tokens t on t.session = s.id and t.used_at is null
             where s.account = $1 and s.ended_at is null
               and s.expires_at > $2 and t.expires_at > $2
             order by s.refreshed_at desc, s.id desc
             limit $3""",
            Tuple.of(user.value(), Rows.utc(now), limit))
        .map(rows -> Rows.all(rows, PostgresSessionRows::own));
  }

  @Override
  public Future<List<Ended>> endedAfter(EndedPlace place, int limit) {
    return rows(
            """
            select account, id, ended_at from sessions
             where ended_at is not null and (ended_at, id) > ($1, $2)
             order by ended_at, id
             limit $3""",
            Tuple.of(Rows.utc(place.at()), place.session().value(), limit))
        .map(rows -> Rows.all(rows, PostgresSessionRows::ended));
  }

  @Override
  public Future<Optional<Living>> living(UserId user, SessionId session, Instant now) {
    return rows(
            """
            select a.name, a.role from sessions s join accounts a on a.id = s.account
             where s.id = $1 and s.account = $2 and s.ended_at is null and s.expires_at > $3
               and a.deleting_at is null and a.disabled_at is null""",
            Tuple.of(session.value(), user.value(), Rows.utc(now)))
        .map(rows -> Rows.first(rows, PostgresSessionRows::living));
  }

  @Override
  public Future<Integer> forget(Instant now, Instant ended, Instant salted, int limit) {
    return count(
            """
            delete from refresh_tokens where hash in
              (select hash from refresh_tokens where expires_at < $1 limit $2)""",
            now,
            limit)
        .compose(
            gone ->
                count(
                        """
                        delete from sessions where id in
                          (select id from sessions where expires_at < $1 limit $2)""",
                        now,
                        limit)
                    .map(more -> gone + more))
        .compose(
            gone ->
                count(
                        """
                        delete from sessions where id in
                          (select id from sessions
                            where ended_at is not null and ended_at < $1 limit $2)""",
                        ended,
                        limit)
                    .map(more -> gone + more))
        .compose(
            gone ->
                count(
                        """
                        update sessions set salt = null where id in
                          (select id from sessions
                            where salt is not null and refreshed_at < $1 limit $2)""",
                        salted,
                        limit)
                    .map(more -> gone + more));
  }

  private Future<Integer> count(String sql, Instant before, int limit) {
    return rows(sql, Tuple.of(Rows.utc(before), limit)).map(RowSet::rowCount);
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
