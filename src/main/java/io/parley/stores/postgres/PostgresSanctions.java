package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.rooms.Ban;
import io.parley.rooms.Membership;
import io.parley.rooms.RoomId;
import io.parley.rooms.Sanction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What stands against people in rooms. What has ended by the clock of the store is as if it were
 * not there.
 */
final class PostgresSanctions {
  static final String BAN =
      "b.room as ban_room, b.account as ban_account, b.banned_by, b.banned_at, b.until as ban_until, b.reason";

  /** Whether a ban, {@code b}, still counts. */
  static final String STANDS = "(b.until is null or b.until > clock_timestamp())";

  private PostgresSanctions() {}

  /** Somebody in a room, or not, and what counts against them. */
  record Person(
      UserId user, Optional<Membership> seat, Optional<Ban> ban, Optional<Instant> mutedUntil) {}

  static Future<List<Person>> people(SqlConnection connection, RoomId room, List<UserId> users) {
    return connection
        .preparedQuery(
            "select asked.account as asked, u.until as muted_still, "
                + PostgresRoomRows.MEMBER
                + ", "
                + BAN
                + """
                 from unnest($2::uuid[]) asked (account)
                left join room_members m on m.room = $1 and m.account = asked.account
                left join room_mutes u
                  on u.room = $1 and u.account = asked.account and u.until > clock_timestamp()
                left join room_bans b
                  on b.room = $1 and b.account = asked.account and m.account is null and\s"""
                + STANDS)
        .execute(
            Tuple.of(room.value(), (Object) users.stream().map(UserId::value).toArray(UUID[]::new)))
        .map(rows -> Rows.all(rows, PostgresSanctions::person));
  }

  private static Person person(Row row) {
    return new Person(
        new UserId(row.getUUID("asked")),
        row.getUUID("account") == null
            ? Optional.empty()
            : Optional.of(PostgresRoomRows.membership(row)),
        ban(row),
        Optional.ofNullable(row.getOffsetDateTime("muted_still")).map(OffsetDateTime::toInstant));
  }

  static Optional<Ban> ban(Row row) {
    return row.getUUID("ban_account") == null
        ? Optional.empty()
        : Optional.of(
            new Ban(
                new RoomId(row.getUUID("ban_room")),
                new UserId(row.getUUID("ban_account")),
                new UserId(row.getUUID("banned_by")),
                Rows.instant(row, "banned_at"),
                Optional.ofNullable(row.getOffsetDateTime("ban_until"))
                    .map(OffsetDateTime::toInstant),
                row.getString("reason")));
  }

  static Optional<Instant> mutedUntil(Row row) {
    return Optional.ofNullable(row.getOffsetDateTime("muted_until")).map(OffsetDateTime::toInstant);
  }

  static Future<Void> write(SqlConnection connection, RoomId room, Sanction sanction) {
    if (sanction instanceof Sanction.Banned banned) {
      return ban(connection, banned.ban());
    }
    if (sanction instanceof Sanction.Unbanned unbanned) {
      return lift(connection, "delete from room_bans", room, unbanned.user());
    }
    if (sanction instanceof Sanction.Muted muted) {
      return mute(connection, room, muted);
    }
    return lift(connection, "delete from room_mutes", room, ((Sanction.Unmuted) sanction).user());
  }

  /** Who is kept out does not ask to be let in any more. */
  private static Future<Void> ban(SqlConnection connection, Ban ban) {
    return Rows.run(
        connection,
        """
        with asked as (delete from room_requests where room = $1 and account = $2)
        insert into room_bans (room, account, banned_by, banned_at, until, reason)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (room, account) do update
           set banned_by = excluded.banned_by, banned_at = excluded.banned_at,
               until = excluded.until, reason = excluded.reason""",
        Tuple.of(
            ban.room().value(),
            ban.user().value(),
            ban.by().value(),
            Rows.utc(ban.at()),
            ban.until().map(Rows::utc).orElse(null),
            ban.reason()));
  }

  private static Future<Void> mute(SqlConnection connection, RoomId room, Sanction.Muted muted) {
    return Rows.run(
        connection,
        """
        insert into room_mutes (room, account, until) values ($1, $2, $3)
        on conflict (room, account) do update set until = excluded.until""",
        Tuple.of(room.value(), muted.user().value(), Rows.utc(muted.until())));
  }

  private static Future<Void> lift(
      SqlConnection connection, String what, RoomId room, UserId user) {
    return Rows.run(
        connection,
        what + " where room = $1 and account = $2",
        Tuple.of(room.value(), user.value()));
  }
}
