package io.parley.stores.postgres;

import io.parley.accounts.AccountStore.Credentials;
import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.AccountsApi.Account;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.Identifier;
import io.parley.accounts.Names;
import io.parley.accounts.UserId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Optional;

/** How accounts lie in their rows. */
final class PostgresAccountRows {
  /** What {@link #account} reads, of {@code accounts a}. */
  static final String ACCOUNT =
      """
      a.id, a.name, a.created_at,
      (select shown from identifiers where account = a.id and kind = 'username') as username,
      (select shown from identifiers where account = a.id and kind = 'email') as email,
      (select shown from identifiers where account = a.id and kind = 'phoneNumber') as phone_number,
      (select verified_at from identifiers where account = a.id and kind = 'email') as email_verified_at
      """;

  private PostgresAccountRows() {}

  static Account account(Row row) {
    return new Account(
        new UserId(row.getUUID("id")),
        row.getString("name"),
        Optional.ofNullable(row.getString("username")),
        Optional.ofNullable(row.getString("email")),
        Optional.ofNullable(row.getString("phone_number")),
        Optional.ofNullable(row.getOffsetDateTime("email_verified_at"))
            .map(OffsetDateTime::toInstant),
        Rows.instant(row, "created_at"));
  }

  static Credentials credentials(Row row) {
    return new Credentials(account(row), Optional.ofNullable(row.getString("hash")));
  }

  static Profile profile(Row row) {
    return new Profile(
        new UserId(row.getUUID("id")),
        row.getString("name"),
        Optional.ofNullable(row.getString("username")));
  }

  static Tuple values(NewAccount account) {
    return Tuple.of(
        account.id().value(),
        account.name(),
        Names.folded(account.name()),
        Rows.utc(account.createdAt()));
  }

  static Tuple values(NewAccount account, Identifier identifier) {
    return Tuple.of(
        identifier.kind().field(),
        identifier.value(),
        account.id().value(),
        identifier.shown(),
        Rows.utc(account.createdAt()));
  }
}
