package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresLogRows.column;

import io.parley.accounts.UserId;
import io.parley.rooms.Membership;
import io.parley.rooms.ReaderStore;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomType;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Readers in PostgreSQL: the markers are part of the member's row. */
public final class PostgresReaderStore implements ReaderStore {

  /** What was read has come, and what was marked unread was read. */
  private static final String RECEIPT =
      """
      m.room, m.account, m.joined_seq,
      greatest(m.delivered_seq, m.seen_seq, m.read_seq) as delivered,
      greatest(m.seen_seq, m.read_seq) as seen""";

  /** Rooms with their size, and whether it is that of two who are apart. */
  private static final String ROOMS =
      "(select r.id, r.member_count, " + PostgresRoomRows.CLOSED + " from rooms r)";

  private final Pool pool;

  public PostgresReaderStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Boolean> advance(Reader reader, Membership.Marker to, long marks) {
    return rows(
            """
            update room_members
               set read_seq = $3, read_n = $4,
                   joined_n = case when joined_seq = 0 then read_n else joined_n end,
                   joined_seq = case when joined_seq = 0 then read_seq else joined_seq end
             where room = $1 and account = $2 and read_seq < $3 and marks = $5""",
            Tuple.of(reader.room().value(), reader.user().value(), to.seq(), to.n(), marks))
        .map(rows -> rows.rowCount() > 0);
  }

  @Override
  public Future<Optional<Long>> setBack(Reader reader, Membership.Marker to) {
    return rows(
            """
            update room_members
               set read_seq = $3, read_n = $4, marks = marks + 1,
                   seen_seq = greatest(seen_seq, read_seq)
             where room = $1 and account = $2 and read_seq > $3 and joined_seq <= $3
            returning marks""",
            Tuple.of(reader.room().value(), reader.user().value(), to.seq(), to.n()))
        .map(rows -> Rows.first(rows, row -> row.getLong("marks")));
  }

  /** The rows are locked in one order, so that nodes that write at once never wait in a ring. */
  @Override
  public Future<List<Met>> arrive(List<Arrival> arrivals) {
    return rows(
            """
            with asked as (
              select * from unnest($1::uuid[], $2::uuid[], $3::bigint[])
                       with ordinality as asked (room, account, seq, place)),
            behind as (
              select m.room, m.account, asked.seq, asked.place
                from asked join room_members m on m.room = asked.room and m.account = asked.account
               where greatest(m.delivered_seq, m.seen_seq, m.read_seq) < asked.seq
               order by m.room, m.account
                 for update of m),
            moved as (
              update room_members m set delivered_seq = behind.seq
                from behind
               where m.room = behind.room and m.account = behind.account
              returning behind.place)
            select moved.place is not null as moved, m.account is not null as member, r.type
              from asked
              left join moved on moved.place = asked.place
              left join room_members m on m.room = asked.room and m.account = asked.account
              left join rooms r on r.id = asked.room
             order by asked.place""",
            people(arrivals.stream().map(Arrival::reader).toList())
                .addArrayOfLong(column(arrivals, Long.class, Arrival::seq)))
        .map(rows -> Rows.all(rows, PostgresReaderStore::met));
  }

  private static Met met(Row row) {
    if (row.getBoolean("moved")) {
      return Met.MOVED;
    }
    if (row.getBoolean("member")) {
      return Met.STOOD;
    }
    return RoomType.PUBLIC.word().equals(row.getString("type")) ? Met.STRANGER : Met.HIDDEN;
  }

  @Override
  public Future<List<Receipt>> receipts(List<Reader> readers, int maxMembers) {
    return rows(
            "select "
                + RECEIPT
                + """

                 from unnest($1::uuid[], $2::uuid[]) as asked (room, account)
                 join room_members m on m.room = asked.room and m.account = asked.account
                 join lateral
                """
                + ROOMS
                + """
                 r on r.id = m.room
                where r.member_count <= $3 and not r.closed""",
            people(readers).addInteger(maxMembers))
        .map(rows -> Rows.all(rows, PostgresReaderStore::receipt));
  }

  @Override
  public Future<Map<RoomId, List<Receipt>>> everybody(List<RoomId> rooms, int maxMembers) {
    return rows(
            "select "
                + RECEIPT
                + """

                 from unnest($1::uuid[]) as asked (room)
                 join lateral
                """
                + ROOMS
                + """
                 r on r.id = asked.room
                 join room_members m on m.room = r.id
                where r.member_count <= $2 and not r.closed""",
            Tuple.tuple()
                .addArrayOfUUID(column(rooms, UUID.class, RoomId::value))
                .addInteger(maxMembers))
        .map(found -> Rows.all(found, PostgresReaderStore::receipt))
        .map(
            found ->
                found.stream().collect(Collectors.groupingBy(receipt -> receipt.reader().room())));
  }

  private static Receipt receipt(Row row) {
    return new Receipt(
        new Reader(new RoomId(row.getUUID("room")), new UserId(row.getUUID("account"))),
        row.getLong("delivered"),
        row.getLong("seen"),
        row.getLong("joined_seq"));
  }

  private static Tuple people(List<Reader> readers) {
    return Tuple.tuple()
        .addArrayOfUUID(column(readers, UUID.class, reader -> reader.room().value()))
        .addArrayOfUUID(column(readers, UUID.class, reader -> reader.user().value()));
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
