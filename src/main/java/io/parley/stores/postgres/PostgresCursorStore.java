package io.parley.stores.postgres;

import io.parley.log.CursorStore;
import io.parley.log.LogId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Cursors of followers in PostgreSQL, beside the claims by which they are somebody's. */
public final class PostgresCursorStore implements CursorStore {
  private final Pool pool;

  public PostgresCursorStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Optional<Reached>> reached(Hold hold, Duration left, Collection<LogId> logs) {
    List<LogId> asked = List.copyOf(logs);
    return rows(
            """
            select f.begun, c.log, c.scope, c.seq
              from log_followers f
              left join (
                select c.log, c.scope, c.seq
                  from unnest($5::uuid[], $6::smallint[]) asked (log, scope)
                  join log_follower_cursors c
                    on c.follower = $1 and c.log = asked.log and c.scope = asked.scope) c on true
             where f.follower = $1 and f.part = $2 and f.holder = $3
               and f.claimed_until > clock_timestamp() + $4 * interval '1 millisecond'""",
            held(hold)
                .addValue((double) left.toMillis())
                .addArrayOfUUID(ids(asked))
                .addArrayOfShort(scopes(asked)))
        .map(PostgresCursorStore::reached);
  }

  /** One row without a log where there are no cursors; none at all where there is no claim. */
  private static Optional<Reached> reached(RowSet<Row> rows) {
    Optional<Long> begun = Rows.first(rows, row -> row.getLong("begun"));
    Map<LogId, Long> places = new HashMap<>();
    for (Row row : rows) {
      Long seq = row.getLong("seq");
      if (seq != null) {
        places.put(PostgresLogRows.log(row), seq);
      }
    }
    return begun.map(from -> new Reached(from, places));
  }

  @Override
  public Future<Boolean> reach(Hold hold, Map<LogId, Long> places) {
    List<LogId> logs = List.copyOf(places.keySet());
    return rows(
            """
            with held as (
              select 1 as yes from log_followers
               where follower = $1 and part = $2 and holder = $3
                 for share
            ), written as (
              insert into log_follower_cursors as c (follower, log, scope, seq)
              select $1, log, scope, seq
                from unnest($4::uuid[], $5::smallint[], $6::bigint[]) fresh (log, scope, seq)
               where exists (select from held)
              on conflict (follower, log, scope)
              do update set seq = greatest(c.seq, excluded.seq)
            )
            select yes from held""",
            held(hold)
                .addArrayOfUUID(ids(logs))
                .addArrayOfShort(scopes(logs))
                .addArrayOfLong(PostgresLogRows.column(logs, Long.class, places::get)))
        .map(found -> found.size() > 0);
  }

  private static Tuple held(Hold hold) {
    return Tuple.of(hold.follower(), hold.part(), hold.holder());
  }

  private static UUID[] ids(List<LogId> logs) {
    return PostgresLogRows.column(logs, UUID.class, LogId::id);
  }

  private static Short[] scopes(List<LogId> logs) {
    return PostgresLogRows.column(logs, Short.class, PostgresLogRows::scope);
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
