package io.parley.stores.postgres;

import io.parley.accounts.Identifier;
import io.parley.accounts.Letter;
import io.parley.accounts.MailStore;
import io.parley.accounts.UserId;
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

/** Mails in PostgreSQL; whoever claims one has locked its row. */
public final class PostgresMailStore implements MailStore {
  private final Pool pool;

  public PostgresMailStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Boolean> queue(NewMail mail, Instant since, int most) {
    return pool.withTransaction(
            connection ->
                oneAtATime(connection, mail)
                    .compose(locked -> insert(connection, mail, since, most))
                    .compose(
                        queued ->
                            queued
                                ? replaceUnsent(connection, mail).map(true)
                                : Future.succeededFuture(false)))
        .recover(PostgresFailures::unavailable);
  }

  /** Of many who ask at once, each is counted by the next. */
  private static Future<?> oneAtATime(SqlConnection connection, NewMail mail) {
    return connection
        .preparedQuery("select pg_advisory_xact_lock(hashtextextended('mail ' || $1, 0))")
        .execute(Tuple.of(mail.to().value()))
        .compose(
            locked ->
                connection
                    .preparedQuery("select id from accounts where id = $1 for update")
                    .execute(Tuple.of(mail.account().value())));
  }

  private static Future<?> replaceUnsent(SqlConnection connection, NewMail mail) {
    return connection
        .preparedQuery(
            """
            delete from mails
             where account = $1 and letter = $2 and address = $3 and id <> $4
               and sent_at is null and attempts = 0""")
        .execute(
            Tuple.of(mail.account().value(), mail.letter().word(), mail.to().value(), mail.id()));
  }

