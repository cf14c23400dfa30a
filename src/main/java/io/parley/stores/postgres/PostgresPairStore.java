package io.parley.stores.postgres;

import io.parley.rooms.PairStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;

/** Changes between pairs in PostgreSQL, whose clock says how old they are. */
public final class PostgresPairStore implements PairStore {
  private final Pool pool;

  public PostgresPairStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<List<Changed>> changed(Duration within, String after, int limit) {
    return pool.preparedQuery(
            """
            select c.pair, r.id
              from pair_changes c join rooms r on r.direct_pair = c.pair
             where c.changed_at > clock_timestamp() - $1 * interval '1 millisecond' and c.pair > $2
             order by c.pair
             limit $3""")
        .execute(Tuple.of((double) within.toMillis(), after, limit))
        .recover(PostgresFailures::unavailable)
        .map(
            rows ->
                Rows.all(
                    rows, row -> new Changed(row.getString("pair"), PostgresRoomRows.id(row))));
  }
}
