package io.parley.stores.postgres;

import io.parley.audit.AuditApi.Noted;
import io.parley.audit.AuditApi.Query;
import io.parley.audit.AuditEntry;
import io.parley.audit.AuditStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The audit log in PostgreSQL, whose triggers see to it that nothing in it changes. */
public final class PostgresAuditStore implements AuditStore {
  private final Pool pool;

  public PostgresAuditStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Void> add(List<AuditEntry> entries) {
    return pool.withTransaction(connection -> PostgresAuditRows.add(connection, entries))
        .recover(PostgresFailures::unavailable);
  }

  @Override
  public Future<List<Noted>> read(Query query, Optional<Place> before, int limit) {
    Filter filter = new Filter();
    query.actor().ifPresent(actor -> filter.where("a.actor = $%d", actor));
    query.subject().ifPresent(subject -> filter.where("a.subject = $%d", subject));
    query.act().ifPresent(act -> filter.where("a.act = $%d", act));
    query.from().ifPresent(from -> filter.where("a.at >= $%d", Rows.utc(from)));
    query.until().ifPresent(until -> filter.where("a.at < $%d", Rows.utc(until)));
    before.ifPresent(
        place -> {
          filter.where("a.at <= $%d", Rows.utc(place.at()));
          filter.where("(a.at < $%1$d or a.id < $%2$d)", Rows.utc(place.at()), place.id());
        });
    return pool.preparedQuery(filter.sql())
        .execute(filter.values(limit))
        .map(rows -> Rows.all(rows, PostgresAuditRows::noted))
        .recover(PostgresFailures::unavailable);
  }

  /** Conditions of ours with values of theirs: one statement for each choice of conditions. */
  private static final class Filter {
    private final StringBuilder conditions = new StringBuilder();
    private final Tuple values = Tuple.tuple();

    void where(String condition, Object value) {
      values.addValue(value);
      conditions.append(" and ").append(condition.formatted(values.size()));
    }

    void where(String condition, Object one, Object other) {
      values.addValue(one).addValue(other);
      conditions.append(" and ").append(condition.formatted(values.size() - 1, values.size()));
    }

    String sql() {
      return """
          select a.id, a.at, a.actor, a.act, a.subject, a.details::text as details,
                 place.value as address, why.value as reason
            from audit a
            left join audit_private place on place.audit = a.id and place.kind = 'address'
            left join audit_private why on why.audit = a.id and why.kind = 'reason'
           where true"""
          + conditions
          + " order by a.at desc, a.id desc limit $"
          + (values.size() + 1);
    }

    Tuple values(int limit) {
      return values.addValue(limit);
    }
  }

  @Override
  public Future<Integer> forget(Instant before, Instant addressesBefore, int limit) {
    return pool.withTransaction(
            connection ->
                connection
                    .query("select set_config('parley.retention', 'audit', true)")
                    .execute()
                    .compose(
                        marked ->
                            count(
                                connection,
                                """
                                delete from audit where id in
                                  (select id from audit where at < $1 order by at limit $2
                                      for update skip locked)""",
                                before,
                                limit))
                    .compose(
                        gone ->
                            count(
                                    connection,
                                    """
                                    delete from audit_private where (audit, kind) in
                                      (select audit, kind from audit_private
                                        where kind = 'address' and at < $1 limit $2
                                          for update skip locked)""",
                                    addressesBefore,
                                    limit)
                                .map(more -> Math.max(gone, more))))
        .recover(PostgresFailures::unavailable);
  }

  private static Future<Integer> count(
      SqlConnection connection, String sql, Instant before, int limit) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(Rows.utc(before), limit))
        .map(rows -> rows.rowCount());
  }
}
