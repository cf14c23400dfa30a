package io.parley.stores.postgres;

import io.parley.accounts.Turnover;
import io.parley.accounts.UserId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Who came and who went, as the rows of accounts tell: they commit with it. The ids of accounts are
 * UUIDv7s, so that their key has them in the order in which they came.
 */
public final class PostgresTurnover implements Turnover {
  private static final int TIME_SHIFT = 16;

  private final Pool pool;

  public PostgresTurnover(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<List<Turn>> came(Place after, int limit) {
    UUID place =
        after.id().getMostSignificantBits() == 0
            ? new UUID(after.at() << TIME_SHIFT, 0)
            : after.id();
    return turns(
        "select id from accounts where id > $1 order by id limit $2",
        Tuple.of(place, limit),
        row -> came(row.getUUID("id")));
  }

  private static Turn came(UUID id) {
    return new Turn(new UserId(id), id.getMostSignificantBits() >>> TIME_SHIFT);
  }

  @Override
  public Future<List<Turn>> gone(Place after, int limit) {
    return turns(
        """
        select id, deleted_at from accounts
         where deleted_at is not null
           and deleted_at >= $1
           and (date_trunc('milliseconds', deleted_at) > $1 or id > $2)
         order by date_trunc('milliseconds', deleted_at), id limit $3""",
        Tuple.of(Rows.utc(Instant.ofEpochMilli(after.at())), after.id(), limit),
        row ->
            new Turn(
                new UserId(row.getUUID("id")), Rows.instant(row, "deleted_at").toEpochMilli()));
  }

  private Future<List<Turn>> turns(String sql, Tuple values, Function<Row, Turn> turn) {
    return pool.preparedQuery(sql)
        .execute(values)
        .map(rows -> Rows.all(rows, turn))
        .recover(PostgresFailures::unavailable);
  }
}
