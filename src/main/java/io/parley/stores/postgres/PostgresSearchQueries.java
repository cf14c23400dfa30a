package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.rooms.RoomId;
import io.parley.search.SearchStore.Spot;
import io.parley.search.SearchStore.Wanted;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/**
 * What is asked of the index.
 *
 * <p>Each of the reader's rooms is asked by itself, with its number before every word, and gives no
 * more than a page. Where words are looked for, they are found first and put in order then: a room
 * is never read from its newest message on until enough were found. Where none are, the index of
 * authors or links has them in order.
 */
final class PostgresSearchQueries {
  /** Newer states replace older ones; what is there already is not touched. */
  static final String PUT =
      """
      insert into search_messages as s (room, seq, at, rev, author, link, deleted, terms)
      select n.number, g.seq, g.at, g.rev, g.author, g.link, g.deleted,
             replace(g.words, '~', n.number || '.')::tsvector
        from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::uuid[],
                    $6::boolean[], $7::boolean[], $8::text[])
             with ordinality as g (room, seq, at, rev, author, link, deleted, words, place)
        join search_rooms n on n.room = g.room
       where $9 or not exists (
               select from search_messages o
                where o.room = n.number and o.seq = g.seq and o.rev >= g.rev)
       order by g.place
      on conflict (room, seq) do update
         set at = excluded.at, rev = excluded.rev, author = excluded.author,
             link = excluded.link, deleted = excluded.deleted, terms = excluded.terms
       where s.rev < excluded.rev or ($9 and s.rev = excluded.rev)""";

  private static final String MINE =
      """
      with mine as materialized (
        select n.number, n.room, m.since, %s as asked
          from room_members m join search_rooms n on n.room = m.room
         where m.account = $1%s
      )
      select mine.room, hit.number, hit.seq, hit.at, hit.rank
        from mine cross join lateral (%s) hit
       order by %s
       limit %s""";

  private final Tuple values = Tuple.tuple();
  private final String sql;

  PostgresSearchQueries(Wanted wanted) {
    arg(wanted.reader().value());
    String asked =
        wanted
            .query()
            .map(query -> "replace(" + arg(query) + "::text, '~', n.number || '.')::tsquery")
            .orElse("null");
    String rooms =
        wanted
            .rooms()
            .map(only -> " and m.room = any(" + arg(uuids(only)) + "::uuid[])")
            .orElse("");
    String filters = filters(wanted);
    String limit = arg(wanted.limit());
    String order = order(wanted, "number");
    String hits =
        wanted.query().isPresent()
            ? worded(wanted, filters, order, limit)
            : wordless(wanted, filters, limit);
    sql = MINE.formatted(asked, rooms, hits, order, limit);
  }

  String sql() {
    return sql;
  }

  Tuple values() {
    return values;
  }

  /** The offset keeps the order from deciding how the words are found. */
  private String worded(Wanted wanted, String filters, String order, String limit) {
    String rank = wanted.ranked() ? "ts_rank(s.terms, mine.asked, 1)" : "0::real";
    return """

      select f.number, f.seq, f.at, f.rank from (
        select s.room as number, s.seq, s.at, %s as rank from search_messages s
         where s.terms @@ mine.asked and s.room + 0 = mine.number and s.seq >= mine.since%s
        offset 0) f%s
       order by %s
       limit %s"""
        .formatted(rank, filters, beyond(wanted, "f.rank", "f.number"), order, limit);
  }

  private String wordless(Wanted wanted, String filters, String limit) {
    return """

      select s.room as number, s.seq, s.at, 0::real as rank from search_messages s
       where s.room = mine.number and s.seq >= mine.since and not s.deleted%s%s
       order by s.seq desc
       limit %s"""
        .formatted(
            filters, beyond(wanted, "0::real", "s.room").replaceFirst(" where", " and"), limit);
  }

  private String filters(Wanted wanted) {
    StringBuilder filters = new StringBuilder();
    wanted
        .authors()
        .ifPresent(
            authors -> {
              UUID[] ids = authors.stream().map(UserId::value).toArray(UUID[]::new);
              filters.append(" and s.author = any(").append(arg(ids)).append("::uuid[])");
            });
    if (wanted.link()) {
      filters.append(" and s.link");
    }
    if (wanted.since() > Long.MIN_VALUE) {
      filters.append(" and s.at >= ").append(arg(wanted.since()));
    }
    if (wanted.until() < Long.MAX_VALUE) {
      filters.append(" and s.at < ").append(arg(wanted.until()));
    }
    return filters.toString();
  }

  private static String order(Wanted wanted, String number) {
    return (wanted.ranked() ? "rank desc, " : "") + "at desc, " + number + " desc, seq desc";
  }

  /** What comes after the page before. */
  private String beyond(Wanted wanted, String rank, String number) {
    if (wanted.after().isEmpty()) {
      return "";
    }
    Spot spot = wanted.after().get();
    String best = wanted.ranked() ? rank + ", " : "";
    String place = wanted.ranked() ? arg(spot.rank()) + "::real, " : "";
    return " where (%sat, %s, seq) < (%s%s::bigint, %s::integer, %s::bigint)"
        .formatted(best, number, place, arg(spot.at()), arg(spot.number()), arg(spot.seq()));
  }

  private static UUID[] uuids(List<RoomId> rooms) {
    return rooms.stream().map(RoomId::value).toArray(UUID[]::new);
  }

  private String arg(Object value) {
    values.addValue(value);
    return "$" + values.size();
  }
}
