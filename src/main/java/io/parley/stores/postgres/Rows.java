package io.parley.stores.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Small steps between rows and values that every store here takes. */
final class Rows {
  private Rows() {}

  static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
    return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
  }

  static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
    return all(rows, read).stream().findFirst();
  }

  static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** One statement within a transaction. */
  static Future<Void> run(SqlConnection connection, String sql, Tuple values) {
    return connection.preparedQuery(sql).execute(values).mapEmpty();
  }

  /** One statement with each of these values within a transaction. */
  static Future<Void> runAll(SqlConnection connection, String sql, List<Tuple> values) {
    return values.isEmpty()
        ? Future.succeededFuture()
        : connection.preparedQuery(sql).executeBatch(values).mapEmpty();
  }
}
