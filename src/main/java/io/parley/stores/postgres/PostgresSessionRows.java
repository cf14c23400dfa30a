package io.parley.stores.postgres;

import io.parley.accounts.Role;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.SessionStore.Living;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.SessionStore.Refreshed;
import io.parley.accounts.SessionStore.Refreshing;
import io.parley.accounts.SessionsApi.OwnSession;
import io.parley.accounts.UserId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** How sessions and their refresh tokens lie in their rows. */
final class PostgresSessionRows {
  private static final String INSERT_SESSION =
      """
      insert into sessions (id, account, device, address, created_at, refreshed_at, expires_at)
      values ($1, $2, $3, $4, $5, $5, $6)""";
  private static final String INSERT_TOKEN =
      """
      insert into refresh_tokens (hash, session, generation, created_at, expires_at)
      values ($1, $2, 1, $3, $4)""";

  private PostgresSessionRows() {}

  /** Remembers a session within a transaction. */
  static Future<Void> begin(SqlConnection connection, NewSession session) {
    return begin(connection, List.of(session));
  }

  /** Remembers sessions within a transaction. */
  static Future<Void> begin(SqlConnection connection, List<NewSession> sessions) {
    return Rows.runAll(connection, INSERT_SESSION, values(sessions))
        .compose(done -> Rows.runAll(connection, INSERT_TOKEN, tokens(sessions)));
  }

  static Refreshing taken(Row row) {
    return new Refreshing.Taken(refreshed(row));
  }

  /** What came of a token that was used before. */
  static Refreshing notTheFirst(Row row) {
    boolean late = row.getBoolean("late");
    if (late && row.getOffsetDateTime("ended_at") != null) {
      UserId user = new UserId(row.getUUID("id"));
      SessionId session = new SessionId(row.getUUID("session"));
      return new Refreshing.Replayed(new Ended(user, session, Rows.instant(row, "ended_at")));
    }
    Buffer next = row.getBuffer("next_hash");
    Buffer salt = row.getBuffer("salt");
    return late || next == null || salt == null
        ? new Refreshing.Refused()
        : new Refreshing.Repeated(refreshed(row), next, salt);
  }

  private static Refreshed refreshed(Row row) {
    return new Refreshed(
        PostgresAccountRows.account(row),
        new SessionId(row.getUUID("session")),
        Rows.instant(row, "session_expires_at"),
        Rows.instant(row, "token_created_at"),
        Rows.instant(row, "token_expires_at"));
  }

  static Ended ended(Row row) {
    return new Ended(
        new UserId(row.getUUID("account")),
        new SessionId(row.getUUID("id")),
        Rows.instant(row, "ended_at"));
  }

  static Living living(Row row) {
    return new Living(row.getString("name"), Role.of(row.getString("role")));
  }

  static OwnSession own(Row row) {
    return new OwnSession(
        new SessionId(row.getUUID("id")),
        row.getString("device"),
        row.getString("address"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "refreshed_at"),
        Rows.instant(row, "expires_at"));
  }

  private static List<Tuple> values(List<NewSession> sessions) {
    return sessions.stream().map(PostgresSessionRows::values).toList();
  }

  private static List<Tuple> tokens(List<NewSession> sessions) {
    return sessions.stream().map(PostgresSessionRows::token).toList();
  }

  private static Tuple values(NewSession session) {
    return Tuple.of(
        session.id().value(),
        session.user().value(),
        session.device(),
        session.address(),
        Rows.utc(session.createdAt()),
        Rows.utc(session.expiresAt()));
  }

  private static Tuple token(NewSession session) {
    return Tuple.of(
        session.token().hash(),
        session.id().value(),
        Rows.utc(session.createdAt()),
        Rows.utc(session.token().expiresAt()));
  }
}
