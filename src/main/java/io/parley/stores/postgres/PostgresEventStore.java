package io.parley.stores.postgres;

import io.parley.events.EventStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;

/** Positions of consumers in PostgreSQL, whose clock says when a claim has run out. */
public final class PostgresEventStore implements EventStore {
  private final Pool pool;

  public PostgresEventStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Void> begin(String consumer, long from) {
    return rows(
            """
            insert into event_consumers (consumer, told, claimed_until)
            values ($1, $2, '-infinity')
            on conflict (consumer) do nothing""",
            Tuple.of(consumer, from))
        .mapEmpty();
  }

  @Override
  public Future<Optional<Long>> claim(String consumer, String holder, Duration time) {
    return rows(
            """
            update event_consumers
               set holder = $2,
                   claimed_until = clock_timestamp() + $3 * interval '1 millisecond'
             where consumer = $1 and (holder = $2 or claimed_until < clock_timestamp())
            returning told""",
            Tuple.of(consumer, holder, (double) time.toMillis()))
        .map(rows -> Rows.first(rows, row -> row.getLong("told")));
  }

  @Override
  public Future<Void> advance(String consumer, String holder, long told) {
    return rows(
            """
            update event_consumers set told = greatest(told, $3)
             where consumer = $1 and holder = $2""",
            Tuple.of(consumer, holder, told))
        .mapEmpty();
  }

  @Override
  public Future<Void> release(String consumer, String holder) {
    return rows(
            """
            update event_consumers set holder = null, claimed_until = '-infinity'
             where consumer = $1 and holder = $2""",
            Tuple.of(consumer, holder))
        .mapEmpty();
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
