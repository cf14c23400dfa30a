package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.log.Entry;
import io.parley.log.LogId;
import io.parley.log.LogStore.Top;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How entries become columns and rows become entries. */
final class PostgresLogRows {
  static final String COLUMNS =
      "log, scope, seq, n, at, id, kind, author, author_name, cid, target, countable, version,"
          + " expels, body, digest";

  /** One statement for a batch of any size, over any number of logs: whole or not at all. */
  static final String INSERT =
      """
      insert into log_entries (
        log, scope, shard, seq, n, at, id, kind, author, author_name, cid, target, countable,
        version, expels, body, digest)
      select log, scope, shard, seq, n, at, id, kind, author, author_name, cid, target, countable,
             version, expels, body, digest
        from unnest($1::uuid[], $2::smallint[], $3::smallint[], $4::bigint[], $5::bigint[],
                    $6::bigint[], $7::uuid[], $8::text[], $9::uuid[], $10::text[], $11::text[],
                    $12::bigint[], $13::boolean[], $14::bigint[], $15::uuid[], $16::text[],
                    $17::uuid[])
             as batch (log, scope, shard, seq, n, at, id, kind, author, author_name, cid, target,
                       countable, version, expels, body, digest)""";

  private PostgresLogRows() {}

  static Tuple columns(List<Entry> batch) {
    return Tuple.tuple()
        .addArrayOfUUID(column(batch, UUID.class, entry -> entry.log().id()))
        .addArrayOfShort(column(batch, Short.class, entry -> scope(entry.log())))
        .addArrayOfShort(column(batch, Short.class, entry -> (short) entry.log().shard()))
        .addArrayOfLong(column(batch, Long.class, Entry::seq))
        .addArrayOfLong(column(batch, Long.class, Entry::n))
        .addArrayOfLong(column(batch, Long.class, Entry::at))
        .addArrayOfUUID(column(batch, UUID.class, Entry::id))
        .addArrayOfString(column(batch, String.class, Entry::kind))
        .addArrayOfUUID(column(batch, UUID.class, entry -> entry.author().value()))
        .addArrayOfString(column(batch, String.class, Entry::name))
        .addArrayOfString(column(batch, String.class, Entry::cid))
        .addArrayOfLong(column(batch, Long.class, entry -> entry.target().orElse(null)))
        .addArrayOfBoolean(column(batch, Boolean.class, Entry::countable))
        .addArrayOfLong(column(batch, Long.class, entry -> entry.version().orElse(null)))
        .addArrayOfUUID(
            column(batch, UUID.class, entry -> entry.expels().map(UserId::value).orElse(null)))
        .addArrayOfString(column(batch, String.class, Entry::body))
        .addArrayOfUUID(column(batch, UUID.class, Entry::digest));
  }

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

  private static LogId log(Row row) {
    UUID id = row.getUUID("log");
    return row.getShort("scope") == 0 ? LogId.room(id) : LogId.user(id);
  }
}
