package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresRoomRows.MEMBER;

import io.parley.rooms.Membership;
import io.parley.rooms.Membership.Marker;
import io.parley.rooms.ReaderStore.Reader;
import io.parley.rooms.SettingStore;
import io.parley.rooms.Settings;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** How people want to have their rooms, in PostgreSQL: part of the member's row. */
public final class PostgresSettingStore implements SettingStore {
  private final Pool pool;
  private final PostgresRoomChanges changes;

  public PostgresSettingStore(Pool pool, Clock clock) {
    this.pool = pool;
    this.changes = new PostgresRoomChanges(clock);
  }

  @Override
  public Future<Void> choose(
      Reader reader, boolean counting, Function<Optional<Held>, Optional<Chosen>> rule) {
    return pool.withTransaction(
            connection ->
                favourites(connection, reader, counting)
                    .compose(count -> held(connection, reader, count))
                    .map(rule)
                    .compose(
                        chosen ->
                            chosen
                                .map(settled -> keep(connection, reader, settled))
                                .orElseGet(Future::succeededFuture)))
        .recover(PostgresFailures::unavailable);
  }

  /** Whoever asks for two more at once has them counted one after the other. */
  private static Future<Integer> favourites(
      SqlConnection connection, Reader reader, boolean counting) {
    if (!counting) {
      return Future.succeededFuture(0);
    }
    Tuple user = Tuple.of(reader.user().value());
    return Rows.run(
            connection,
            "select pg_advisory_xact_lock(hashtextextended('favourites ' || $1::uuid::text, 0))",
            user)
        .compose(
            locked ->
                connection
                    .preparedQuery(
                        "select account from room_members where account = $1 and favourite")
                    .execute(user))
        .map(rows -> rows.size());
  }

  private static Future<Optional<Held>> held(
      SqlConnection connection, Reader reader, int favourites) {
    return connection
        .preparedQuery(
            "select "
                + MEMBER
                + " from room_members m where m.room = $1 and m.account = $2 for update of m")
        .execute(Tuple.of(reader.room().value(), reader.user().value()))
        .map(rows -> Rows.first(rows, PostgresRoomRows::membership))
        .map(found -> found.map(Membership::reading))
        .map(found -> found.map(reading -> new Held(reading.settings(), favourites)));
  }

  private Future<Void> keep(SqlConnection connection, Reader reader, Chosen chosen) {
    Settings settings = chosen.settings();
    return Rows.run(
            connection,
            """
            update room_members
               set favourite = $3, notifications = $4, snoozed_until = $5, hidden_seq = $6, hidden_n = $7
             where room = $1 and account = $2""",
            Tuple.from(
                Arrays.asList(
                    reader.room().value(),
                    reader.user().value(),
                    settings.favourite(),
                    settings.notifications().word(),
                    settings.snoozedUntil().map(Rows::utc).orElse(null),
                    settings.hidden().map(Marker::seq).orElse(null),
                    settings.hidden().map(Marker::n).orElse(null))))
        .compose(done -> changes.owe(connection, chosen.told()))
        .mapEmpty();
  }
}
