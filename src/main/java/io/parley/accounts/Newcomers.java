package io.parley.accounts;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.failure.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a new account is known by and called. */
final class Newcomers {
  private Newcomers() {}

  /** The account that is asked for. Fails INVALID, TOO_LARGE naming the field. */
  static NewAccount account(AccountsApi.Register request, UserId id, Instant now) {
    List<Identifier> identifiers = new ArrayList<>();
    request.email().map(Identifier::email).ifPresent(identifiers::add);
    request.phoneNumber().map(Identifier::phoneNumber).ifPresent(identifiers::add);
    request.username().map(Identifier::username).ifPresent(identifiers::add);
    if (identifiers.isEmpty()) {
      throw Failure.invalid("username", "is missing: give a username, an email or a phoneNumber");
    }
    String name =
        request
            .name()
            .map(given -> PersonName.parse("name", given).text())
            .orElseGet(() -> nameOf(id, identifiers));
    return new NewAccount(id, name, identifiers, now);
  }

  /** A phone number is nobody else's business, so it never becomes a name. */
  private static String nameOf(UserId id, List<Identifier> identifiers) {
    return shown(identifiers, Identifier.Kind.USERNAME)
        .or(() -> shown(identifiers, Identifier.Kind.EMAIL).map(Newcomers::localPart))
        .orElseGet(() -> "user-" + id.toString().substring(id.toString().length() - 6));
  }

  private static Optional<String> shown(List<Identifier> identifiers, Identifier.Kind kind) {
    return identifiers.stream()
        .filter(identifier -> identifier.kind() == kind)
        .map(Identifier::shown)
        .findFirst();
  }

  private static String localPart(String email) {
    return email.substring(0, email.lastIndexOf('@'));
  }
}
