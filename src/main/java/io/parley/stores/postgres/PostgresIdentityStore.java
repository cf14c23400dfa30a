package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresIdentitySteps.end;
import static io.parley.stores.postgres.PostgresIdentitySteps.kill;
import static io.parley.stores.postgres.PostgresIdentitySteps.lock;
import static io.parley.stores.postgres.PostgresIdentitySteps.others;
import static io.parley.stores.postgres.PostgresIdentitySteps.remove;
import static io.parley.stores.postgres.PostgresIdentitySteps.replace;
import static io.parley.stores.postgres.PostgresIdentitySteps.swap;
import static io.parley.stores.postgres.PostgresIdentitySteps.tell;
import static io.parley.stores.postgres.PostgresIdentitySteps.use;
import static io.parley.stores.postgres.PostgresIdentitySteps.verify;

import io.parley.accounts.Identifier;
import io.parley.accounts.IdentityStore;
import io.parley.accounts.Letter;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.UserId;
import io.parley.audit.Act;
import io.parley.audit.AuditEntry;
import io.parley.stores.postgres.PostgresIdentitySteps.Used;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Identity in PostgreSQL: of changes to one account, each has locked its row. */
public final class PostgresIdentityStore implements IdentityStore {
  private final Pool pool;

  public PostgresIdentityStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Optional<Known>> known(UserId user) {
    return pool.preparedQuery(
            """
            select known.kind, known.value, known.shown, known.verified_at, p.hash
              from accounts a
              left join passwords p on p.account = a.id
              left join identifiers known on known.account = a.id
             where a.id = $1 and a.deleting_at is null""")
        .execute(Tuple.of(user.value()))
        .map(rows -> PostgresIdentityRows.known(Rows.all(rows, row -> row)))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Optional<Token>> token(Buffer hash) {
    return pool.preparedQuery(
            """
            select account, letter, dead_at is null as alive, expires_at
              from mail_tokens where hash = $1""")
        .execute(Tuple.of(hash))
        .map(rows -> Rows.first(rows, PostgresIdentityRows::token))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Optional<Proved>> prove(Buffer hash, Instant now, Notice notice, AuditEntry entry) {
    return pool.withTransaction(
            connection ->
                use(connection, hash, Letter.VERIFY, now)
                    .compose(
                        used ->
                            used.isPresent()
                                ? proved(connection, used.get(), now, notice)
                                    .compose(proved -> note(connection, proved, entry))
                                    .map(Optional::of)
                                : Future.succeededFuture(Optional.<Proved>empty())))
        .recover(PostgresFailures::unavailable);
  }

  private static Future<Proved> note(SqlConnection connection, Proved proved, AuditEntry entry) {
    AuditEntry fitting =
        proved.changed() ? entry.as(Act.IDENTIFIER_CHANGED).with("kind", "email") : entry;
    return PostgresAuditRows.add(connection, List.of(fitting)).map(proved);
  }

  private static Future<Proved> proved(
      SqlConnection connection, Used used, Instant now, Notice notice) {
    return verify(connection, used, now)
        .compose(
            verified ->
                verified
                    ? Future.succeededFuture(new Proved(used.user(), false))
                    : tell(connection, used.user(), Letter.IDENTIFIER_CHANGED, now, notice)
                        .compose(told -> replace(connection, used.user(), used.email(), now))
                        .compose(replaced -> kill(connection, used.user(), now))
                        .compose(killed -> verify(connection, used, now))
                        .map(known -> new Proved(used.user(), true)));
  }

  @Override
  public Future<Optional<List<Ended>>> reset(
      Buffer hash, String passwordHash, Instant now, Notice notice, AuditEntry entry) {
    return pool.withTransaction(
            connection ->
                use(connection, hash, Letter.RESET, now)
                    .compose(
                        used ->
                            used.isPresent()
                                ? PostgresAuditRows.add(connection, List.of(entry))
                                    .compose(
                                        noted ->
                                            reset(
                                                connection, used.get(), passwordHash, now, notice))
                                : Future.succeededFuture(Optional.<List<Ended>>empty())))
        .recover(PostgresFailures::unavailable);
  }

  private static Future<Optional<List<Ended>>> reset(
      SqlConnection connection, Used used, String hash, Instant now, Notice notice) {
    UserId user = used.user();
    return PostgresIdentitySteps.set(connection, user, hash, now)
        .compose(set -> verify(connection, used, now))
        .compose(verified -> tell(connection, user, Letter.PASSWORD_CHANGED, now, notice))
        .compose(told -> kill(connection, user, now))
        .compose(killed -> end(connection, user, Optional.empty(), now))
        .map(Optional::of);
  }

  @Override
  public Future<Optional<List<Ended>>> changePassword(
      UserId user,
      String known,
      String passwordHash,
      SessionId except,
      Instant now,
      Notice notice,
      AuditEntry entry) {
    return pool.withTransaction(
            connection ->
                lock(connection, user)
                    .compose(locked -> swap(connection, user, known, passwordHash, now))
                    .compose(
                        swapped ->
                            swapped
                                ? tell(connection, user, Letter.PASSWORD_CHANGED, now, notice)
                                    .compose(
                                        told -> PostgresAuditRows.add(connection, List.of(entry)))
                                    .compose(noted -> kill(connection, user, now))
                                    .compose(
                                        killed -> end(connection, user, Optional.of(except), now))
                                    .map(Optional::of)
                                : Future.succeededFuture(Optional.<List<Ended>>empty())))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Void> identify(
      UserId user, Identifier identifier, Instant now, Notice notice, AuditEntry entry) {
    return pool.withTransaction(
            connection ->
                lock(connection, user)
                    .compose(
                        locked -> tell(connection, user, Letter.IDENTIFIER_CHANGED, now, notice))
                    .compose(told -> replace(connection, user, identifier, now))
                    .compose(replaced -> PostgresAuditRows.add(connection, List.of(entry)))
                    .compose(
                        replaced ->
                            identifier.kind() == Identifier.Kind.EMAIL
                                ? kill(connection, user, now)
                                : Future.succeededFuture()))
        .<Void>mapEmpty()
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Boolean> forgo(
      UserId user, Identifier.Kind kind, Instant now, Notice notice, AuditEntry entry) {
    return pool.withTransaction(
            connection ->
                lock(connection, user)
                    .compose(locked -> others(connection, user, kind))
                    .compose(
                        others ->
                            others
                                ? tell(connection, user, Letter.IDENTIFIER_CHANGED, now, notice)
                                    .compose(told -> remove(connection, user, kind, now))
                                    .compose(
                                        gone -> PostgresAuditRows.add(connection, List.of(entry)))
                                    .map(true)
                                : Future.succeededFuture(false)))
        .recover(PostgresFailures::unavailable);
  }
}
