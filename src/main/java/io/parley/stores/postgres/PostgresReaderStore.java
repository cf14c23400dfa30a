package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.rooms.Membership;
import io.parley.rooms.ReaderStore;
import io.parley.rooms.RoomId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Readers in PostgreSQL: the marker is part of the member's row. */
public final class PostgresReaderStore implements ReaderStore {
  private final Pool pool;

  public PostgresReaderStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Boolean> advance(RoomId room, UserId user, Membership.Marker to) {
    return rows(
            """
            update room_members set read_seq = $3, read_n = $4
             where room = $1 and account = $2 and read_seq < $3""",
            Tuple.of(room.value(), user.value(), to.seq(), to.n()))
        .map(rows -> rows.rowCount() > 0);
  }

  @Override
  public Future<Map<RoomId, List<UserId>>> readers(List<RoomId> rooms, int maxMembers) {
    UUID[] asked = rooms.stream().map(RoomId::value).toArray(UUID[]::new);
    return rows(
            """
            select m.room, m.account
              from rooms r join room_members m on m.room = r.id
             where r.id = any($1) and r.member_count <= $2""",
            Tuple.of(asked, maxMembers))
        .map(PostgresReaderStore::byRoom);
  }

  private static Map<RoomId, List<UserId>> byRoom(RowSet<Row> rows) {
    Map<RoomId, List<UserId>> byRoom = new HashMap<>();
    for (Row row : rows) {
      byRoom
          .computeIfAbsent(new RoomId(row.getUUID("room")), first -> new ArrayList<>())
          .add(new UserId(row.getUUID("account")));
    }
    return byRoom;
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
