package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.log.AuthorStore;
import io.parley.log.Entry;
import io.parley.log.LogId;
import io.parley.log.Shown;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/** Authors in PostgreSQL: the keys of entries serve their pages. */
public final class PostgresAuthorStore implements AuthorStore {
  private final Pool pool;

  public PostgresAuthorStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Optional<String>> rename(
      LogId log, UserId author, String name, String after, int limit) {
    return rows(
            """
            with page as (
              select seq, cid from log_entries
               where log = $1 and scope = $2 and author = $3 and cid > $4
               order by cid
               limit $5
            ), renamed as (
              update log_entries e set author_name = $6 from page p
               where e.log = $1 and e.scope = $2 and e.seq = p.seq and e.author_name <> $6
            )
            select max(cid) as last from page""",
            Tuple.of(log.id(), PostgresLogRows.scope(log), author.value(), after, limit, name))
        .map(rows -> Optional.ofNullable(rows.iterator().next().getString("last")));
  }

  @Override
  public Future<List<Entry>> changes(LogId log, long afterVersion, int limit) {
    return rows(
            "select "
                + PostgresLogRows.COLUMNS
                + """
                  from log_entries
                where log = $1 and scope = $2 and version is not null and version > $3
                order by version
                limit $4""",
            Tuple.of(log.id(), PostgresLogRows.scope(log), afterVersion, limit))
        .map(rows -> Rows.all(rows, PostgresLogRows::entry));
  }

  @Override
  public Future<Void> rewrite(LogId log, long seq, String body) {
    return rows(
            "update log_entries set body = $4 where log = $1 and scope = $2 and seq = $3",
            Tuple.of(log.id(), PostgresLogRows.scope(log), seq, body))
        .mapEmpty();
  }

  @Override
  public Future<List<Shown>> said(LogId log, UserId author, long after, int limit) {
    return rows(
            PostgresThreads.SAID,
            Tuple.of(log.id(), PostgresLogRows.scope(log), author.value(), after, limit))
        .map(rows -> Rows.all(rows, PostgresLogRows::shown));
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