  private static Future<Boolean> insert(
      SqlConnection connection, NewMail mail, Instant since, int most) {
    return connection
        .preparedQuery(
            """
            insert into mails
                   (id, account, letter, address, mailbox, created_at, due_at, attempts)
            select $1, $2, $3, $4, $5, $6, $6, 0
             where (select count(*) from mails
                     where account = $2 and letter = $3 and created_at > $7) < $8
               and (select count(*) from mails
                     where address = $4 and letter = $3 and created_at > $7) < $8""")
        .execute(
            Tuple.of(
                mail.id(),
                mail.account().value(),
                mail.letter().word(),
                mail.to().value(),
                mail.to().mailbox(),
                Rows.utc(mail.at()),
                Rows.utc(since),
                most))
        .map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Future<Boolean> queueUnseen(UUID id, Letter letter, Identifier to, Instant now, int most) {
    return rows(
            """
            insert into mails (id, letter, address, mailbox, created_at, due_at, attempts)
            select $1, $2, $3, $4, $5, $5, 0
             where (select count(*) from
                     (select 1 from mails where sent_at is null limit $6) waiting) < $6""",
            Tuple.of(id, letter.word(), to.value(), to.mailbox(), Rows.utc(now), most))
        .map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Future<List<Due>> claim(Instant now, Instant until, int limit) {
    return rows(
            """
            with due as (
              select id from mails where sent_at is null and due_at <= $1
               order by due_at limit $3 for update skip locked
            ), taken as (
              update mails m set due_at = $2, attempts = m.attempts + 1
                from due where m.id = due.id
              returning m.id, m.account, m.letter, m.address, m.mailbox, m.created_at, m.attempts
            )
            select taken.id, taken.letter, taken.address, taken.mailbox, taken.created_at,
                   taken.attempts, coalesce(taken.account, known.account) as account, known.shown
              from taken
              left join identifiers known
                on taken.account is null and known.kind = 'email' and known.value = taken.address
             order by taken.created_at""",
            Tuple.of(Rows.utc(now), Rows.utc(until), limit))
        .map(rows -> Rows.all(rows, PostgresMailStore::due));
  }

  private static Due due(Row row) {
    String address = row.getString("address");
    String mailbox = row.getString("mailbox");
    String shown = Optional.ofNullable(row.getString("shown")).orElse(mailbox);
    Identifier to = new Identifier(Identifier.Kind.EMAIL, address, shown);
    return new Due(
        row.getUUID("id"),
        Letter.of(row.getString("letter")),
        Optional.ofNullable(row.getUUID("account")).map(UserId::new),
        to,
        to.mailbox(),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getInteger("attempts"));
  }

  @Override
  public Future<Boolean> issue(Due mail, Buffer token, Instant expiresAt, Instant now, Sent limit) {
    UUID account = mail.account().orElseThrow().value();
    Tuple values =
        Tuple.of(
            account,
            mail.letter().word(),
            mail.id(),
            Rows.utc(mail.askedAt()),
            token,
            mail.to().value(),
            mail.to().shown(),
            Rows.utc(expiresAt));
    return pool.withTransaction(
            connection ->
                lock(connection, account)
                    .compose(locked -> admissible(connection, mail, limit))
                    .compose(
                        fine ->
                            fine
                                ? remember(connection, values, now).map(true)
                                : Future.succeededFuture(false)))
        .recover(PostgresFailures::unavailable);
  }

  private static Future<?> lock(SqlConnection connection, UUID account) {
    return connection
        .preparedQuery("select id from accounts where id = $1 for update")
        .execute(Tuple.of(account));
  }

  private static Future<Boolean> admissible(SqlConnection connection, Due mail, Sent limit) {
    return connection
        .preparedQuery(
            """
            select exists (select 1 from mails where id = $3)
               and exists (select 1 from accounts
                            where id = $1 and deleting_at is null and disabled_at is null)
               and not exists (select 1 from mail_tokens
                                where account = $1 and letter = $2 and asked_at > $4)
               and (select count(distinct mail) from mail_tokens
                     where account = $1 and letter = $2 and asked_at > $5 and mail <> $3) < $6
                   as fine""")
        .execute(
            Tuple.of(
                mail.account().orElseThrow().value(),
                mail.letter().word(),
                mail.id(),
                Rows.utc(mail.askedAt()),
                Rows.utc(limit.since()),
                limit.most()))
        .map(rows -> rows.iterator().next().getBoolean("fine"));
  }

  private static Future<?> remember(SqlConnection connection, Tuple values, Instant now) {
    return connection
        .preparedQuery(
            """
            with dead as (
              update mail_tokens set dead_at = $9
               where account = $1 and letter = $2 and mail <> $3 and dead_at is null
            ), gone as (
              delete from mails
               where account = $1 and letter = $2 and id <> $3 and sent_at is null
                 and created_at <= $4
            ), whose as (
              update mails set account = $1 where id = $3
            )
            insert into mail_tokens
                   (account, letter, mail, asked_at, hash, address, shown, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)""")
        .execute(values.addValue(Rows.utc(now)));
  }

  @Override
  public Future<Void> sent(UUID mail, Instant now) {
    return rows("update mails set sent_at = $2 where id = $1", Tuple.of(mail, Rows.utc(now)))
        .mapEmpty();
  }

  @Override
  public Future<Void> postpone(UUID mail, Instant due) {
    return rows("update mails set due_at = $2 where id = $1", Tuple.of(mail, Rows.utc(due)))
        .mapEmpty();
  }

  @Override
  public Future<Void> drop(UUID mail) {
    return rows("delete from mails where id = $1", Tuple.of(mail)).mapEmpty();
  }

  @Override
  public Future<Integer> forget(Instant before, int limit) {
    Tuple values = Tuple.of(Rows.utc(before), limit);
    return rows(
            """
            delete from mails where id in
              (select id from mails where created_at < $1 limit $2)""",
            values)
        .compose(
            mails ->
                rows(
                        """
                        delete from mail_tokens where hash in
                          (select hash from mail_tokens where expires_at < $1 limit $2)""",
                        values)
                    .map(tokens -> mails.rowCount() + tokens.rowCount()));
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
