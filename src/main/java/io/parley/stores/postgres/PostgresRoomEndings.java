package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.json.Json;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomStore.Ending;
import io.parley.rooms.RoomStore.Owed;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** The steps of forgetting a room in one transaction, whose row is locked. */
final class PostgresRoomEndings {
  /** How many entries go into one statement. */
  private static final int AT_ONCE = 1_000;

  /** What refers to a room, before the room itself. */
  private static final List<String> TABLES =
      List.of("room_members", "room_mutes", "room_bans", "room_invites", "room_requests");

  private final Clock clock;

  PostgresRoomEndings(Clock clock) {
    this.clock = clock;
  }

  /** Completes with those who were there. */
  Future<List<UserId>> end(SqlConnection connection, RoomId room, Ending ending) {
    return members(connection, room)
        .compose(
            members ->
                forget(connection, room)
                    .compose(done -> owe(connection, List.of(ending.last())))
                    .compose(done -> tell(connection, members, ending))
                    .map(members));
  }

  /** Locked in the order in which those lock them who move markers. */
  private static Future<List<UserId>> members(SqlConnection connection, RoomId room) {
    return connection
        .preparedQuery(
            "select account from room_members where room = $1 order by room, account for update")
        .execute(Tuple.of(room.value()))
        .map(rows -> Rows.all(rows, row -> new UserId(row.getUUID("account"))));
  }

  private static Future<Void> forget(SqlConnection connection, RoomId room) {
    Future<Void> forgotten = Future.succeededFuture();
    for (String table : TABLES) {
      forgotten =
          forgotten.compose(
              done ->
                  Rows.run(
                      connection,
                      "delete from " + table + " where room = $1",
                      Tuple.of(room.value())));
    }
    return forgotten.compose(
        done -> Rows.run(connection, "delete from rooms where id = $1", Tuple.of(room.value())));
  }

  private Future<Void> tell(SqlConnection connection, List<UserId> members, Ending ending) {
    if (members.isEmpty()) {
      return Future.succeededFuture();
    }
    int now = Math.min(AT_ONCE, members.size());
    return owe(connection, members.subList(0, now).stream().map(ending.told()).toList())
        .compose(done -> tell(connection, members.subList(now, members.size()), ending));
  }

  private Future<Void> owe(SqlConnection connection, List<Owed> owed) {
    return Rows.run(
        connection,
        """
        insert into outbox (id, log, draft, created_at)
        select owed.id, owed.log, owed.draft, $4
          from unnest($1::uuid[], $2::text[], $3::text[]) owed (id, log, draft)""",
        Tuple.tuple()
            .addArrayOfUUID(
                owed.stream().map(each -> UUID.fromString(each.draft().cid())).toArray(UUID[]::new))
            .addArrayOfString(
                owed.stream().map(each -> each.log().toString()).toArray(String[]::new))
            .addArrayOfString(
                owed.stream().map(each -> Json.write(each.draft())).toArray(String[]::new))
            .addOffsetDateTime(Rows.utc(clock.instant())));
  }
}
