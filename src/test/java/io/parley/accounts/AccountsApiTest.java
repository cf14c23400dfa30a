package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountsApi.Account;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.AccountsApi.SignedIn;
import io.parley.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccountsApiTest {
  private static final UserId ANA = new UserId(UUID.randomUUID());
  private static final SessionId SESSION = new SessionId(UUID.randomUUID());
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123Z");
  private static final Password PASSWORD = new Password("correct horse");

  static Stream<Record> messages() {
    Account account =
        new Account(
            ANA,
            "Ana",
            Optional.of("ana"),
            Optional.empty(),
            Optional.of("+14155550100"),
            Optional.of(NOW),
            NOW);
    return Stream.of(
        new AccountsApi.Register(
            Optional.of("ana@example.org"),
            Optional.empty(),
            Optional.of("ana"),
            Optional.empty(),
            PASSWORD,
            "phone",
            Optional.of("192.0.2.1")),
        new AccountsApi.Login("ana", PASSWORD, "phone", Optional.empty()),
        new AccountsApi.Refresh("token", Optional.of("192.0.2.1")),
        new AccountsApi.Logout(Optional.of(SESSION), Optional.empty()),
        new AccountsApi.Logout(Optional.empty(), Optional.of("token")),
        new AccountsApi.Done(),
        new AccountsApi.Check(ANA, SESSION),
        new AccountsApi.Checked("Ana", Optional.of(Role.USER)),
        new AccountsApi.Own(ANA),
        account,
        new AccountsApi.Profiles(List.of(ANA)),
        new AccountsApi.ProfilesFound(List.of(new Profile(ANA, "Ana", Optional.empty()))),
        new AccountsApi.Directory(Optional.empty(), Optional.of("cursor"), 10, Optional.of(ANA)),
        new AccountsApi.DirectoryPage(List.of(), Optional.of("cursor")),
        new SignedIn(account, SESSION, "token", NOW, "refresh", NOW),
        new AccountsApi.SessionEnded(ANA, SESSION),
        new AccountsApi.Registered(ANA, "Ana"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageArrivesAsItWasSent(Record message) throws IOException {
    byte[] wire = Json.cbor().writeValueAsBytes(message);

    assertThat(Json.cbor().readValue(wire, message.getClass())).isEqualTo(message);
  }

  @Test
  void noMessageOfTheContractIsForgottenAbove() {
    assertThat(messages().map(Object::getClass))
        .containsAll(AccountsApi.CONTRACT.messages().stream().distinct().toList());
  }
}
