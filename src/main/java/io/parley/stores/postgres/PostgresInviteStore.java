package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.rooms.Invite;
import io.parley.rooms.InviteStore;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Locked;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.ObjIntConsumer;

/** Links into rooms in PostgreSQL. Uses are counted under the lock of the room's row. */
public final class PostgresInviteStore implements InviteStore {
  private static final String INVITE =
      "select id, room, made_by, made_at, expires_at, max_uses, uses from room_invites ";

  private final Pool pool;
  private final PostgresRoomChanges changes;

  public PostgresInviteStore(Pool pool, Clock clock) {
    this.pool = pool;
    this.changes = new PostgresRoomChanges(clock);
  }

  @Override
  public Future<Void> keep(Invite invite, Buffer hash, ObjIntConsumer<Locked> rule) {
    return pool.withTransaction(
            connection ->
                changes
                    .lock(connection, invite.room(), invite.by(), invite.by())
                    .compose(
                        locked ->
                            others(connection, invite)
                                .map(
                                    others -> {
                                      rule.accept(locked, others);
                                      return locked;
                                    }))
                    .compose(allowed -> insert(connection, invite, hash)))
        .recover(PostgresFailures::unavailable);
  }

  private static Future<Integer> others(SqlConnection connection, Invite invite) {
    return Rows.run(
            connection,
            "delete from room_invites where room = $1 and (expires_at <= $2 or uses >= max_uses)",
            Tuple.of(invite.room().value(), Rows.utc(invite.at())))
        .compose(
            done ->
                connection
                    .preparedQuery("select id from room_invites where room = $1")
                    .execute(Tuple.of(invite.room().value())))
        .map(RowSet::size);
  }

  private static Future<Void> insert(SqlConnection connection, Invite invite, Buffer hash) {
    return Rows.run(
        connection,
        """
        insert into room_invites
          (id, room, token_hash, made_by, made_at, expires_at, max_uses, uses)
        values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        Tuple.of(
            invite.id(),
            invite.room().value(),
            hash,
            invite.by().value(),
            Rows.utc(invite.at()),
            Rows.utc(invite.until()),
            invite.maxUses(),
            invite.uses()));
  }

  @Override
  public Future<List<Invite>> standing(RoomId room, Instant now) {
    return rows(
            INVITE + "where room = $1 and expires_at > $2 and uses < max_uses order by made_at, id",
            Tuple.of(room.value(), Rows.utc(now)))
        .map(rows -> Rows.all(rows, PostgresInviteStore::invite));
  }

  @Override
  public Future<Void> forget(RoomId room, UUID invite) {
    return rows(
            "delete from room_invites where room = $1 and id = $2", Tuple.of(room.value(), invite))
        .mapEmpty();
  }

  @Override
  public Future<Optional<Invite>> find(Buffer hash) {
    return rows(INVITE + "where token_hash = $1", Tuple.of(hash))
        .map(rows -> Rows.first(rows, PostgresInviteStore::invite));
  }

  @Override
  public Future<Void> accept(
      Invite invite, UserId guest, BiFunction<Locked, Optional<Invite>, Optional<Change>> rule) {
    return pool.withTransaction(
            connection ->
                changes
                    .lock(connection, invite.room(), guest, guest)
                    .compose(
                        locked -> again(connection, invite).map(now -> rule.apply(locked, now)))
                    .compose(
                        decided ->
                            decided
                                .map(change -> use(connection, invite, change))
                                .orElseGet(Future::succeededFuture)))
        .recover(PostgresFailures::unavailable);
  }

  /**
   * As it is under the lock of its room, and locked itself: who takes it back at the same time does
   * so before, or after somebody has come.
   */
  private static Future<Optional<Invite>> again(SqlConnection connection, Invite invite) {
    return connection
        .preparedQuery(INVITE + "where id = $1 for update")
        .execute(Tuple.of(invite.id()))
        .map(rows -> Rows.first(rows, PostgresInviteStore::invite));
  }

  private Future<Void> use(SqlConnection connection, Invite invite, Change change) {
    return Rows.run(
            connection,
            "update room_invites set uses = uses + 1 where id = $1",
            Tuple.of(invite.id()))
        .compose(done -> changes.advance(connection, invite.room(), change));
  }

  private static Invite invite(Row row) {
    return new Invite(
        row.getUUID("id"),
        new RoomId(row.getUUID("room")),
        new UserId(row.getUUID("made_by")),
        Rows.instant(row, "made_at"),
        Rows.instant(row, "expires_at"),
        row.getInteger("max_uses"),
        row.getInteger("uses"));
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
