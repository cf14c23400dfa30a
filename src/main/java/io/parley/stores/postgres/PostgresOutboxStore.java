package io.parley.stores.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.parley.json.Json;
import io.parley.log.Draft;
import io.parley.log.LogId;
import io.parley.log.Standing;
import io.parley.rooms.OutboxStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The outbox in PostgreSQL, beside the rooms whose changes fill it. */
public final class PostgresOutboxStore implements OutboxStore {
  /** The entries with which a member begins to read; they may have become something else since. */
  private static final Set<String> ARRIVALS = Set.of("create", "join");

  private final Pool pool;

  public PostgresOutboxStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<List<Pending>> of(LogId log, int limit) {
    return pool.preparedQuery(
            "select id, log, draft from outbox where log = $1 order by position limit $2")
        .execute(Tuple.of(log.toString(), limit))
        .map(rows -> Rows.all(rows, this::pending))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<List<LogId>> olderThan(Instant time, int limit) {
    return pool.preparedQuery("select distinct log from outbox where created_at < $1 limit $2")
        .execute(Tuple.of(Rows.utc(time), limit))
        .map(rows -> Rows.all(rows, row -> LogId.parse(row.getString("log")).orElseThrow()))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<Void> settle(Pending pending, long seq, long n) {
    return pool.withTransaction(
            connection ->
                forget(connection, pending)
                    .compose(done -> startMarker(connection, pending, seq, n)))
        .recover(PostgresFailures::unavailable);
  }

  private static Future<Void> forget(SqlConnection connection, Pending pending) {
    return connection
        .preparedQuery("delete from outbox where id = $1")
        .execute(Tuple.of(pending.id()))
        .mapEmpty();
  }

  /**
   * What was read before the entry had its place began somewhere else. Rows of which nobody noted
   * with which version their owner came are told by having no beginning.
   */
  private static Future<Void> startMarker(
      SqlConnection connection, Pending pending, long seq, long n) {
    Optional<Draft.Change> arrival =
        pending
            .draft()
            .change()
            .filter(
                change -> change.standing().reads() && ARRIVALS.contains(pending.draft().kind()));
    if (arrival.isEmpty()) {
      return Future.succeededFuture();
    }
    Draft.Change change = arrival.get();
    return connection
        .preparedQuery(
            """
            update room_members
               set joined_seq = $4, joined_n = $5,
                   read_n = case when read_seq < $4 then $5 else read_n end,
                   read_seq = greatest(read_seq, $4),
                   since = case when since = $6 then $4 else since end
             where room = $1 and account = $2
               and (came_version = $3
                    or (came_version = 0 and version >= $3 and joined_seq = 0))""")
        .execute(
            Tuple.of(
                pending.log().id(),
                change.user().value(),
                change.version(),
                seq,
                n,
                Standing.ENTRANCE))
        .mapEmpty();
  }

  private Pending pending(Row row) {
    try {
      return new Pending(
          row.getUUID("id"),
          LogId.parse(row.getString("log")).orElseThrow(),
          Json.mapper().readValue(row.getString("draft"), Draft.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the outbox holds an unreadable entry", e);
    }
  }
}
