package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.Entry;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.log.LogStore;
import io.parley.log.Mentions;
import io.parley.log.Revised;
import io.parley.log.Shown;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Logs in one table of PostgreSQL; the pool's connections must wait for the disk at each commit.
 */
public final class PostgresLogStore implements LogStore {
  /** A place or cid is taken; a deadlock was broken; transactions could not be put in order. */
  private static final Set<String> CONFLICTS = Set.of("23505", "40P01", "40001");

  private final Pool pool;

  public PostgresLogStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Identity> identity() {
    return ask("select epoch, digest_key from log_store", Tuple.tuple())
        .map(rows -> PostgresLogRows.identity(rows.iterator().next()));
  }

  @Override
  public Future<List<Top>> tops(List<LogId> logs) {
    String sql =
        """
        select asked.log, asked.scope, top.seq, top.n, top.at, top.id, changed.version
          from unnest($1::uuid[], $2::smallint[]) with ordinality as asked (log, scope, place)
          left join lateral (
            select seq, n, at, id from log_entries e
             where e.log = asked.log and e.scope = asked.scope
             order by seq desc limit 1) top on true
          left join lateral (
            select version from log_entries e
             where e.log = asked.log and e.scope = asked.scope and version is not null
             order by version desc limit 1) changed on true
         order by asked.place""";
    Tuple asked = logs(logs, Function.identity());
    return ask(sql, asked).map(rows -> Rows.all(rows, PostgresLogRows::top));
  }

  /** Entries and states are written together; nothing is ever done by half. */
  @Override
  public Future<List<Top>> open(List<LogId> logs) {
    return tops(logs);
  }

  @Override
  public Future<List<Entry>> find(List<Cid> cids) {
    String sql =
        "select %s from unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::text[])"
            + " as asked (log, scope, author, cid)"
            + " join log_entries e using (log, scope, author, cid)";
    Tuple asked =
        logs(cids, Cid::log)
            .addArrayOfUUID(PostgresLogRows.column(cids, UUID.class, cid -> cid.author().value()))
            .addArrayOfString(PostgresLogRows.column(cids, String.class, Cid::cid));
    return ask(sql.formatted(PostgresLogRows.COLUMNS), asked)
        .map(rows -> Rows.all(rows, PostgresLogRows::entry));
  }

  @Override
  public Future<Void> append(List<Entry> batch, List<Revised> revised) {
    PostgresMentions mentions = PostgresMentions.of(batch, revised);
    boolean plain = revised.isEmpty() && mentions.isEmpty();
    return pool.preparedQuery(
            plain ? PostgresLogWrites.INSERT : PostgresLogWrites.INSERT_AND_REVISE)
        .execute(
            plain
                ? PostgresLogWrites.columns(batch)
                : PostgresLogWrites.columns(batch, revised, mentions))
        .<Void>mapEmpty()
        .recover(cause -> Future.failedFuture(new Fault(outcome(cause), cause)));
  }

  @Override
  public Future<List<Entry>> read(LogId log, long after, long through, int limit, long bytes) {
    return page("log = $1 and scope = $2 and seq > $3 and seq <= $4", "seq", "seq")
        .apply(log, after, through, limit, bytes)
        .map(rows -> Rows.all(rows, PostgresLogRows::entry));
  }

  @Override
  public Future<List<Shown>> visible(
      LogId log, long from, long through, boolean newest, int limit, long bytes) {
    String range =
        "log = $1 and scope = $2 and seq >= $3 and seq <= $4 and (target is null or kind = 'pin')";
    return page(range, newest ? "seq desc" : "seq", "seq")
        .apply(log, from, through, limit, bytes)
        .map(rows -> Rows.all(rows, PostgresLogRows::shown));
  }

  @Override
  public Future<List<Shown>> thread(
      LogId log, long root, long from, long through, boolean newest, int limit, long bytes) {
    return page(PostgresThreads.RANGE, newest ? "seq desc" : "seq", "seq", root)
        .apply(log, from, through, limit, bytes)
        .map(rows -> Rows.all(rows, PostgresLogRows::shown));
  }

