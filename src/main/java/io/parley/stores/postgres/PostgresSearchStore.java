package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.rooms.RoomId;
import io.parley.search.SearchStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The index in PostgreSQL: words that begin with the number of their room, in one GIN index. */
public final class PostgresSearchStore implements SearchStore {
  /** The same for all writers, so that none wait in a ring. */
  private static final Comparator<Indexed> ORDER =
      Comparator.comparing((Indexed row) -> row.room().value()).thenComparingLong(Indexed::seq);

  private static final UUID FIRST = new UUID(0, 0);

  private final Pool pool;

  public PostgresSearchStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Void> put(List<Indexed> rows, boolean anew) {
    List<Indexed> sorted = rows.stream().sorted(ORDER).toList();
    UUID[] rooms = sorted.stream().map(row -> row.room().value()).distinct().toArray(UUID[]::new);
    return rows(
            """
            insert into search_rooms (room)
            select asked.room from unnest($1::uuid[]) as asked (room)
             where not exists (select from search_rooms r where r.room = asked.room)
             order by asked.room
            on conflict (room) do nothing""",
            Tuple.tuple().addArrayOfUUID(rooms))
        .compose(known -> rows(PostgresSearchQueries.PUT, values(sorted).addBoolean(anew)))
        .mapEmpty();
  }

  private static Tuple values(List<Indexed> rows) {
    return Tuple.tuple()
        .addArrayOfUUID(PostgresLogRows.column(rows, UUID.class, row -> row.room().value()))
        .addArrayOfLong(PostgresLogRows.column(rows, Long.class, Indexed::seq))
        .addArrayOfLong(PostgresLogRows.column(rows, Long.class, Indexed::at))
        .addArrayOfLong(PostgresLogRows.column(rows, Long.class, Indexed::rev))
        .addArrayOfUUID(PostgresLogRows.column(rows, UUID.class, row -> row.author().value()))
        .addArrayOfBoolean(PostgresLogRows.column(rows, Boolean.class, Indexed::link))
        .addArrayOfBoolean(PostgresLogRows.column(rows, Boolean.class, Indexed::deleted))
        .addArrayOfString(PostgresLogRows.column(rows, String.class, Indexed::words));
  }

  @Override
  public Future<List<Hit>> find(Wanted wanted) {
    PostgresSearchQueries query = new PostgresSearchQueries(wanted);
    return rows(query.sql(), query.values()).map(rows -> Rows.all(rows, PostgresSearchStore::hit));
  }

  private static Hit hit(Row row) {
    return new Hit(
        new RoomId(row.getUUID("room")),
        new Spot(
            row.getFloat("rank"), row.getLong("at"), row.getInteger("number"), row.getLong("seq")));
  }

  @Override
  public Future<Map<RoomId, Long>> readable(UserId reader, List<RoomId> rooms) {
    return rows(
            "select room, since from room_members where account = $1 and room = any($2)",
            Tuple.of(reader.value()).addArrayOfUUID(ids(rooms)))
        .map(
            found -> {
              Map<RoomId, Long> readable = new HashMap<>();
              found.forEach(
                  row -> readable.put(new RoomId(row.getUUID("room")), row.getLong("since")));
              return readable;
            });
  }

  @Override
  public Future<List<UserId>> people(String folded, int limit) {
    return rows(
            """
            (select account as id from identifiers where kind = 'username' and value = $1)
            union
            (select id from accounts
              where folded_name >= $1 and folded_name < $1 || U&'\\+10FFFF'
                and deleting_at is null
              order by folded_name, id
              limit $2)""",
            Tuple.of(folded, limit))
        .map(found -> Rows.all(found, row -> new UserId(row.getUUID("id"))));
  }

  @Override
  public Future<List<RoomId>> called(UserId reader, String folded, int limit) {
    return rows(
            """
            select r.id from room_members m join rooms r on r.id = m.room
             where m.account = $1 and r.name_key = $2 and r.direct_pair is null
             order by r.id
             limit $3""",
            Tuple.of(reader.value(), folded, limit))
        .map(found -> Rows.all(found, PostgresRoomRows::id));
  }

  @Override
  public Future<Optional<RoomId>> rebuilding() {
    return rows("select room as id from search_rebuilding", Tuple.tuple())
        .map(found -> Rows.first(found, PostgresRoomRows::id));
  }

  @Override
  public Future<List<RoomId>> rooms(Optional<RoomId> after, int limit) {
    return rows(
            "select id from rooms where id > $1 order by id limit $2",
            Tuple.of(after.map(RoomId::value).orElse(FIRST), limit))
        .map(found -> Rows.all(found, PostgresRoomRows::id));
  }

  @Override
  public Future<Progress> progress(Optional<RoomId> done) {
    return rows(
            """
            select count(*) filter (where id <= $1) as done, count(*) as all_of_them
              from rooms""",
            Tuple.of(done.map(RoomId::value).orElse(FIRST)))
        .map(found -> found.iterator().next())
        .map(row -> new Progress(row.getLong("done"), row.getLong("all_of_them")));
  }

  @Override
  public Future<Void> rebuilt(RoomId room) {
    return rows(
            """
            insert into search_rebuilding (room, begun_at) values ($1, clock_timestamp())
            on conflict (one) do update set room = excluded.room""",
            Tuple.of(room.value()))
        .mapEmpty();
  }

  @Override
  public Future<Void> rebuilt() {
    return rows(
            """
            with gone as (
              delete from search_rooms s
               where not exists (select from rooms r where r.id = s.room)
              returning number
            )
            delete from search_messages where room in (select number from gone)""",
            Tuple.tuple())
        .compose(done -> rows("delete from search_rebuilding", Tuple.tuple()))
        .mapEmpty();
  }

  private static UUID[] ids(List<RoomId> rooms) {
    return rooms.stream().map(RoomId::value).toArray(UUID[]::new);
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
