package io.parley.stores.postgres;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.Identifier;
import io.parley.accounts.IdentityStore.Notice;
import io.parley.accounts.Letter;
import io.parley.accounts.OperatorStore;
import io.parley.accounts.Role;
import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.UserId;
import io.parley.audit.AuditEntry;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Work beside the nodes, in PostgreSQL. */
public final class PostgresOperatorStore implements OperatorStore {
  private final Pool pool;

  public PostgresOperatorStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Optional<UserId>> find(Optional<UserId> id, Optional<Identifier> known) {
    return pool.preparedQuery(
            """
            select a.id from accounts a
             where a.deleting_at is null
               and (a.id = $1 or exists (select from identifiers
                                          where account = a.id and kind = $2 and value = $3))
             order by a.id = $1 desc nulls last
             limit 1""")
        .execute(
            Tuple.from(
                Arrays.asList(
                    id.map(UserId::value).orElse(null),
                    known.map(each -> each.kind().field()).orElse(null),
                    known.map(Identifier::value).orElse(null))))
        .map(rows -> Rows.first(rows, row -> new UserId(row.getUUID("id"))))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Void> create(
      NewAccount account, String passwordHash, Role role, List<AuditEntry> entries) {
    return pool.withTransaction(
            connection ->
                PostgresAccountStore.insert(connection, account, passwordHash)
                    .compose(
                        made ->
                            Rows.run(
                                connection,
                                "update accounts set role = $2 where id = $1",
                                Tuple.of(account.id().value(), role.word())))
                    .compose(given -> PostgresAuditRows.add(connection, entries)))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Boolean> issueReset(
      UserId user, Buffer token, UUID mail, Instant expiresAt, Instant now, AuditEntry entry) {
    return pool.withTransaction(
            connection ->
                PostgresIdentitySteps.mayLock(connection, user)
                    .compose(
                        may ->
                            may
                                ? PostgresIdentitySteps.kill(connection, user, Letter.RESET, now)
                                    .compose(
                                        killed ->
                                            remember(connection, user, token, mail, expiresAt, now))
                                    .compose(
                                        kept -> PostgresAuditRows.add(connection, List.of(entry)))
                                    .map(true)
                                : Future.succeededFuture(false)))
        .recover(PostgresFailures::unavailable);
  }

  private static Future<Void> remember(
      SqlConnection connection,
      UserId user,
      Buffer token,
      UUID mail,
      Instant expiresAt,
      Instant now) {
    return Rows.run(
        connection,
        """
        insert into mail_tokens
               (account, letter, mail, asked_at, hash, address, shown, expires_at)
        values ($1, $2, $3, $4, $5, '', '', $6)""",
        Tuple.of(
            user.value(), Letter.RESET.word(), mail, Rows.utc(now), token, Rows.utc(expiresAt)));
  }

  @Override
  public Future<List<Ended>> setPassword(
      UserId user, String passwordHash, Instant now, Notice notice, AuditEntry entry) {
    return pool.withTransaction(
            connection ->
                connection
                    .preparedQuery(
                        "select id from accounts where id = $1 and deleting_at is null for update")
                    .execute(Tuple.of(user.value()))
                    .compose(
                        rows ->
                            rows.size() == 1
                                ? PostgresIdentitySteps.set(connection, user, passwordHash, now)
                                : Future.failedFuture(
                                    Failure.of(Reason.NOT_FOUND, "there is no such account")))
                    .compose(
                        set ->
                            PostgresIdentitySteps.tell(
                                connection, user, Letter.PASSWORD_CHANGED, now, notice))
                    .compose(told -> PostgresIdentitySteps.kill(connection, user, now))
                    .compose(killed -> PostgresAuditRows.add(connection, List.of(entry)))
                    .compose(
                        noted ->
                            PostgresIdentitySteps.end(connection, user, Optional.empty(), now)))
        .recover(PostgresFailures::unavailable);
  }
}
