package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.rooms.DepartingStore;
import io.parley.rooms.RoomId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/** Rooms that somebody leaves for good, in PostgreSQL. */
public final class PostgresDepartingStore implements DepartingStore {
  private final Pool pool;

  public PostgresDepartingStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<List<RoomId>> groups(UserId user, int limit) {
    return rows(
            """
            select r.id from room_members m join rooms r on r.id = m.room
             where m.account = $1 and r.direct_pair is null
             limit $2""",
            Tuple.of(user.value(), limit))
        .map(rows -> Rows.all(rows, PostgresRoomRows::id));
  }

  @Override
  public Future<List<RoomId>> directs(UserId user, RoomId after, int limit) {
    return rows(
            """
            select r.id from room_members m join rooms r on r.id = m.room
             where m.account = $1 and r.direct_pair is not null and r.id > $2
             order by r.id
             limit $3""",
            Tuple.of(user.value(), after.value(), limit))
        .map(rows -> Rows.all(rows, PostgresRoomRows::id));
  }

  @Override
  public Future<List<RoomId>> forget(UserId user) {
    return pool.withTransaction(
            connection ->
                forget(connection, "room_mutes", user)
                    .compose(done -> forget(connection, "room_bans", user))
                    .compose(done -> requests(connection, user)))
        .recover(PostgresFailures::unavailable);
  }

  private static Future<Void> forget(SqlConnection connection, String table, UserId user) {
    return Rows.run(
        connection, "delete from " + table + " where account = $1", Tuple.of(user.value()));
  }

  private static Future<List<RoomId>> requests(SqlConnection connection, UserId user) {
    return connection
        .preparedQuery("delete from room_requests where account = $1 returning room as id")
        .execute(Tuple.of(user.value()))
        .map(rows -> Rows.all(rows, PostgresRoomRows::id));
  }

  @Override
  public Future<Optional<UserId>> heir(RoomId room, UserId except) {
    return rows(
            """
            select m.account
              from room_members m
              join accounts a on a.id = m.account and a.deleting_at is null
             where m.room = $1 and m.account <> $2
             order by array_position(
                        array['owner', 'admin', 'moderator', 'member', 'readonly'], m.role),
                      m.joined_at, m.account
             limit 1""",
            Tuple.of(room.value(), except.value()))
        .map(rows -> Rows.first(rows, row -> new UserId(row.getUUID("account"))));
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
