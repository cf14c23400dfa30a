package io.parley.stores.postgres;

import io.parley.accounts.SessionId;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.SessionStore.NewToken;
import io.parley.accounts.UserId;
import io.parley.audit.Act;
import io.parley.audit.AuditEntry;
import io.parley.fixtures.Notes;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;

/** What tests of several stores put into them. */
final class PostgresFixtures {
  private PostgresFixtures() {}

  static NewSession session(SessionId id, UserId user, Instant now) {
    Instant end = now.plus(Duration.ofDays(30));
    NewToken token = new NewToken(Buffer.buffer(id.toString()), end);
    return new NewSession(id, user, "phone", "", now, end, token);
  }

  /** What is noted of an account. */
  static AuditEntry deleted(UserId user) {
    return new Notes().own(Act.DELETED, user.value());
  }
}
