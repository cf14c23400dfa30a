package io.parley.stores.postgres;

import io.parley.accounts.Identifier;
import io.parley.accounts.IdentityStore.Notice;
import io.parley.accounts.Letter;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The steps of transactions that change who an account is known to be. */
final class PostgresIdentitySteps {
  private static final UUID NOBODYS = new UUID(0, 0);

  private PostgresIdentitySteps() {}

  static Future<Boolean> swap(
      SqlConnection connection, UserId user, String known, String hash, Instant now) {
    return connection
        .preparedQuery(
            "update passwords set hash = $3, changed_at = $4 where account = $1 and hash = $2")
        .execute(Tuple.of(user.value(), known, hash, Rows.utc(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** A password in place of whichever there was, if any. */
  static Future<?> set(SqlConnection connection, UserId user, String hash, Instant now) {
    return connection
        .preparedQuery(
            """
            insert into passwords (account, hash, changed_at) values ($1, $2, $3)
            on conflict (account) do update set hash = $2, changed_at = $3""")
        .execute(Tuple.of(user.value(), hash, Rows.utc(now)));
  }

  static Future<Boolean> others(SqlConnection connection, UserId user, Identifier.Kind kind) {
    return connection
        .preparedQuery("select 1 from identifiers where account = $1 and kind <> $2 limit 1")
        .execute(Tuple.of(user.value(), kind.field()))
        .map(rows -> rows.size() == 1);
  }

  static Future<?> remove(
      SqlConnection connection, UserId user, Identifier.Kind kind, Instant now) {
    return connection
        .preparedQuery("delete from identifiers where account = $1 and kind = $2")
        .execute(Tuple.of(user.value(), kind.field()))
        .compose(
            removed ->
                kind == Identifier.Kind.EMAIL
                    ? kill(connection, user, now)
                    : Future.succeededFuture());
  }

  /** What a token that has just been used up says. */
  record Used(UserId user, Identifier email) {}

  /** Locks the account first, as everybody does, so that of two who use a token one waits. */
  static Future<Optional<Used>> use(
      SqlConnection connection, Buffer hash, Letter letter, Instant now) {
    return connection
        .preparedQuery(
            """
            select a.id from accounts a
             where a.id = (select account from mail_tokens where hash = $1) for update""")
        .execute(Tuple.of(hash))
        .compose(
            locked ->
                connection
                    .preparedQuery(
                        """
                        with used as (
                          update mail_tokens set dead_at = $3
                           where hash = $1 and letter = $2 and dead_at is null and expires_at > $3
                             and exists (select 1 from accounts a
                                          where a.id = account and a.deleting_at is null
                                            and a.disabled_at is null)
                          returning account, letter, address, shown
                        ), others as (
                          update mail_tokens t set dead_at = $3 from used
                           where t.account = used.account and t.letter = used.letter
                             and t.hash <> $1 and t.dead_at is null
                        )
                        select account, address, shown from used""")
                    .execute(Tuple.of(hash, letter.word(), Rows.utc(now))))
        .map(rows -> Rows.first(rows, PostgresIdentitySteps::used));
  }

  static Used used(Row row) {
    return new Used(
        new UserId(row.getUUID("account")),
        new Identifier(Identifier.Kind.EMAIL, row.getString("address"), row.getString("shown")));
  }

  /** Fails NOT_FOUND for an account that is being deleted, or may not sign in. */
  static Future<?> lock(SqlConnection connection, UserId user) {
    return mayLock(connection, user)
        .compose(
            locked ->
                locked
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        Failure.of(Reason.NOT_FOUND, "there is no such account")));
  }

  /** False for an account that is being deleted, or may not sign in. */
  static Future<Boolean> mayLock(SqlConnection connection, UserId user) {
    return connection
        .preparedQuery(
            """
            select id from accounts
             where id = $1 and deleting_at is null and disabled_at is null for update""")
        .execute(Tuple.of(user.value()))
        .map(rows -> rows.size() == 1);
  }

  /** False when the address is not the account's. */
  static Future<Boolean> verify(SqlConnection connection, Used used, Instant now) {
    return connection
        .preparedQuery(
            """
            update identifiers set verified_at = coalesce(verified_at, $3)
             where account = $1 and kind = 'email' and value = $2""")
        .execute(Tuple.of(used.user().value(), used.email().value(), Rows.utc(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  static Future<?> replace(
      SqlConnection connection, UserId user, Identifier identifier, Instant now) {
    return connection
        .preparedQuery(
            """
            insert into identifiers (kind, value, account, shown, created_at)
            values ($1, $2, $3, $4, $5)
            on conflict on constraint identifiers_one_of_each_kind
            do update set value = $2, shown = $4, created_at = $5,
                          verified_at = case when identifiers.value = $2
                                             then identifiers.verified_at end""")
        .execute(
            Tuple.of(
                identifier.kind().field(),
                identifier.value(),
                user.value(),
                identifier.shown(),
                Rows.utc(now)))
        .recover(cause -> PostgresFailures.taken(cause, identifier.kind().field()));
  }

  /** Tokens that were mailed before, and mails that would carry one. */
  static Future<?> kill(SqlConnection connection, UserId user, Instant now) {
    return connection
        .preparedQuery(
            """
            with gone as (
              delete from mails
               where account = $1 and letter in ('verify', 'reset') and sent_at is null
            )
            update mail_tokens set dead_at = $2 where account = $1 and dead_at is null""")
        .execute(Tuple.of(user.value(), Rows.utc(now)));
  }

  /** Those of one letter. */
  static Future<?> kill(SqlConnection connection, UserId user, Letter letter, Instant now) {
    return connection
        .preparedQuery(
            """
            with gone as (
              delete from mails where account = $1 and letter = $3 and sent_at is null
            )
            update mail_tokens set dead_at = $2
             where account = $1 and letter = $3 and dead_at is null""")
        .execute(Tuple.of(user.value(), Rows.utc(now), letter.word()));
  }

  static Future<?> tell(
      SqlConnection connection, UserId user, Letter letter, Instant now, Notice notice) {
    return notice.id().isEmpty()
        ? Future.succeededFuture()
        : connection
            .preparedQuery(
                """
                insert into mails
                       (id, account, letter, address, mailbox, created_at, due_at, attempts)
                select $1, account, $3, value,
                       left(shown, length(shown) - position('@' in reverse(shown)))
                         || right(value, position('@' in reverse(value))),
                       $4, $4, 0
                  from identifiers
                 where account = $2 and kind = 'email'
                   and (select count(*) from mails
                         where account = $2 and letter = $3 and created_at > $5) < $6""")
            .execute(
                Tuple.of(
                    notice.id().get(),
                    user.value(),
                    letter.word(),
                    Rows.utc(now),
                    Rows.utc(notice.since()),
                    notice.most()));
  }

  static Future<List<Ended>> end(
      SqlConnection connection, UserId user, Optional<SessionId> except, Instant now) {
    return connection
        .preparedQuery(
            "update sessions"
                + PostgresSessionStore.ENDS
                + "where account = $2 and ended_at is null and id <> $3"
                + PostgresSessionStore.ENDED)
        .execute(
            Tuple.of(Rows.utc(now), user.value(), except.map(SessionId::value).orElse(NOBODYS)))
        .map(rows -> Rows.all(rows, PostgresSessionRows::ended));
  }
}
