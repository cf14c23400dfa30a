package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresLogRows.column;

import io.parley.log.LogStore.Strand;
import io.parley.log.LogStore.Tally;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** Messages that stand in the threads of others. */
final class PostgresThreads {
  /** Those in the thread of the message at $7. */
  static final String RANGE =
      """
      log = $1 and scope = $2 and target = $7 and kind = 'message' and seq >= $3 and seq <= $4""";

  /** When authors wrote their newest message: among the others of a room, or in a thread. */
  static final String WROTE =
      """
      select asked.author, max(newest.at) as at
        from unnest($3::uuid[]) asked (author)
       cross join lateral (
         (select e.at from log_entries e
           where e.log = $1 and e.scope = $2 and e.author = asked.author and e.countable
           order by e.seq desc limit 1)
         union all
         (select e.at from log_entries e
           where e.log = $1 and e.scope = $2 and e.author = asked.author
             and e.kind = 'message' and e.target is not null
           order by e.seq desc limit 1)) newest
       group by asked.author""";

  /** What $3 has said after $4, among the others of a room and in threads. */
  static final String SAID =
      """
      select %s from (
        (select %s from log_entries
          where log = $1 and scope = $2 and author = $3 and countable and seq > $4
          order by seq limit $5)
        union all
        (select %s from log_entries
          where log = $1 and scope = $2 and author = $3
            and kind = 'message' and target is not null and seq > $4
          order by seq limit $5)) said
       order by seq
       limit $5"""
          .formatted(PostgresLogRows.SHOWN, PostgresLogRows.SHOWN, PostgresLogRows.SHOWN);

  /** What is swept for threads, as its index has it. */
  private static final String WOVEN_IN =
      "((kind = 'message' and target is not null) or kind in ('edit', 'delete'))";

  /**
   * The places of such entries of some shards $1 from a time $2 on, as {@link PostgresLogSweeps}.
   */
  static final String WOVEN =
      """
      with ends as (
        select max(at) as through, count(*) as found
          from (select e.at
                  from unnest($1::smallint[]) as s (shard)
                 cross join lateral (
                   select at from log_entries
                    where shard = s.shard and at >= $2 and %s order by at limit $3) e
                 order by e.at limit $3) page
      )
      select e.log, e.scope, e.seq as first, e.seq as last, ends.through, ends.found
        from ends
       cross join unnest($1::smallint[]) as s (shard)
       cross join lateral (
         select log, scope, seq from log_entries
          where shard = s.shard and at >= $2 and at <= ends.through and %s) e
       order by e.log, e.scope, e.seq"""
          .formatted(WOVEN_IN, WOVEN_IN);

  private static final String STRANDS =
      """
      from unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::uuid[])
           with ordinality as asked (log, scope, root, first, last, reader, place)
       order by asked.place""";

  private static final String OF_STRAND =
      """
      e.log = asked.log and e.scope = asked.scope and e.target = asked.root
      and e.kind = 'message' and e.target is not null""";

  /** What of each strand the reader wrote, and what mentions them, or everybody, who is $7. */
  static final String TALLIES =
      """
      select (select count(*) from log_entries e
               where %s and e.author = asked.reader
                 and e.seq between asked.first and asked.last) as own,
             (select count(distinct m.seq)
                from log_mentions m join log_entries e on e.seq = m.seq
               where %s and m.log = asked.log and m.account in (asked.reader, $7)
                 and m.author <> asked.reader
                 and m.seq between asked.first and asked.last) as mentions
      %s"""
          .formatted(OF_STRAND, OF_STRAND, STRANDS);

  static final String LENGTHS =
      """
      select (select count(*) from log_entries e
               where %s and e.seq between asked.first and asked.last) as length
      %s"""
          .formatted(OF_STRAND, STRANDS);

  private PostgresThreads() {}

  static Tuple strands(List<Strand> strands) {
    return Tuple.tuple()
        .addArrayOfUUID(column(strands, UUID.class, each -> each.log().id()))
        .addArrayOfShort(column(strands, Short.class, each -> PostgresLogRows.scope(each.log())))
        .addArrayOfLong(column(strands, Long.class, Strand::root))
        .addArrayOfLong(column(strands, Long.class, Strand::first))
        .addArrayOfLong(column(strands, Long.class, Strand::last))
        .addArrayOfUUID(column(strands, UUID.class, each -> each.reader().value()));
  }

  static Tally tally(Row row) {
    return new Tally(row.getLong("own"), row.getLong("mentions"));
  }
}
