package io.parley.stores.postgres;

import io.parley.log.FollowerStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;

/** Positions of followers in PostgreSQL, whose clock says when a claim has run out. */
public final class PostgresFollowerStore implements FollowerStore {
  private final Pool pool;

  public PostgresFollowerStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Void> begin(String follower, long from) {
    return rows(
            """
            insert into log_followers (follower, part, swept, begun, claimed_until)
            select $1, part, $2, $2, '-infinity' from generate_series(0, $3 - 1) as part
            on conflict (follower, part) do nothing""",
            Tuple.of(follower, from, PARTS))
        .mapEmpty();
  }

  /**
   * What the holder writes of a part locks its row for a moment. For its own rows that is waited
   * for: a part that is left out would be as good as lost. Nobody waits for others, and own rows
   * come first, so that no two wait for each other.
   */
  @Override
  public Future<List<Claim>> claim(String follower, String holder, Duration time) {
    return rows(
            """
            with own as (
              select part from log_followers
               where follower = $1 and holder = $2
               order by part
                 for update
            ), free as (
              select part from log_followers
               where follower = $1 and holder is distinct from $2
                 and claimed_until < clock_timestamp()
                 and (select count(*) from own) >= 0
               order by part
                 for update skip locked
            )
            update log_followers f
               set holder = $2,
                   claimed_until = clock_timestamp() + $3 * interval '1 millisecond'
              from (select part from own union all select part from free) taken
             where f.follower = $1 and f.part = taken.part
            returning f.part, f.swept""",
            Tuple.of(follower, holder, (double) time.toMillis()))
        .map(
            rows -> Rows.all(rows, row -> new Claim(row.getInteger("part"), row.getLong("swept"))));
  }

  @Override
  public Future<Void> advance(String follower, int part, String holder, long swept) {
    return rows(
            """
            update log_followers set swept = greatest(swept, $4)
             where follower = $1 and part = $2 and holder = $3""",
            Tuple.of(follower, part, holder, swept))
        .mapEmpty();
  }

  @Override
  public Future<Void> release(String follower, String holder) {
    return rows(
            """
            with own as (
              select part from log_followers
               where follower = $1 and holder = $2
               order by part
                 for update
            )
            update log_followers f set holder = null, claimed_until = '-infinity'
              from own
             where f.follower = $1 and f.part = own.part""",
            Tuple.of(follower, holder))
        .mapEmpty();
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
