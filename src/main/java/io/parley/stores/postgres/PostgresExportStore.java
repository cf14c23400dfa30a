package io.parley.stores.postgres;

import io.parley.accounts.ExportStore;
import io.parley.accounts.UserId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;

/** Exports in PostgreSQL: an account's row lets one at a time begin, whoever asks. */
public final class PostgresExportStore implements ExportStore {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MOMENT = Duration.ofSeconds(5);

  private final Pool pool;

  public PostgresExportStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Duration> begin(UserId user, Instant now, int perHour, Duration running) {
    return rows(
            """
            insert into exports (account, hour_began, count, running_since)
            values ($1, $2, 1, $2)
            on conflict (account) do update
               set hour_began = case when exports.hour_began <= $3 then $2
                                else exports.hour_began end,
                   count = case when exports.hour_began <= $3 then 1 else exports.count + 1 end,
                   running_since = $2
             where (exports.running_since is null or exports.running_since <= $4)
               and (exports.hour_began <= $3 or exports.count < $5)
            returning account""",
            Tuple.of(
                user.value(),
                Rows.utc(now),
                Rows.utc(now.minus(HOUR)),
                Rows.utc(now.minus(running)),
                perHour))
        .compose(
            begun ->
                begun.size() > 0
                    ? Future.succeededFuture(Duration.ZERO)
                    : untilNext(user, now, perHour));
  }

  private Future<Duration> untilNext(UserId user, Instant now, int perHour) {
    return rows("select hour_began, count from exports where account = $1", Tuple.of(user.value()))
        .map(
            rows ->
                Rows.first(rows, row -> row)
                    .filter(row -> row.getInteger("count") >= perHour)
                    .map(row -> Duration.between(now, Rows.instant(row, "hour_began").plus(HOUR)))
                    .filter(wait -> wait.compareTo(MOMENT) > 0)
                    .orElse(MOMENT));
  }

  @Override
  public Future<Void> end(UserId user) {
    return rows(
            "update exports set running_since = null where account = $1", Tuple.of(user.value()))
        .mapEmpty();
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
