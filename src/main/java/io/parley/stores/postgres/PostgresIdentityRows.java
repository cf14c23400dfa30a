package io.parley.stores.postgres;

import io.parley.accounts.Identifier;
import io.parley.accounts.IdentityStore.Known;
import io.parley.accounts.IdentityStore.Token;
import io.parley.accounts.Letter;
import io.parley.accounts.UserId;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How identity lies in its rows. */
final class PostgresIdentityRows {
  private PostgresIdentityRows() {}

  /** One row for each identifier, and one without any for an account that has none. */
  static Optional<Known> known(List<Row> rows) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Row> named = rows.stream().filter(row -> row.getString("kind") != null).toList();
    return Optional.of(
        new Known(
            named.stream().map(PostgresIdentityRows::identifier).toList(),
            Optional.ofNullable(rows.get(0).getString("hash")),
            named.stream().anyMatch(row -> row.getOffsetDateTime("verified_at") != null)));
  }

  static Token token(Row row) {
    return new Token(
        new UserId(row.getUUID("account")),
        Letter.of(row.getString("letter")),
        row.getBoolean("alive"),
        row.getOffsetDateTime("expires_at").toInstant());
  }

  private static Identifier identifier(Row row) {
    return new Identifier(
        kind(row.getString("kind")), row.getString("value"), row.getString("shown"));
  }

  private static Identifier.Kind kind(String field) {
    return Arrays.stream(Identifier.Kind.values())
        .filter(kind -> kind.field().equals(field))
        .findFirst()
        .orElseThrow();
  }
}
