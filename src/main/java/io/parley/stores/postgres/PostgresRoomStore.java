package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresRoomRows.CLOSED;
import static io.parley.stores.postgres.PostgresRoomRows.MEMBER;
import static io.parley.stores.postgres.PostgresRoomRows.ROOM;
import static io.parley.stores.postgres.PostgresSanctions.BAN;
import static io.parley.stores.postgres.PostgresSanctions.STANDS;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.Admission;
import io.parley.rooms.Ban;
import io.parley.rooms.Membership;
import io.parley.rooms.Pair;
import io.parley.rooms.RequestsApi;
import io.parley.rooms.Role;
import io.parley.rooms.Room;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomName;
import io.parley.rooms.RoomStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rooms in PostgreSQL. */
public final class PostgresRoomStore implements RoomStore {

  private final Pool pool;
  private final PostgresRoomChanges changes;
  private final PostgresRoomEndings endings;

  public PostgresRoomStore(Pool pool, Clock clock) {
    this.pool = pool;
    this.changes = new PostgresRoomChanges(clock);
    this.endings = new PostgresRoomEndings(clock);
  }

  @Override
  public Future<Void> create(Room room, Change change) {
    return pool.withTransaction(connection -> changes.make(connection, room, change))
        .recover(PostgresRoomStore::taken)
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Void> change(
      RoomId room, UserId actor, UserId subject, Function<Locked, Optional<Change>> rule) {
    return pool.withTransaction(
            connection ->
                changes
                    .lock(connection, room, actor, subject)
                    .map(rule)
                    .compose(
                        decided ->
                            decided.isEmpty()
                                ? Future.<Void>succeededFuture()
                                : changes.advance(connection, room, decided.get())))
        .recover(PostgresRoomStore::taken)
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<List<UserId>> end(RoomId room, UserId actor, Function<Locked, Ending> rule) {
    return pool.withTransaction(
            connection ->
                changes
                    .lock(connection, room, actor, actor)
                    .map(rule)
                    .compose(ending -> endings.end(connection, room, ending)))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Optional<Found>> find(RoomId room, UserId viewer) {
    return rows(
            "select "
                + ROOM
                + ", "
                + MEMBER
                + ", "
                + BAN
                + """
                 from rooms r
                left join room_members m on m.room = r.id and m.account = $2
                left join room_bans b on b.room = r.id and b.account = $2 and m.account is null and\s"""
                + STANDS
                + " where r.id = $1",
            Tuple.of(room.value(), viewer.value()))
        .map(rows -> Rows.first(rows, PostgresRoomRows::seen));
  }

  @Override
  public Future<Optional<RoomId>> findDirect(Pair pair) {
    return rows("select id from rooms where direct_pair = $1", Tuple.of(pair.toString()))
        .map(rows -> Rows.first(rows, PostgresRoomRows::id));
  }

  @Override
  public Future<Optional<RoomId>> findPublic(RoomName name) {
    return rows(
            "select id from rooms where type = 'public' and name_key = $1", Tuple.of(name.key()))
        .map(rows -> Rows.first(rows, PostgresRoomRows::id));
  }

  @Override
  public Future<List<Found>> ofMember(UserId user, int limit) {
    return rows(
            "select "
                + ROOM
                + ", "
                + MEMBER
                + """
                 from room_members m join rooms r on r.id = m.room
                where m.account = $1
                order by m.joined_at desc
                limit $2""",
            Tuple.of(user.value(), limit))
        .map(rows -> Rows.all(rows, PostgresRoomRows::found));
  }

  @Override
  public Future<List<Found>> discover(UserId viewer, String part, String afterKey, int limit) {
    return rows(
            "select "
                + ROOM
                + ", "
                + MEMBER
                + """
                 from rooms r left join room_members m on m.room = r.id and m.account = $1
                where r.type = 'public' and not r.archived and r.name_key > $3 and position($2 in r.name_key) > 0
                order by r.name_key
                limit $4""",
            Tuple.of(viewer.value(), new RoomName(part).key(), afterKey, limit))
        .map(rows -> Rows.all(rows, PostgresRoomRows::found));
  }

  @Override
  public Future<List<Membership>> members(RoomId room, Optional<MemberPosition> after, int limit) {
    MemberPosition from = after.orElse(new MemberPosition(Instant.EPOCH, UserId.SYSTEM));
    return rows(
            "select "
                + MEMBER
                + """
                 from room_members m
                where m.room = $1 and (m.joined_at, m.account) > ($2, $3)
                order by m.joined_at, m.account
                limit $4""",
            Tuple.of(room.value(), Rows.utc(from.joinedAt()), from.user().value(), limit))
        .map(rows -> Rows.all(rows, PostgresRoomRows::membership));
  }

  @Override
  public Future<List<Ban>> bans(RoomId room, Optional<MemberPosition> after, int limit) {
    MemberPosition from = after.orElse(new MemberPosition(Instant.EPOCH, UserId.SYSTEM));
    return rows(
            "select "
                + BAN
                + " from room_bans b where b.room = $1 and (b.banned_at, b.account) > ($2, $3) and "
                + STANDS
                + " order by b.banned_at, b.account limit $4",
            Tuple.of(room.value(), Rows.utc(from.joinedAt()), from.user().value(), limit))
        .map(rows -> Rows.all(rows, row -> PostgresSanctions.ban(row).orElseThrow()));
  }

  @Override
  public Future<Admission.Known> standings(RoomId room, List<UserId> users) {
    return rows(
            """
            select asked.account, r.type, r.version, r.archived, r.slow_seconds, r.rules_version,
                   m.role, m.since, m.version as member_version, u.until as muted_until,
                   b.account as ban_account, b.until as ban_until,
            """
                + CLOSED
                + """
              from unnest($2::uuid[]) asked (account)
              left join rooms r on r.id = $1
              left join room_members m on m.room = r.id and m.account = asked.account
              left join room_mutes u on u.room = m.room and u.account = m.account
               and u.until > clock_timestamp()
              left join room_bans b on b.room = r.id and b.account = asked.account
               and m.account is null and\s"""
                + STANDS,
            Tuple.of(room.value(), (Object) users.stream().map(UserId::value).toArray(UUID[]::new)))
        .map(PostgresRoomRows::standings);
  }

  @Override
  public Future<Map<RoomId, RequestsApi.Asked>> asked(UserId user, List<RoomId> rooms) {
    return rows(
            """
            select room, note, asked_at, until, refused from room_requests
             where account = $1 and room = any($2) and until > clock_timestamp()""",
            Tuple.of(user.value(), (Object) ids(rooms)))
        .map(
            rows ->
                Rows.all(rows, row -> row).stream()
                    .collect(Collectors.toMap(PostgresRoomStore::room, PostgresRoomStore::asked)));
  }

  private static RequestsApi.Asked asked(Row row) {
    return new RequestsApi.Asked(
        row.getString("note"),
        Rows.instant(row, "asked_at"),
        Rows.instant(row, "until"),
        row.getBoolean("refused"));
  }

  @Override
  public Future<Map<RoomId, Integer>> requests(List<RoomId> rooms) {
    return rows(
            """
            select r.id as room, count(q.account) as many
              from rooms r
              left join room_requests q on q.room = r.id and not q.refused
               and q.until > clock_timestamp()
             where r.id = any($1) and r.door = 'request' and not r.archived
             group by r.id""",
            Tuple.of((Object) ids(rooms)))
        .map(
            rows ->
                Rows.all(rows, row -> row).stream()
                    .collect(
                        Collectors.toMap(
                            PostgresRoomStore::room, row -> row.getLong("many").intValue())));
  }

  @Override
  public Future<List<UserId>> holders(RoomId room, List<Role> roles, int limit) {
    String[] words = roles.stream().map(Role::word).toArray(String[]::new);
    return rows(
            "select account from room_members where room = $1 and role = any($2) limit $3",
            Tuple.of(room.value(), words, limit))
        .map(rows -> Rows.all(rows, row -> new UserId(row.getUUID("account"))));
  }

  private static RoomId room(Row row) {
    return new RoomId(row.getUUID("room"));
  }

  private static UUID[] ids(List<RoomId> rooms) {
    return rooms.stream().map(RoomId::value).toArray(UUID[]::new);
  }

  @Override
  public Future<Integer> memberCount(RoomId room) {
    return rows("select member_count from rooms where id = $1", Tuple.of(room.value()))
        .map(rows -> Rows.first(rows, row -> row.getInteger("member_count")).orElse(0));
  }

  @Override
  public Future<Boolean> welcomed(UserId user) {
    return rows("select account from room_welcomes where account = $1", Tuple.of(user.value()))
        .map(rows -> rows.size() > 0);
  }

  @Override
  public Future<Void> markWelcomed(UserId user, Instant at) {
    return rows(
            "insert into room_welcomes (account, welcomed_at) values ($1, $2) on conflict do nothing",
            Tuple.of(user.value(), Rows.utc(at)))
        .mapEmpty();
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }

  private static Future<Void> taken(Throwable cause) {
    return PostgresFailures.brokenUniqueness(cause).isEmpty()
        ? Future.failedFuture(cause)
        : Future.failedFuture(
            Failure.of(Reason.ALREADY_EXISTS, "a public room of this name exists already")
                .with("field", "name"));
  }
}
