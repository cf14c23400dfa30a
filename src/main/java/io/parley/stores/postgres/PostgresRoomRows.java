package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.log.Admission;
import io.parley.log.Rules;
import io.parley.log.Standing;
import io.parley.log.Standing.Access;
import io.parley.rooms.Door;
import io.parley.rooms.History;
import io.parley.rooms.Membership;
import io.parley.rooms.Membership.Marker;
import io.parley.rooms.Membership.Reading;
import io.parley.rooms.Notify;
import io.parley.rooms.Pair;
import io.parley.rooms.Role;
import io.parley.rooms.Room;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomName;
import io.parley.rooms.RoomStore.Found;
import io.parley.rooms.RoomType;
import io.parley.rooms.Settings;
import io.parley.rooms.Terms;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How rows become rooms, memberships and standings. */
final class PostgresRoomRows {
  static final String ROOM =
      "r.id, r.type, r.name, r.description, r.direct_pair, r.created_at, r.version, r.member_count,"
          + " r.archived, r.slow_seconds, r.rules_version, r.history, r.door";
  static final String MEMBER =
      "m.room, m.account, m.role, m.joined_at, m.since, m.version as member_version, m.read_seq, m.read_n,"
          + " m.joined_seq, m.joined_n, m.marks, m.favourite, m.notifications, m.hidden_seq, m.hidden_n,"
          + " case when m.snoozed_until > clock_timestamp() then m.snoozed_until end as snoozed_until,"
          + " (select u.until from room_mutes u where u.room = m.room and u.account = m.account"
          + " and u.until > clock_timestamp()) as muted_until";

  /** Two people talk as long as neither has blocked the other and both have an account. */
  static final String CLOSED =
      """
      case when r.direct_pair is null then false
      else exists (select from blocks b
                    where b.blocker = any(string_to_array(r.direct_pair, ':')::uuid[])
                      and b.blocked = any(string_to_array(r.direct_pair, ':')::uuid[]))
        or exists (select from accounts a
                    where a.id = any(string_to_array(r.direct_pair, ':')::uuid[])
                      and a.deleting_at is not null)
      end as closed
      """;

  private PostgresRoomRows() {}

  static Admission.Known standings(RowSet<Row> rows) {
    Map<UserId, Standing> standings = new HashMap<>();
    Rules rules = Rules.NONE;
    for (Row row : rows) {
      standings.put(new UserId(row.getUUID("account")), standing(row));
      rules = row.getString("type") == null ? Rules.NONE : rules(row);
    }
    return new Admission.Known(standings, rules);
  }

  private static Rules rules(Row row) {
    return new Rules(
        row.getBoolean("archived"), row.getInteger("slow_seconds"), row.getLong("rules_version"));
  }

  static Standing standing(Row row) {
    if (row.getString("type") == null) {
      return Standing.NONE;
    }
    if (row.getUUID("ban_account") != null) {
      return Standing.banned(
          Optional.ofNullable(row.getOffsetDateTime("ban_until")).map(OffsetDateTime::toInstant),
          row.getLong("version"));
    }
    if (row.getString("role") == null) {
      boolean open = RoomType.PUBLIC.word().equals(row.getString("type"));
      Access access = open ? Access.STRANGER : Access.HIDDEN;
      return new Standing(access, 0, Optional.empty(), row.getLong("version"), false);
    }
    Standing open =
        Role.of(row.getString("role"))
            .standing(
                RoomType.of(row.getString("type")),
                row.getLong("since"),
                row.getLong("member_version"),
                PostgresSanctions.mutedUntil(row));
    return row.getBoolean("closed") ? open.closed() : open;
  }

  static Found found(Row row) {
    return new Found(
        room(row),
        row.getUUID("account") == null ? Optional.empty() : Optional.of(membership(row)),
        Optional.empty());
  }

  /** The same with what keeps somebody out. */
  static Found seen(Row row) {
    Found found = found(row);
    return new Found(found.room(), found.membership(), PostgresSanctions.ban(row));
  }

  static Room room(Row row) {
    return new Room(
        id(row),
        RoomType.of(row.getString("type")),
        new RoomName(row.getString("name")),
        row.getString("description"),
        Optional.ofNullable(row.getString("direct_pair")).map(Pair::parse),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getLong("version"),
        row.getInteger("member_count"),
        rules(row),
        new Terms(History.of(row.getString("history")), Door.of(row.getString("door"))));
  }

  static Membership membership(Row row) {
    return new Membership(
        new RoomId(row.getUUID("room")),
        new UserId(row.getUUID("account")),
        Role.of(row.getString("role")),
        row.getOffsetDateTime("joined_at").toInstant(),
        row.getLong("since"),
        row.getLong("member_version"),
        new Marker(row.getLong("read_seq"), row.getLong("read_n")),
        PostgresSanctions.mutedUntil(row),
        new Reading(
            new Marker(row.getLong("joined_seq"), row.getLong("joined_n")),
            row.getLong("marks"),
            settings(row)));
  }

  private static Settings settings(Row row) {
    return new Settings(
        row.getBoolean("favourite"),
        Notify.of(row.getString("notifications")),
        Optional.ofNullable(row.getOffsetDateTime("snoozed_until")).map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getLong("hidden_seq"))
            .map(seq -> new Marker(seq, row.getLong("hidden_n"))));
  }

  static RoomId id(Row row) {
    return new RoomId(row.getUUID("id"));
  }
}
