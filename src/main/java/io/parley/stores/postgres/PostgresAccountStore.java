package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresAccountRows.ACCOUNT;

import io.parley.accounts.AccountStore;
import io.parley.accounts.AccountsApi.Account;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.Identifier;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.UserId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Accounts in PostgreSQL: its constraints decide whose an identifier is. */
public final class PostgresAccountStore implements AccountStore {
  private static final String INSERT_ACCOUNT =
      "insert into accounts (id, name, folded_name, created_at) values ($1, $2, $3, $4)";
  private static final String INSERT_IDENTIFIER =
      """
      insert into identifiers (kind, value, account, shown, created_at)
      values ($1, $2, $3, $4, $5)""";

  private final Pool pool;

  public PostgresAccountStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Void> register(NewAccount account, String passwordHash, NewSession session) {
    return pool.withTransaction(
            connection ->
                insert(connection, account, passwordHash)
                    .compose(done -> PostgresSessionRows.begin(connection, session)))
        .recover(PostgresFailures::unavailable);
  }

  /** An account with its password, within a transaction. */
  static Future<?> insert(SqlConnection connection, NewAccount account, String passwordHash) {
    return Rows.run(connection, INSERT_ACCOUNT, PostgresAccountRows.values(account))
        .compose(done -> identify(connection, account))
        .compose(done -> protect(connection, account, passwordHash));
  }

  @Override
  public Future<Void> registerAll(List<NewAccount> accounts, List<NewSession> sessions) {
    return pool.withTransaction(
            connection ->
                Rows.runAll(
                        connection,
                        INSERT_ACCOUNT,
                        accounts.stream().map(PostgresAccountRows::values).toList())
                    .compose(
                        done -> Rows.runAll(connection, INSERT_IDENTIFIER, identifiers(accounts)))
                    .compose(done -> PostgresSessionRows.begin(connection, sessions)))
        .recover(cause -> PostgresFailures.taken(cause, "identifier"))
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
  public Future<Optional<Account>> account(UserId user) {
    return rows(
            "select " + ACCOUNT + " from accounts a where a.id = $1 and a.deleting_at is null",
            Tuple.of(user.value()))
        .map(rows -> Rows.first(rows, PostgresAccountRows::account));
  }

  @Override
  public Future<List<Profile>> profiles(List<UserId> users) {
    return rows(
            """
            select a.id, a.name, known.shown as username
              from accounts a
              left join identifiers known on known.account = a.id and known.kind = 'username'
             where a.id = any($1) and a.deleting_at is null""",
            Tuple.of((Object) users.stream().map(UserId::value).toArray(UUID[]::new)))
        .map(rows -> Rows.all(rows, PostgresAccountRows::profile));
  }

  @Override
  public Future<List<Profile>> directory(
      UserId viewer, String part, Optional<Place> after, int limit) {
    Place from = after.orElse(new Place("", UserId.SYSTEM));
    return rows(
            """
            select a.id, a.name, known.shown as username
              from accounts a
              left join identifiers known on known.account = a.id and known.kind = 'username'
             where (a.folded_name, a.id) > ($2, $3)
               and (position($1 in a.folded_name) > 0 or position($1 in known.value) > 0)
               and a.deleting_at is null
               and not exists (select from blocks
                                where (blocker, blocked) in ((a.id, $5), ($5, a.id)))
             order by a.folded_name, a.id
             limit $4""",
            Tuple.of(part, from.foldedName(), from.user().value(), limit, viewer.value()))
        .map(rows -> Rows.all(rows, PostgresAccountRows::profile));
  }

  /** One statement for each, so that the one that fails tells which identifier is taken. */
  private static Future<?> identify(SqlConnection connection, NewAccount account) {
    Future<?> identified = Future.succeededFuture();
    for (Identifier identifier : account.identifiers()) {
      Tuple values = PostgresAccountRows.values(account, identifier);
      identified =
          identified.compose(
              done ->
                  Rows.run(connection, INSERT_IDENTIFIER, values)
                      .recover(cause -> PostgresFailures.taken(cause, identifier.kind().field())));
    }
    return identified;
  }

  private static Future<?> protect(SqlConnection connection, NewAccount account, String hash) {
    return Rows.run(
        connection,
        "insert into passwords (account, hash, changed_at) values ($1, $2, $3)",
        Tuple.of(account.id().value(), hash, Rows.utc(account.createdAt())));
  }

  private static List<Tuple> identifiers(List<NewAccount> accounts) {
    return accounts.stream()
        .flatMap(
            account ->
                account.identifiers().stream()
                    .map(identifier -> PostgresAccountRows.values(account, identifier)))
        .toList();
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
