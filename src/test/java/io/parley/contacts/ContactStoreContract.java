package io.parley.contacts;

import static io.parley.fixtures.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore;
import io.parley.accounts.Notifications;
import io.parley.accounts.PersonName;
import io.parley.accounts.Policy;
import io.parley.accounts.ProfileStore;
import io.parley.accounts.ProfilesApi.OwnProfile;
import io.parley.accounts.ProfilesApi.Person;
import io.parley.accounts.ProfilesApi.Sighting;
import io.parley.accounts.UserId;
import io.parley.contacts.ContactStore.Position;
import io.parley.contacts.ContactsApi.Blocked;
import io.parley.contacts.ContactsApi.Contact;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every store of contacts, blocks and profiles must do; each implementation runs all of it.
 */
public abstract class ContactStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final int MANY = 100;

  private UserId ana;
  private UserId bob;

  /** The store under test; its content may be shared between tests. */
  protected abstract ContactStore store();

  /** The profiles beside it. */
  protected abstract ProfileStore profiles();

  /** The accounts beside it. */
  protected abstract AccountStore accounts();

  @BeforeEach
  void people() {
    ana = person("Ana");
    bob = person("Bob");
  }

  private UserId person(String name) {
    UserId id = new UserId(UUID.randomUUID());
    AccountStore.NewAccount account = new AccountStore.NewAccount(id, name, List.of(), NOW);
    of(accounts().registerAll(List.of(account), List.of()));
    return id;
  }

  private static <T> T of(Future<T> future) {
    return Await.of(future);
  }

  private Optional<Contact> add(UserId owner, UserId person, Optional<String> name) {
    return of(store().add(owner, person, name.map(PersonName::new), MANY, NOW));
  }

  private boolean block(UserId blocker, UserId person) {
    return of(store().block(blocker, person, MANY, NOW));
  }

  private Person look(UserId viewer, UserId user) {
    return of(profiles().look(viewer, user)).orElseThrow();
  }

  private OwnProfile update(UserId user, Optional<String> about, Optional<Policy> lastSeenFor) {
    ProfileStore.Change change =
        new ProfileStore.Change(
            Optional.empty(), about, lastSeenFor, Optional.empty(), Optional.empty());
    return of(profiles().update(user, change)).orElseThrow();
  }

  @Test
  void aContactIsAddedOnceAndRenamedAfterwards() {
    add(ana, bob, Optional.empty());
    Contact renamed = add(ana, bob, Optional.of("Bobby")).orElseThrow();

    assertThat(renamed)
        .isEqualTo(new Contact(bob, "Bob", Optional.empty(), Optional.of("Bobby"), NOW));
    assertThat(of(store().contacts(ana, Position.START, 10))).containsExactly(renamed);
    assertThat(of(store().contacts(bob, Position.START, 10))).isEmpty();

    of(store().remove(ana, bob));
    of(store().remove(ana, bob));
    assertThat(of(store().contacts(ana, Position.START, 10))).isEmpty();
  }

  @Test
  void nobodyAddsOrBlocksWhoDoesNotExist() {
    UserId nobody = new UserId(UUID.randomUUID());

    assertThat(add(ana, nobody, Optional.empty())).isEmpty();
    assertThat(block(ana, nobody)).isFalse();
    assertThat(of(profiles().look(ana, nobody))).isEmpty();
    assertThat(of(profiles().own(nobody))).isEmpty();
  }

  @Test
  void contactsAreReadPageByPageByTheNameTheyAreShownUnder() {
    List<UserId> others = IntStream.range(0, 5).mapToObj(i -> person("P" + i)).toList();
    others.forEach(other -> add(ana, other, Optional.empty()));
    add(ana, others.get(4), Optional.of("A first"));

    List<UserId> seen = new ArrayList<>();
    Position after = Position.START;
    List<Contact> page = of(store().contacts(ana, after, 2));
    while (!page.isEmpty()) {
      page.forEach(contact -> seen.add(contact.id()));
      Contact last = page.get(page.size() - 1);
      String shown = last.contactName().orElse(last.name());
      after = ContactCursor.position(Optional.of(ContactCursor.of(shown, last.id())));
      page = of(store().contacts(ana, after, 2));
    }

    assertThat(seen)
        .containsExactly(others.get(4), others.get(0), others.get(1), others.get(2), others.get(3));
  }

  @Test
  void nobodyHasMoreThanTheyMayHoweverManyComeAtOnce() {
    List<Future<Boolean>> blocks =
        IntStream.range(0, 12)
            .mapToObj(i -> store().block(ana, person("X" + i), 5, NOW).otherwise(false))
            .toList();
    of(Future.join(blocks).otherwiseEmpty());
    UserId first = of(store().blocked(ana, Position.START, 100)).get(0).id();

    assertThat(of(store().blocked(ana, Position.START, 100))).hasSize(5);
    assertThat(failure(store().block(ana, bob, 5, NOW)).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(of(store().block(ana, first, 5, NOW))).as("one that counts already").isTrue();
    add(ana, first, Optional.empty());
    assertThat(failure(store().add(ana, bob, Optional.empty(), 1, NOW)).reason())
        .isEqualTo(Reason.TOO_LARGE);
    assertThat(of(store().add(ana, first, Optional.of(new PersonName("again")), 1, NOW)))
        .isPresent();
  }

  @Test
  void aBlockStandsBetweenBothAndIsListedForOne() {
    assertThat(of(store().between(ana, bob))).isFalse();
    block(ana, bob);
    block(ana, bob);

    assertThat(of(store().between(ana, bob))).isTrue();
    assertThat(of(store().between(bob, ana))).isTrue();
    assertThat(of(store().blocked(ana, Position.START, 10)))
        .containsExactly(new Blocked(bob, "Bob", Optional.empty(), NOW));
    assertThat(of(store().blocked(bob, Position.START, 10))).isEmpty();
    assertThat(look(ana, bob).blocked()).isTrue();
    assertThat(look(bob, ana).blocked()).as("nobody is told").isFalse();

    of(store().unblock(bob, ana));
    assertThat(of(store().between(ana, bob))).as("only the one who blocked").isTrue();
    of(store().unblock(ana, bob));
    assertThat(of(store().between(ana, bob))).isFalse();
  }

  @Test
  void neitherSideOfABlockFindsTheOtherInTheDirectory() {
    String mark = "Mark" + UUID.randomUUID();
    UserId one = person(mark);
    UserId other = person(mark);
    block(one, other);

    assertThat(found(one, mark)).containsExactly(one);
    assertThat(found(other, mark)).containsExactly(other);
    assertThat(found(ana, mark)).containsExactlyInAnyOrder(one, other);
  }

  private List<UserId> found(UserId viewer, String part) {
    String folded = new PersonName(part).folded();
    return of(accounts().directory(viewer, folded, Optional.empty(), 10)).stream()
        .map(profile -> profile.id())
        .toList();
  }

  @Test
  void whatIsNotGivenStays() {
    update(ana, Optional.of("counts"), Optional.of(Policy.CONTACTS));
    ProfileStore.Change name =
        new ProfileStore.Change(
            Optional.of(new PersonName("Anna")),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Policy.NOBODY),
            Optional.of(Notifications.ALL));
    OwnProfile changed = of(profiles().update(ana, name)).orElseThrow();

    assertThat(changed)
        .isEqualTo(
            new OwnProfile(
                ana,
                "Anna",
                Optional.empty(),
                "counts",
                Policy.CONTACTS,
                Policy.NOBODY,
                Optional.of(Notifications.ALL)));
    assertThat(of(profiles().own(ana))).contains(changed);
    assertThat(look(bob, ana).name()).isEqualTo("Anna");
    assertThat(look(bob, ana).about()).contains("counts");
  }

  @Test
  void aBlockHidesWhatIsSaidAboutOneselfFromBothSides() {
    update(ana, Optional.of("about Ana"), Optional.empty());
    update(bob, Optional.of("about Bob"), Optional.empty());
    block(ana, bob);

    assertThat(look(bob, ana).about()).isEmpty();
    assertThat(look(ana, bob).about()).isEmpty();
    assertThat(look(bob, ana).name()).isEqualTo("Ana");
  }

  /** Whether Bob is shown when Ana was last here. */
  @ParameterizedTest
  @CsvSource({
    "EVERYONE, false, EVERYONE, false, NONE, true",
    "EVERYONE, false, NOBODY,   false, NONE, false",
    "EVERYONE, false, CONTACTS, false, NONE, false",
    "EVERYONE, false, CONTACTS, true,  NONE, true",
    "CONTACTS, false, EVERYONE, false, NONE, false",
    "CONTACTS, false, EVERYONE, true,  NONE, false",
    "CONTACTS, true,  EVERYONE, false, NONE, true",
    "CONTACTS, true,  CONTACTS, true,  NONE, true",
    "NOBODY,   true,  EVERYONE, true,  NONE, false",
    "EVERYONE, true,  EVERYONE, true,  ANA,  false",
    "EVERYONE, true,  EVERYONE, true,  BOB,  false",
  })
  void lastSeenIsForThoseWhomBothPoliciesAllow(
      Policy anas, boolean anaKnows, Policy bobs, boolean bobKnows, String blocker, boolean shown) {
    of(profiles().seen(List.of(new Sighting(ana, NOW))));
    update(ana, Optional.empty(), Optional.of(anas));
    update(bob, Optional.empty(), Optional.of(bobs));
    if (anaKnows) {
      add(ana, bob, Optional.empty());
    }
    if (bobKnows) {
      add(bob, ana, Optional.empty());
    }
    if (!blocker.equals("NONE")) {
      block(blocker.equals("ANA") ? ana : bob, blocker.equals("ANA") ? bob : ana);
    }

    assertThat(look(bob, ana).lastSeen()).isEqualTo(shown ? Optional.of(NOW) : Optional.empty());
  }

  @Test
  void whoWasSeenIsWrittenAtMostOnceAMinuteAndNeverBackwards() {
    of(profiles().seen(List.of(new Sighting(ana, NOW), new Sighting(ana, NOW.plusSeconds(1)))));
    assertThat(look(bob, ana).lastSeen()).contains(NOW.plusSeconds(1));
    of(profiles().seen(List.of(new Sighting(ana, NOW.plusSeconds(60)))));
    assertThat(look(bob, ana).lastSeen()).contains(NOW.plusSeconds(1));
    of(profiles().seen(List.of(new Sighting(ana, NOW.minus(Duration.ofHours(1))))));
    assertThat(look(bob, ana).lastSeen()).contains(NOW.plusSeconds(1));
    of(profiles().seen(List.of(new Sighting(ana, NOW.plusSeconds(61)))));
    assertThat(look(bob, ana).lastSeen()).contains(NOW.plusSeconds(61));
    of(profiles().seen(List.of(new Sighting(new UserId(UUID.randomUUID()), NOW))));
  }
}