  @Override
  public Future<List<Shown>> at(LogId log, List<Long> places) {
    String sql =
        "select %s from log_entries where log = $1 and scope = $2 and seq = any($3) order by seq"
            .formatted(PostgresLogRows.SHOWN);
    Tuple asked =
        Tuple.of(log.id(), PostgresLogRows.scope(log)).addArrayOfLong(places.toArray(Long[]::new));
    return ask(sql, asked).map(rows -> Rows.all(rows, PostgresLogRows::shown));
  }

  @Override
  public Future<List<Long>> pins(LogId log) {
    return ask(
            "select seq from log_entries where log = $1 and scope = $2 and pinned is not null",
            Tuple.of(log.id(), PostgresLogRows.scope(log)))
        .map(rows -> Rows.all(rows, row -> row.getLong("seq")));
  }

  @Override
  public Future<List<Shown>> pinned(LogId log, long from, long before, int limit, long bytes) {
    String range = "log = $1 and scope = $2 and seq >= $3 and pinned < $4";
    return page(range, "pinned desc", "pinned desc")
        .apply(log, from, before, limit, bytes)
        .map(rows -> Rows.all(rows, PostgresLogRows::shown));
  }

  @Override
  public Future<List<Entry>> edits(LogId log, long target, long after, int limit, long bytes) {
    String range = "log = $1 and scope = $2 and target = $3 and kind = 'edit' and seq > $4";
    return page(range, "seq", "seq")
        .apply(log, target, after, limit, bytes)
        .map(rows -> Rows.all(rows, PostgresLogRows::entry));
  }

  @Override
  public Future<List<Long>> own(UserId author, List<Stretch> stretches) {
    String sql =
        """
        select (select count(*) from log_entries e
                 where e.log = asked.log and e.scope = asked.scope and e.author = $5
                   and e.seq between asked.first and asked.last and e.countable)
          from unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::bigint[])
               with ordinality as asked (log, scope, first, last, place)
         order by asked.place""";
    Tuple asked = stretches(stretches).addUUID(author.value());
    return ask(sql, asked).map(rows -> Rows.all(rows, row -> row.getLong(0)));
  }

  @Override
  public Future<Map<UserId, Long>> wrote(LogId log, List<UserId> authors) {
    Tuple asked =
        Tuple.of(log.id(), PostgresLogRows.scope(log))
            .addArrayOfUUID(PostgresLogRows.column(authors, UUID.class, UserId::value));
    return ask(PostgresThreads.WROTE, asked).map(PostgresLogRows::times);
  }

  @Override
  public Future<List<Long>> mentions(UserId reader, List<Stretch> stretches) {
    Tuple asked = stretches(stretches).addUUID(reader.value()).addUUID(Mentions.EVERYBODY.value());
    return ask(PostgresMentions.COUNT, asked).map(rows -> Rows.all(rows, row -> row.getLong(0)));
  }

  @Override
  public Future<List<Shown>> unread(UserId reader, LogApi.Place after, int limit, long bytes) {
    LogId log = after.log();
    Tuple asked = Tuple.of(log.id(), PostgresLogRows.scope(log), after.seq(), reader.value());
    asked.addInteger(limit).addLong(bytes);
    return ask(PostgresMentions.UNREAD, asked).map(rows -> Rows.all(rows, PostgresLogRows::shown));
  }

  @Override
  public Future<List<Shown>> lasts(List<LogApi.Place> places, long bytes) {
    Tuple asked =
        logs(places, LogApi.Place::log)
            .addArrayOfLong(PostgresLogRows.column(places, Long.class, LogApi.Place::seq))
            .addLong(bytes)
            .addInteger(LOOK_BACK);
    return ask(PostgresLogSweeps.LASTS, asked).map(rows -> Rows.all(rows, PostgresLogRows::shown));
  }

  @Override
  public Future<Swath> swath(List<Integer> shards, long from, int limit) {
    return ask(PostgresLogSweeps.SWATH, PostgresLogSweeps.swath(shards, from, limit))
        .map(rows -> PostgresLogSweeps.swath(rows, limit));
  }

