package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.rooms.Ban;
import io.parley.rooms.RoomId;
import io.parley.rooms.Sanction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

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

  /** What counts against somebody who has no place in a room. */
  record Against(Optional<Ban> ban, Optional<Instant> mutedUntil) {
    static final Against NOTHING = new Against(Optional.empty(), Optional.empty());
  }

  static Future<Against> against(SqlConnection connection, RoomId room, UserId user) {
    return connection
        .preparedQuery(
            "select u.until as muted_until, "
                + BAN
                + """
                 from (values ($1::uuid, $2::uuid)) asked (room, account)
                left join room_mutes u
                  on u.room = asked.room and u.account = asked.account
                 and u.until > clock_timestamp()
                left join room_bans b
                  on b.room = asked.room and b.account = asked.account and\s"""
                + STANDS)
        .execute(Tuple.of(room.value(), user.value()))
        .map(
            rows ->
                Rows.first(rows, row -> new Against(ban(row), mutedUntil(row)))
                    .orElse(Against.NOTHING));
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

  private static Future<Void> ban(SqlConnection connection, Ban ban) {
    return Rows.run(
        connection,
        """
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
