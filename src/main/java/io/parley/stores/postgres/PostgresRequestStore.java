package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.rooms.RequestStore;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomStore.MemberPosition;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Those who ask to be let in, in PostgreSQL, under the lock of the room's row. */
public final class PostgresRequestStore implements RequestStore {
  private static final String REQUEST =
      "select q.room, q.account, q.note, q.asked_at, q.until, q.refused from room_requests q ";

  private final Pool pool;
  private final PostgresRoomChanges changes;

  public PostgresRequestStore(Pool pool, Clock clock) {
    this.pool = pool;
    this.changes = new PostgresRoomChanges(clock);
  }

  @Override
  public Future<Void> decide(
      RoomId room,
      UserId actor,
      UserId subject,
      Instant now,
      Function<Seen, Optional<Outcome>> rule) {
    return pool.withTransaction(
            connection ->
                changes
                    .lock(connection, room, actor, subject)
                    .compose(locked -> seen(connection, locked, room, subject, now))
                    .map(rule)
                    .compose(
                        outcome ->
                            outcome
                                .map(decided -> settle(connection, room, subject, decided))
                                .orElseGet(Future::succeededFuture)))
        .recover(PostgresFailures::unavailable);
  }

  /** What has ended is forgotten; what one person has is counted by one at a time. */
  private static Future<Seen> seen(
      SqlConnection connection, Locked locked, RoomId room, UserId subject, Instant now) {
    Tuple values = Tuple.of(room.value(), subject.value(), Rows.utc(now));
    return Rows.run(
            connection,
            "select pg_advisory_xact_lock(hashtextextended('requests ' || $1::uuid::text, 0))",
            Tuple.of(subject.value()))
        .compose(
            alone ->
                Rows.run(
                    connection,
                    "delete from room_requests where room = $1 and until <= $2",
                    Tuple.of(room.value(), Rows.utc(now))))
        .compose(
            swept ->
                connection
                    .preparedQuery(
                        """
                        select (select count(*) from room_requests
                                 where room = $1 and account <> $2 and not refused) as of_room,
                               (select count(*) from room_requests
                                 where account = $2 and room <> $1 and not refused
                                   and until > $3) as of_person""")
                    .execute(values))
        .compose(
            counts ->
                connection
                    .preparedQuery(REQUEST + "where q.room = $1 and q.account = $2")
                    .execute(Tuple.of(room.value(), subject.value()))
                    .map(rows -> seen(locked, counts.iterator().next(), rows)));
  }

  private static Seen seen(Locked locked, Row counts, RowSet<Row> own) {
    return new Seen(
        locked,
        Rows.first(own, PostgresRequestStore::request),
        counts.getLong("of_room").intValue(),
        counts.getLong("of_person").intValue());
  }

  private Future<Void> settle(
      SqlConnection connection, RoomId room, UserId subject, Outcome outcome) {
    Future<Void> kept =
        outcome.kept().isPresent()
            ? keep(connection, outcome.kept().get())
            : Rows.run(
                connection,
                "delete from room_requests where room = $1 and account = $2",
                Tuple.of(room.value(), subject.value()));
    return kept.compose(
            done ->
                outcome
                    .change()
                    .map(change -> changes.advance(connection, room, change))
                    .orElseGet(Future::succeededFuture))
        .compose(
            done ->
                outcome.told().isPresent()
                    ? changes.owe(connection, outcome.told().get()).mapEmpty()
                    : Future.succeededFuture());
  }

  private static Future<Void> keep(SqlConnection connection, Request request) {
    return Rows.run(
        connection,
        """
        insert into room_requests (room, account, note, asked_at, until, refused)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (room, account) do update
           set note = excluded.note, until = excluded.until, refused = excluded.refused""",
        Tuple.of(
            request.room().value(),
            request.user().value(),
            request.note(),
            Rows.utc(request.at()),
            Rows.utc(request.until()),
            request.refused()));
  }

  @Override
  public Future<List<Request>> standing(
      RoomId room, Optional<MemberPosition> after, Instant now, int limit) {
    MemberPosition from = after.orElse(new MemberPosition(Instant.EPOCH, UserId.SYSTEM));
    return pool.preparedQuery(
            REQUEST
                + """
                  join rooms r on r.id = q.room and r.door = 'request' and not r.archived
                where q.room = $1 and not q.refused and q.until > $2
                  and (q.asked_at, q.account) > ($3, $4)
                order by q.asked_at, q.account
                limit $5""")
        .execute(
            Tuple.of(
                room.value(), Rows.utc(now), Rows.utc(from.joinedAt()), from.user().value(), limit))
        .map(rows -> Rows.all(rows, PostgresRequestStore::request))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<List<Request>> of(UserId user, Instant now, int limit) {
    return pool.preparedQuery(
            REQUEST
                + """
                where q.account = $1 and q.until > $2
                order by q.asked_at desc
                limit $3""")
        .execute(Tuple.of(user.value(), Rows.utc(now), limit))
        .map(rows -> Rows.all(rows, PostgresRequestStore::request))
        .recover(PostgresFailures::unavailable);
  }

  private static Request request(Row row) {
    return new Request(
        new RoomId(row.getUUID("room")),
        new UserId(row.getUUID("account")),
        row.getString("note"),
        Rows.instant(row, "asked_at"),
        Rows.instant(row, "until"),
        row.getBoolean("refused"));
  }
}
