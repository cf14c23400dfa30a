package io.parley.stores.postgres;

import io.parley.log.LogStore.Stretch;
import io.parley.log.LogStore.Swath;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reading many logs at once, for those who follow all of them. */
final class PostgresLogSweeps {
  /** Each shard is read along its index, however much has come before or since. */
  static final String SWATH =
      """
      with ends as (
        select max(at) as through, count(*) as found
          from (select e.at
                  from unnest($1::smallint[]) as s (shard)
                 cross join lateral (
                   select at from log_entries
                    where shard = s.shard and at >= $2 order by at limit $3) e
                 order by e.at limit $3) page
      )
      select e.log, e.scope, min(e.seq) as first, max(e.seq) as last, ends.through, ends.found
        from ends
       cross join unnest($1::smallint[]) as s (shard)
       cross join lateral (
         select log, scope, seq from log_entries
          where shard = s.shard and at >= $2 and at <= ends.through) e
       group by e.log, e.scope, ends.through, ends.found
       order by e.log, e.scope""";

  static final String SHOWN =
      """
      select %s
        from unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::bigint[])
             with ordinality as asked (of_log, of_scope, first, last, place)
       cross join lateral (
         select %s from log_entries e
          where e.log = asked.of_log and e.scope = asked.of_scope
            and e.seq >= asked.first and e.seq <= asked.last) found
       order by asked.place, seq"""
          .formatted(PostgresLogRows.SHOWN, PostgresLogRows.SHOWN);

  static final String LASTS =
      """
      select %s from (
        select last.*, asked.place,
               sum(octet_length(last.body) + coalesce(octet_length(last.state), 0))
                 over (order by asked.place) as filled
          from unnest($1::uuid[], $2::smallint[], $3::bigint[])
               with ordinality as asked (log, scope, seq, place)
         cross join lateral (
           select * from (
             select %s from log_entries e
              where e.log = asked.log and e.scope = asked.scope and e.seq > asked.seq
              order by e.seq desc limit $5) newest
            where newest.countable
            order by newest.seq desc limit 1) last) sized
       where filled <= $4
       order by place"""
          .formatted(PostgresLogRows.SHOWN, PostgresLogRows.SHOWN);

  private PostgresLogSweeps() {}

  static Tuple swath(List<Integer> shards, long from, int limit) {
    Short[] numbers = PostgresLogRows.column(shards, Short.class, Integer::shortValue);
    return Tuple.tuple().addArrayOfShort(numbers).addLong(from).addInteger(limit);
  }

  static Swath swath(RowSet<Row> rows, int limit) {
    List<Stretch> stretches = new ArrayList<>();
    Optional<Long> next = Optional.empty();
    for (Row row : rows) {
      stretches.add(
          new Stretch(PostgresLogRows.log(row), row.getLong("first"), row.getLong("last")));
      next = row.getLong("found") < limit ? next : Optional.of(row.getLong("through") + 1);
    }
    return new Swath(stretches, next);
  }
}
