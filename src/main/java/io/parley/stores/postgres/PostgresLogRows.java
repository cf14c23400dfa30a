package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.log.Entry;
import io.parley.log.LogId;
import io.parley.log.LogStore.Identity;
import io.parley.log.LogStore.Top;
import io.parley.log.MessageState;
import io.parley.log.Shown;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** How entries become columns and rows become entries. */
final class PostgresLogRows {
  static final String COLUMNS =
      "log, scope, seq, n, at, id, kind, author, author_name, cid, target, countable, version,"
          + " expels, body, digest";

  /** The same with what has become of the entry. */
  static final String SHOWN = COLUMNS + ", state";

  private PostgresLogRows() {}

  /** One value of each, as an array of the driver's. */
  static <E, T> T[] column(List<E> from, Class<T> type, Function<E, @Nullable T> value) {
    // Only an array of this very component type is made here.
    @SuppressWarnings("unchecked")
    T[] column = (T[]) Array.newInstance(type, from.size());
    for (int i = 0; i < column.length; i++) {
      Array.set(column, i, value.apply(from.get(i)));
    }
    return column;
  }

  /** The number of a scope; never changes, since rows carry it. */
  static short scope(LogId log) {
    return (short) (log.scope() == LogId.Scope.ROOM ? 0 : 1);
  }

  static Identity identity(Row row) {
    byte[] key = row.getBuffer("digest_key").getBytes();
    return new Identity(row.getInteger("epoch"), new SecretKeySpec(key, "HmacSHA256"));
  }

  static Top top(Row row) {
    LogId log = log(row);
    Long seq = row.getLong("seq");
    if (seq == null) {
      return Top.empty(log);
    }
    long version = Optional.ofNullable(row.getLong("version")).orElse(0L);
    return new Top(log, seq, row.getLong("n"), row.getLong("at"), row.getUUID("id"), version);
  }

  static Entry entry(Row row) {
    return new Entry(
        log(row),
        row.getLong("seq"),
        row.getLong("n"),
        row.getLong("at"),
        row.getUUID("id"),
        row.getString("kind"),
        new UserId(row.getUUID("author")),
        row.getString("author_name"),
        row.getString("cid"),
        Optional.ofNullable(row.getLong("target")),
        row.getBoolean("countable"),
        Optional.ofNullable(row.getLong("version")),
        Optional.ofNullable(row.getUUID("expels")).map(UserId::new),
        row.getString("body"),
        row.getUUID("digest"));
  }

  static Shown shown(Row row) {
    String state = row.getString("state");
    return new Shown(entry(row), state == null ? MessageState.FRESH : MessageState.parse(state));
  }

  /** When authors wrote. */
  static Map<UserId, Long> times(RowSet<Row> rows) {
    Map<UserId, Long> times = new HashMap<>();
    rows.forEach(row -> times.put(new UserId(row.getUUID("author")), row.getLong("at")));
    return times;
  }

  static LogId log(Row row) {
    UUID id = row.getUUID("log");
    return row.getShort("scope") == 0 ? LogId.room(id) : LogId.user(id);
  }
}
