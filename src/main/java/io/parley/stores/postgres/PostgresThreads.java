package io.parley.stores.postgres;

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

  private PostgresThreads() {}
}
