package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresRoomRows.ROOM;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.rooms.Door;
import io.parley.rooms.History;
import io.parley.rooms.Membership;
import io.parley.rooms.Pair;
import io.parley.rooms.Role;
import io.parley.rooms.Room;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomStore.Owed;
import io.parley.rooms.Sanction;
import io.parley.stores.postgres.PostgresSanctions.Person;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The steps of changing a room in one transaction: the room's row is the lock under which it and
 * its members change.
 */
final class PostgresRoomChanges {
  private final Clock clock;

  PostgresRoomChanges(Clock clock) {
    this.clock = clock;
  }

  /** Makes a room with its first members. */
  Future<Void> make(SqlConnection connection, Room room, Change change) {
    return insert(connection, room).compose(done -> write(connection, room.id(), change));
  }

  private static Future<Void> insert(SqlConnection connection, Room room) {
    return connection
        .preparedQuery(
            """
            insert into rooms
              (id, type, name, name_key, description, direct_pair, created_at, version, member_count,
               history, door)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""")
        .execute(
            Tuple.from(
                Arrays.asList(
                    room.id().value(),
                    room.type().word(),
                    room.name().text(),
                    room.name().key(),
                    room.description(),
                    room.pair().map(Pair::toString).orElse(null),
                    Rows.utc(room.createdAt()),
                    room.version(),
                    room.memberCount(),
                    room.terms().history().word(),
                    room.terms().door().word())))
        .mapEmpty();
  }

