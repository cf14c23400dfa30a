package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresAccountRows.ACCOUNT;

import io.parley.accounts.AccountStore;
import io.parley.accounts.AccountsApi.Account;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.Identifier;
import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Accounts in PostgreSQL: its constraints decide whose an identifier is and who used a token. */
public final class PostgresAccountStore implements AccountStore {
  private static final String INSERT_ACCOUNT =
      "insert into accounts (id, name, folded_name, created_at) values ($1, $2, $3, $4)";
  private static final String INSERT_IDENTIFIER =
      """
      insert into identifiers (kind, value, account, shown, created_at)
      values ($1, $2, $3, $4, $5)""";
  private static final String INSERT_SESSION =
      """
      insert into sessions (id, account, device, created_at, refreshed_at, expires_at)
      values ($1, $2, $3, $4, $4, $5)""";
  private static final String INSERT_TOKEN =
      """
      insert into refresh_tokens (hash, session, generation, created_at, expires_at)
      values ($1, $2, 1, $3, $4)""";

  private final Pool pool;

  public PostgresAccountStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Void> register(NewAccount account, String passwordHash, NewSession session) {
    return pool.withTransaction(
            connection ->
                run(connection, INSERT_ACCOUNT, PostgresAccountRows.values(account))
                    .compose(done -> identify(connection, account))
                    .compose(done -> protect(connection, account, passwordHash))
                    .compose(done -> begin(connection, session)))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Void> registerAll(List<NewAccount> accounts, List<NewSession> sessions) {
    return pool.withTransaction(
            connection ->
                runAll(
                        connection,
                        INSERT_ACCOUNT,
                        accounts.stream().map(PostgresAccountRows::values).toList())
                    .compose(done -> runAll(connection, INSERT_IDENTIFIER, identifiers(accounts)))
                    .compose(
                        done ->
                            runAll(
                                connection,
                                INSERT_SESSION,
                                sessions.stream().map(PostgresAccountRows::values).toList()))
                    .compose(
                        done ->
                            runAll(
                                connection,
                                INSERT_TOKEN,
                                sessions.stream().map(PostgresAccountRows::token).toList())))
        .recover(cause -> taken(cause, "identifier"))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Optional<Credentials>> credentials(Identifier identifier) {
    return rows(
            "select "
                + ACCOUNT
                + """
                , p.hash
                  from identifiers known
                  join accounts a on a.id = known.account
                  left join passwords p on p.account = a.id
                 where known.kind = $1 and known.value = $2""",
            Tuple.of(identifier.kind().field(), identifier.value()))
        .map(rows -> Rows.first(rows, PostgresAccountRows::credentials));
  }

  @Override
  public Future<Void> replaceHash(UserId user, String known, String better) {
    return rows(
            "update passwords set hash = $3 where account = $1 and hash = $2",
            Tuple.of(user.value(), known, better))
        .mapEmpty();
  }

  @Override
  public Future<Void> open(NewSession session) {
    return pool.withTransaction(connection -> begin(connection, session))
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
        .map(rows -> Rows.first(rows, PostgresAccountRows::refreshed));
  }

  @Override
  public Future<Optional<Ended>> end(SessionId session, Instant now) {
    return rows(
            """
            update sessions set ended_at = $2 where id = $1 and ended_at is null
            returning account, id""",
            Tuple.of(session.value(), Rows.utc(now)))
        .map(rows -> Rows.first(rows, PostgresAccountRows::ended));
  }

  @Override
  public Future<Optional<Ended>> endByToken(Buffer token, Instant now) {
    return rows(
            """
            update sessions s set ended_at = $2 from refresh_tokens t
             where t.hash = $1 and s.id = t.session and s.ended_at is null
            returning s.account, s.id""",
            Tuple.of(token, Rows.utc(now)))
        .map(rows -> Rows.first(rows, PostgresAccountRows::ended));
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
  public Future<Optional<Account>> account(UserId user) {
    return rows("select " + ACCOUNT + " from accounts a where a.id = $1", Tuple.of(user.value()))
        .map(rows -> Rows.first(rows, PostgresAccountRows::account));
  }

  @Override
  public Future<List<Profile>> profiles(List<UserId> users) {
    return rows(
            """
            select a.id, a.name, known.shown as username
              from accounts a
              left join identifiers known on known.account = a.id and known.kind = 'username'
             where a.id = any($1)""",
            Tuple.of((Object) users.stream().map(UserId::value).toArray(UUID[]::new)))
        .map(rows -> Rows.all(rows, PostgresAccountRows::profile));
  }

  @Override
  public Future<List<Profile>> directory(String part, Optional<Place> after, int limit) {
    Place from = after.orElse(new Place("", UserId.SYSTEM));
    return rows(
            """
            select a.id, a.name, known.shown as username
              from accounts a
              left join identifiers known on known.account = a.id and known.kind = 'username'
             where (a.folded_name, a.id) > ($2, $3)
               and (position($1 in a.folded_name) > 0 or position($1 in known.value) > 0)
             order by a.folded_name, a.id
             limit $4""",
            Tuple.of(part, from.foldedName(), from.user().value(), limit))
        .map(rows -> Rows.all(rows, PostgresAccountRows::profile));
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

  /** One statement for each, so that the one that fails tells which identifier is taken. */
  private static Future<?> identify(SqlConnection connection, NewAccount account) {
    Future<?> identified = Future.succeededFuture();
    for (Identifier identifier : account.identifiers()) {
      Tuple values = PostgresAccountRows.values(account, identifier);
      identified =
          identified.compose(
              done ->
                  run(connection, INSERT_IDENTIFIER, values)
                      .recover(cause -> taken(cause, identifier.kind().field())));
    }
    return identified;
  }

  private static Future<?> protect(SqlConnection connection, NewAccount account, String hash) {
    return run(
        connection,
        "insert into passwords (account, hash, changed_at) values ($1, $2, $3)",
        Tuple.of(account.id().value(), hash, Rows.utc(account.createdAt())));
  }

  private static Future<Void> begin(SqlConnection connection, NewSession session) {
    return run(connection, INSERT_SESSION, PostgresAccountRows.values(session))
        .compose(done -> run(connection, INSERT_TOKEN, PostgresAccountRows.token(session)));
  }

  private static List<Tuple> identifiers(List<NewAccount> accounts) {
    return accounts.stream()
        .flatMap(
            account ->
                account.identifiers().stream()
                    .map(identifier -> PostgresAccountRows.values(account, identifier)))
        .toList();
  }

  private static Future<Void> run(SqlConnection connection, String sql, Tuple values) {
    return connection.preparedQuery(sql).execute(values).mapEmpty();
  }

  private static Future<Void> runAll(SqlConnection connection, String sql, List<Tuple> values) {
    return values.isEmpty()
        ? Future.succeededFuture()
        : connection.preparedQuery(sql).executeBatch(values).mapEmpty();
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }

  private static <T> Future<T> taken(Throwable cause, String field) {
    return PostgresFailures.brokenUniqueness(cause).isEmpty()
        ? Future.failedFuture(cause)
        : Future.failedFuture(
            Failure.of(Reason.ALREADY_EXISTS, "this " + field + " belongs to another account")
                .with("field", field));
  }
}