  @Override
  public Future<Swath> woven(List<Integer> shards, long from, int limit) {
    return ask(PostgresThreads.WOVEN, PostgresLogSweeps.swath(shards, from, limit))
        .map(rows -> PostgresLogSweeps.swath(rows, limit));
  }

  @Override
  public Future<List<Tally>> tallies(List<Strand> strands) {
    Tuple asked = PostgresThreads.strands(strands).addUUID(Mentions.EVERYBODY.value());
    return ask(PostgresThreads.TALLIES, asked).map(rows -> Rows.all(rows, PostgresThreads::tally));
  }

  @Override
  public Future<List<Long>> lengths(List<Strand> strands) {
    return ask(PostgresThreads.LENGTHS, PostgresThreads.strands(strands))
        .map(rows -> Rows.all(rows, row -> row.getLong(0)));
  }

  @Override
  public Future<List<Shown>> shown(List<Stretch> stretches) {
    return ask(PostgresLogSweeps.SHOWN, stretches(stretches))
        .map(rows -> Rows.all(rows, PostgresLogRows::shown));
  }

  private static Tuple stretches(List<Stretch> stretches) {
    return logs(stretches, Stretch::log)
        .addArrayOfLong(PostgresLogRows.column(stretches, Long.class, Stretch::first))
        .addArrayOfLong(PostgresLogRows.column(stretches, Long.class, Stretch::last));
  }

  /** A part of a log, cut where what stands before an entry already fills the given bytes. */
  private interface Page {
    Future<RowSet<Row>> apply(LogId log, long third, long fourth, int limit, long bytes);
  }

  /**
   * @param taken the order in which entries are taken until the page is full
   * @param told the order in which they are told
   * @param more arguments of the range, from the seventh on
   */
  private Page page(String range, String taken, String told, long... more) {
    String sql =
        """
        select %s from (
          select page.*, sum(size) over (order by %s) as filled
            from (select %s, pinned, octet_length(body) + coalesce(octet_length(state), 0) as size
                    from log_entries where %s order by %s limit $5) page) sized
         where filled <= $6 or filled = size
         order by %s"""
            .formatted(PostgresLogRows.SHOWN, taken, PostgresLogRows.SHOWN, range, taken, told);
    return (log, third, fourth, limit, bytes) -> {
      short scope = PostgresLogRows.scope(log);
      Tuple asked = Tuple.of(log.id(), scope, third, fourth, limit, bytes);
      LongStream.of(more).forEach(asked::addLong);
      return ask(sql, asked);
    };
  }

  private static <T> Tuple logs(List<T> asked, Function<T, LogId> log) {
    return Tuple.tuple()
        .addArrayOfUUID(PostgresLogRows.column(asked, UUID.class, each -> log.apply(each).id()))
        .addArrayOfShort(
            PostgresLogRows.column(
                asked, Short.class, each -> PostgresLogRows.scope(log.apply(each))));
  }

  private Future<RowSet<Row>> ask(String sql, Tuple arguments) {
    return pool.preparedQuery(sql).execute(arguments).recover(PostgresLogStore::unavailable);
  }

  private static <T> Future<T> unavailable(Throwable cause) {
    if (cause instanceof PgException refused && !PostgresFailures.isTrouble(refused)) {
      return Future.failedFuture(cause);
    }
    return Future.failedFuture(
        Failure.of(Reason.UNAVAILABLE, "the log store cannot be reached just now"));
  }

  private static Fault.Outcome outcome(Throwable cause) {
    if (!(cause instanceof PgException refused)) {
      return Fault.Outcome.UNKNOWN;
    }
    if (CONFLICTS.contains(String.valueOf(refused.getSqlState()))) {
      return Fault.Outcome.CONFLICT;
    }
    return PostgresFailures.isTrouble(refused) ? Fault.Outcome.UNKNOWN : Fault.Outcome.REFUSED;
  }
}