  /** What a rule is to see, which stays so until the transaction ends. */
  Future<Locked> lock(SqlConnection connection, RoomId room, UserId actor, UserId subject) {
    return connection
        .preparedQuery("select " + ROOM + " from rooms r where r.id = $1 for update")
        .execute(Tuple.of(room.value()))
        .map(
            rows ->
                Rows.first(rows, PostgresRoomRows::room)
                    .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "there is no such room")))
        .compose(found -> seats(connection, found, actor, subject));
  }

  private static Future<Locked> seats(
      SqlConnection connection, Room room, UserId actor, UserId subject) {
    return PostgresSanctions.people(connection, room.id(), List.of(actor, subject))
        .compose(
            people -> {
              Optional<Membership> seat = of(people, subject).flatMap(Person::seat);
              return lastOwner(connection, seat)
                  .map(
                      last ->
                          new Locked(
                              room,
                              of(people, actor).flatMap(Person::seat),
                              seat,
                              last,
                              of(people, subject).flatMap(Person::ban),
                              of(people, subject).flatMap(Person::mutedUntil)));
            });
  }

  /** Looks for another owner only where it matters: most who come and go own nothing. */
  private static Future<Boolean> lastOwner(SqlConnection connection, Optional<Membership> subject) {
    Optional<Membership> owner = subject.filter(seat -> seat.role() == Role.OWNER);
    if (owner.isEmpty()) {
      return Future.succeededFuture(false);
    }
    return connection
        .preparedQuery(
            """
            select account from room_members
             where room = $1 and role = 'owner' and account <> $2
             limit 1""")
        .execute(Tuple.of(owner.get().room().value(), owner.get().user().value()))
        .map(others -> others.size() == 0);
  }

  private static Optional<Person> of(List<Person> people, UserId user) {
    return people.stream().filter(person -> person.user().equals(user)).findFirst();
  }

  /** Does what a rule has decided. */
  Future<Void> advance(SqlConnection connection, RoomId room, Change change) {
    return connection
        .preparedQuery(
            """
            update rooms set version = $2, member_count = member_count + $3,
                   name = coalesce($4, name), name_key = coalesce($5, name_key),
                   description = coalesce($6, description),
                   archived = coalesce($7, archived),
                   slow_seconds = coalesce($8, slow_seconds),
                   rules_version = coalesce($9, rules_version),
                   history = coalesce($10, history),
                   door = coalesce($11, door)
             where id = $1""")
        .execute(
            Tuple.from(
                Arrays.asList(
                    room.value(),
                    change.version(),
                    change.come().size() - change.gone().size(),
                    change.face().map(face -> face.name().text()).orElse(null),
                    change.face().map(face -> face.name().key()).orElse(null),
                    change.face().map(Room::description).orElse(null),
                    change.face().map(face -> face.rules().archived()).orElse(null),
                    change.face().map(face -> face.rules().slowSeconds()).orElse(null),
                    change.face().map(face -> face.rules().version()).orElse(null),
                    change.face().map(face -> face.terms().history().word()).orElse(null),
                    change.face().map(face -> face.terms().door().word()).orElse(null))))
        .compose(done -> open(connection, room, change))
        .compose(done -> unlatch(connection, room, change))
        .compose(done -> write(connection, room, change));
  }

  /**
   * Where all may read everything, so may those who came when they might not. The rows are locked
   * in the order in which those lock them who move markers.
   */
  private static Future<Void> open(SqlConnection connection, RoomId room, Change change) {
    return change.face().filter(face -> face.terms().history() == History.ALL).isEmpty()
        ? Future.succeededFuture()
        : Rows.run(
            connection,
            """
            with held as (
              select account from room_members where room = $1 and since > 0
               order by room, account for update)
            update room_members m set since = 0
              from held
             where m.room = $1 and m.account = held.account""",
            Tuple.of(room.value()));
  }

  /** Where anybody comes in, nobody asks any more, and nobody was refused. */
  private static Future<Void> unlatch(SqlConnection connection, RoomId room, Change change) {
    return change.face().filter(face -> face.terms().door() == Door.OPEN).isEmpty()
        ? Future.succeededFuture()
        : Rows.run(connection, "delete from room_requests where room = $1", Tuple.of(room.value()));
  }

  private Future<Void> write(SqlConnection connection, RoomId room, Change change) {
    Future<?> written = Future.succeededFuture();
    for (Membership seat : change.come()) {
      written = written.compose(done -> seat(connection, seat));
    }
    for (Membership seat : change.changed()) {
      written = written.compose(done -> reseat(connection, seat));
    }
    for (UserId gone : change.gone()) {
      written = written.compose(done -> unseat(connection, room, gone));
    }
    for (Sanction sanction : change.sanctions()) {
      written = written.compose(done -> PostgresSanctions.write(connection, room, sanction));
    }
    for (Owed owed : change.owed()) {
      written = written.compose(done -> owe(connection, owed));
    }
    return written.mapEmpty();
  }

  /** Whoever has asked to be let in asks no more. */
  private static Future<?> seat(SqlConnection connection, Membership seat) {
    return connection
        .preparedQuery(
            """
            with asked as (
              delete from room_requests where room = $1 and account = $2)
            insert into room_members
              (room, account, role, joined_at, since, version, came_version, read_seq, read_n)
            values ($1, $2, $3, $4, $5, $6, $6, $7, $8)""")
        .execute(
            Tuple.of(
                seat.room().value(),
                seat.user().value(),
                seat.role().word(),
                Rows.utc(seat.joinedAt()),
                seat.since(),
                seat.version(),
                seat.marker().seq(),
                seat.marker().n()));
  }

  private static Future<?> reseat(SqlConnection connection, Membership seat) {
    return connection
        .preparedQuery(
            "update room_members set role = $3, version = $4 where room = $1 and account = $2")
        .execute(
            Tuple.of(seat.room().value(), seat.user().value(), seat.role().word(), seat.version()));
  }

  private static Future<?> unseat(SqlConnection connection, RoomId room, UserId gone) {
    return connection
        .preparedQuery("delete from room_members where room = $1 and account = $2")
        .execute(Tuple.of(room.value(), gone.value()));
  }

  /** Keeps an entry until it stands in its log. */
  Future<?> owe(SqlConnection connection, Owed owed) {
    return connection
        .preparedQuery("insert into outbox (id, log, draft, created_at) values ($1, $2, $3, $4)")
        .execute(
            Tuple.of(
                UUID.fromString(owed.draft().cid()),
                owed.log().toString(),
                Json.write(owed.draft()),
                Rows.utc(clock.instant())));
  }
}
