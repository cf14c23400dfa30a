package io.parley.accounts;

import static io.parley.fixtures.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore.Credentials;
import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.AccountStore.Place;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.SessionStore.NewToken;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of accounts must do; each implementation runs all of it. */
public abstract class AccountStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** The store under test, ready to use; its content may be shared between tests. */
  protected abstract AccountStore store();

  /** The sessions beside it. */
  protected abstract SessionStore sessions();

  private static <T> T of(Future<T> future) {
    return Await.of(future);
  }

  private static String unique(String word) {
    return word + NAMES.incrementAndGet();
  }

  private static NewAccount account(String name, Identifier... identifiers) {
    return new NewAccount(new UserId(UUID.randomUUID()), name, List.of(identifiers), NOW);
  }

  private static NewSession session(UserId user, RefreshToken token) {
    NewToken stored = new NewToken(token.hash(), NOW.plus(DAY));
    return new NewSession(
        new SessionId(UUID.randomUUID()),
        user,
        "phone",
        "192.0.2.1",
        NOW,
        NOW.plus(LIFETIME),
        stored);
  }

  private static RefreshToken token() {
    return RefreshToken.fresh(RANDOM);
  }

  private NewSession given(NewAccount account, RefreshToken token) {
    NewSession session = session(account.id(), token);
    of(store().register(account, "hash", session));
    return session;
  }

  private NewAccount ana() {
    return account("Ana", Identifier.username(unique("ana")));
  }

  @Test
  void anAccountIsKnownByEachOfItsIdentifiers() {
    String name = unique("ana");
    Identifier email = Identifier.email(name + "@Example.org");
    Identifier phone = Identifier.phoneNumber("+4930" + (1_000_000 + NAMES.incrementAndGet()));
    Identifier username = Identifier.username(name);
    NewAccount ana = account("Ana", email, phone, username);
    given(ana, token());

    Credentials expected = new Credentials(ana.account(), Optional.of("hash"));
    for (Identifier identifier : List.of(email, phone, username)) {
      assertThat(of(store().credentials(identifier))).contains(expected);
    }
    assertThat(of(store().credentials(Identifier.username(unique("nobody"))))).isEmpty();
  }

  @Test
  void anAccountIsFoundByItsId() {
    String name = unique("ana");
    NewAccount ana =
        account("Ana", Identifier.username(name), Identifier.email(name + "@example.org"));
    given(ana, token());
    NewAccount bare = account("Bob", Identifier.username(unique("bob")));
    given(bare, token());

    assertThat(of(store().account(ana.id()))).contains(ana.account());
    assertThat(of(store().account(bare.id()))).contains(bare.account());
    assertThat(of(store().account(new UserId(UUID.randomUUID())))).isEmpty();
  }

  @Test
  void theSameValueInAnotherKindIsAnotherIdentifier() {
    String name = unique("ana");
    given(account("Ana", Identifier.username(name)), token());

    assertThat(of(store().credentials(new Identifier(Identifier.Kind.EMAIL, name, name))))
        .isEmpty();
  }

  @Test
  void anIdentifierThatIsTakenIsNamedAndNothingIsStored() {
    NewAccount first = account("Ana", Identifier.email(unique("ana") + "@example.org"));
    given(first, token());
    Identifier username = Identifier.username(unique("ana"));
    NewAccount second = account("Ana", username, first.identifiers().get(0));

    Failure failure = failure(store().register(second, "hash", session(second.id(), token())));

    assertThat(failure.reason()).isEqualTo(Reason.ALREADY_EXISTS);
    assertThat(failure.details()).containsEntry("field", "email");
    assertThat(of(store().credentials(username))).isEmpty();
    assertThat(of(store().profiles(List.of(second.id())))).isEmpty();
  }

  @Test
  void ofManyWhoWantOneNameExactlyOneGetsIt() {
    Identifier wanted = Identifier.username(unique("ana"));

    List<Future<Boolean>> tries =
        IntStream.range(0, 20)
            .mapToObj(i -> account("Ana " + i, wanted))
            .map(
                account ->
                    store()
                        .register(account, "hash", session(account.id(), token()))
                        .map(true)
                        .otherwise(this::taken))
            .toList();

    assertThat(tries.stream().filter(AccountStoreContract::of)).hasSize(1);
  }

  private boolean taken(Throwable cause) {
    assertThat(Failure.from(cause).reason()).isEqualTo(Reason.ALREADY_EXISTS);
    return false;
  }

  @Test
  void manyAccountsAreStoredAtOnceOrNotAtAll() {
    List<NewAccount> accounts = List.of(ana(), ana(), ana());
    List<NewSession> begun =
        accounts.stream().map(account -> session(account.id(), token())).toList();
    of(store().registerAll(accounts, begun));

    assertThat(of(store().credentials(accounts.get(2).identifiers().get(0))))
        .contains(new Credentials(accounts.get(2).account(), Optional.empty()));
    assertThat(of(sessions().living(accounts.get(1).id(), begun.get(1).id(), NOW)))
        .contains(new SessionStore.Living("Ana", Role.USER));

    NewAccount fresh = ana();
    NewAccount again = account("Ana", accounts.get(0).identifiers().get(0));
    assertThat(failure(store().registerAll(List.of(fresh, again), List.of())).reason())
        .isEqualTo(Reason.ALREADY_EXISTS);
    assertThat(of(store().profiles(List.of(fresh.id())))).isEmpty();
  }

  @Test
  void aHashIsReplacedOnlyIfItIsStillTheOneThatWasCompared() {
    NewAccount ana = ana();
    given(ana, token());

    of(store().replaceHash(ana.id(), "another", "unwanted"));
    assertThat(hashOf(ana)).contains("hash");
    of(store().replaceHash(ana.id(), "hash", "better"));
    assertThat(hashOf(ana)).contains("better");
  }

  private Optional<String> hashOf(NewAccount account) {
    return of(store().credentials(account.identifiers().get(0))).orElseThrow().passwordHash();
  }

  @Test
  void theDirectoryFindsPartsOfNamesAndUsernamesTakenLiterally() {
    String mark = unique("zq") + "x";
    NewAccount percent = account(mark + " 100%_\\ 'sure'", Identifier.username(unique("p")));
    NewAccount plain = account(mark + " 100", Identifier.username(unique("p")));
    NewAccount byUsername = account("Another", Identifier.username(mark));
    given(percent, token());
    given(plain, token());
    given(byUsername, token());

    assertThat(found(mark)).containsExactly(byUsername.id(), plain.id(), percent.id());
    assertThat(found(mark + " 100%")).containsExactly(percent.id());
    assertThat(found("_\\ 'sure'")).contains(percent.id()).doesNotContain(plain.id());
    assertThat(found("' or 1=1 --")).isEmpty();
  }

  private List<UserId> found(String part) {
    return of(store().directory(UserId.SYSTEM, part, Optional.empty(), 100)).stream()
        .map(Profile::id)
        .toList();
  }

  @Test
  void theDirectoryIsReadPageByPageWithoutGapsOrRepeats() {
    String mark = unique("page") + "y";
    List<NewAccount> accounts =
        IntStream.range(0, 7)
            .mapToObj(i -> account(mark + " same", Identifier.username(unique("p"))))
            .toList();
    accounts.forEach(account -> given(account, token()));

    List<UserId> seen = new ArrayList<>();
    Optional<Place> after = Optional.empty();
    List<Profile> page = of(store().directory(UserId.SYSTEM, mark, after, 3));
    while (!page.isEmpty()) {
      page.forEach(profile -> seen.add(profile.id()));
      Profile last = page.get(page.size() - 1);
      after = Optional.of(new Place(Names.folded(last.name()), last.id()));
      page = of(store().directory(UserId.SYSTEM, mark, after, 3));
    }

    assertThat(seen)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(accounts.stream().map(NewAccount::id).toList());
  }

  @Test
  void profilesOfStrangersAreLeftOut() {
    NewAccount ana = ana();
    given(ana, token());

    assertThat(of(store().profiles(List.of(ana.id(), new UserId(UUID.randomUUID())))))
        .containsExactly(
            new Profile(ana.id(), "Ana", Optional.of(ana.identifiers().get(0).shown())));
    assertThat(of(store().profiles(List.of()))).isEmpty();
  }
}
