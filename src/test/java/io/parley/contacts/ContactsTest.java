package io.parley.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.Notifications;
import io.parley.accounts.Policy;
import io.parley.accounts.ProfilesApi;
import io.parley.accounts.ProfilesVerticle;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.config.ContactsConfig;
import io.parley.contacts.ContactsApi.Changed;
import io.parley.contacts.ContactsApi.ContactPage;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.parley.stores.postgres.PostgresAccountStore;
import io.parley.stores.postgres.PostgresContactStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresProfileStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contacts, blocks and profiles as they are asked for over the bus. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContactsTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<Changed> heard = new CopyOnWriteArrayList<>();
  private Pool pool;
  private Bus bus;
  private UserId ana;
  private UserId bob;

  @BeforeAll
  void start() {
    pool = PostgresPool.open(vertx, TestPostgres.database());
    bus = Bus.over(vertx, List.of(ContactsApi.CONTRACT, ProfilesApi.CONTRACT));
    ContactsVerticle contacts =
        new ContactsVerticle(
            bus, new PostgresContactStore(pool), Clock.systemUTC(), new ContactsConfig(5, 2));
    Await.of(vertx.deployVerticle(contacts));
    Await.of(vertx.deployVerticle(new ProfilesVerticle(bus, new PostgresProfileStore(pool))));
    Await.of(bus.hear(ContactsApi.CHANGED, heard::add));
  }

  @AfterAll
  void stop() {
    Await.of(vertx.close());
  }

  @BeforeEach
  void people() {
    heard.clear();
    ana = person("Ana");
    bob = person("Bob");
  }

  private UserId person(String name) {
    UserId id = new UserId(UUID.randomUUID());
    NewAccount account = new NewAccount(id, name, List.of(), Instant.EPOCH);
    Await.of(new PostgresAccountStore(pool).registerAll(List.of(account), List.of()));
    return id;
  }

  private Future<ContactsApi.Contact> add(UserId person, String name) {
    return bus.ask(ContactsApi.ADD, new ContactsApi.Add(ana, person, Optional.of(name)));
  }

  private Future<ContactsApi.Done> block(UserId person) {
    return bus.ask(ContactsApi.BLOCK, new ContactsApi.Block(ana, person));
  }

  private Future<ProfilesApi.OwnProfile> say(Optional<String> name, Optional<String> about) {
    return bus.ask(
        ProfilesApi.UPDATE,
        new ProfilesApi.Update(
            ana,
            name,
            about,
            Optional.of(Policy.NOBODY),
            Optional.empty(),
            Optional.of(Notifications.NOTHING)));
  }

  private static Reason reason(Future<?> future) {
    return Await.failure(future).reason();
  }

  @Test
  void oneselfIsNoContactAndNotToBeBlocked() {
    assertThat(reason(add(ana, "Me"))).isEqualTo(Reason.INVALID);
    assertThat(reason(block(ana))).isEqualTo(Reason.INVALID);
  }

  @Test
  void nobodyIsNotFoundAndANameMustBeOne() {
    UserId nobody = new UserId(UUID.randomUUID());

    assertThat(reason(add(nobody, "Who"))).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(block(nobody))).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(add(bob, "\u202Ebob"))).isEqualTo(Reason.INVALID);
    assertThat(reason(add(bob, "x".repeat(65)))).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void bothHaveTheirLimits() {
    for (int i = 0; i < 5; i++) {
      Await.of(add(person("P" + i), "P" + i));
    }
    Await.of(block(person("X")));
    Await.of(block(person("Y")));

    assertThat(reason(add(bob, "Bob"))).isEqualTo(Reason.TOO_LARGE);
    assertThat(Await.failure(block(bob)).details()).containsEntry("limit", "2");
  }

  @Test
  void contactsAreListedPageByPage() {
    for (String name : List.of("d", "B", "a", "C")) {
      Await.of(add(person("Z"), name));
    }
    List<String> seen = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      ContactPage page =
          Await.of(bus.ask(ContactsApi.LIST, new ContactsApi.ListContacts(ana, after, 3)));
      page.contacts().forEach(contact -> seen.add(contact.contactName().orElseThrow()));
      after = page.next();
    } while (after.isPresent());

    assertThat(seen).containsExactly("a", "B", "C", "d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "!", "AAAA", "W10", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void aForgedCursorIsRefused(String after) {
    assertThat(
            Await.failure(
                    bus.ask(
                        ContactsApi.BLOCKED,
                        new ContactsApi.ListBlocked(ana, Optional.of(after), 3)))
                .details())
        .containsEntry("field", "after");
  }

  @Test
  void aBlockIsToldToThoseWhoRememberThatThereWasNone() {
    Await.of(block(bob));
    assertThat(Await.of(bus.ask(ContactsApi.BETWEEN, new ContactsApi.Between(bob, ana))).blocked())
        .isTrue();
    Await.of(bus.ask(ContactsApi.UNBLOCK, new ContactsApi.Unblock(ana, bob)));

    await().until(() -> heard.equals(List.of(new Changed(ana, bob), new Changed(ana, bob))));
  }

  @Test
  void whoBecomesOrIsNoMoreAContactIsToldToThoseWhoShowItToContacts() {
    Await.of(add(bob, "Bobby"));
    Await.of(bus.ask(ContactsApi.REMOVE, new ContactsApi.Remove(ana, bob)));

    await().until(() -> heard.equals(List.of(new Changed(ana, bob), new Changed(ana, bob))));
  }

  @Test
  void toWhomOneShowsOneselfIsToldOnlyWhenItIsChosen() {
    List<ProfilesApi.AudienceChanged> told = new CopyOnWriteArrayList<>();
    Await.of(bus.hear(ProfilesApi.AUDIENCE, told::add));
    UserId cem = person("Cem");
    Await.of(
        bus.ask(
            ProfilesApi.UPDATE,
            new ProfilesApi.Update(
                cem,
                Optional.of("Cem B"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
    Await.of(say(Optional.empty(), Optional.empty()));

    await().until(() -> told.equals(List.of(new ProfilesApi.AudienceChanged(ana))));
  }

  @Test
  void aProfileIsCleanedBeforeItIsKept() {
    ProfilesApi.OwnProfile kept =
        Await.of(
            say(
                Optional.of(" Ana  B "),
                Optional.of(" one\r\ntwo \uD83D\uDC69\u200D\uD83D\uDD2C ")));

    assertThat(kept.name()).isEqualTo("Ana B");
    assertThat(kept.about()).isEqualTo("one\ntwo \uD83D\uDC69\u200D\uD83D\uDD2C");
    assertThat(kept.lastSeenFor()).isEqualTo(Policy.NOBODY);
    assertThat(kept.notifications()).contains(Notifications.NOTHING);
    assertThat(Await.of(say(Optional.empty(), Optional.of(""))).about()).isEmpty();
    assertThat(Await.of(say(Optional.empty(), Optional.of("\uD83D\uDE00".repeat(500)))).about())
        .hasSize(1_000);
  }

  @Test
  void whatMisleadsOrIsTooLongIsNoProfile() {
    Optional<String> nothing = Optional.empty();

    assertThat(reason(say(nothing, Optional.of("a\u0007")))).isEqualTo(Reason.INVALID);
    assertThat(reason(say(nothing, Optional.of("a\u202E")))).isEqualTo(Reason.INVALID);
    assertThat(reason(say(nothing, Optional.of("x".repeat(501))))).isEqualTo(Reason.TOO_LARGE);
    assertThat(reason(say(Optional.of("\u200B"), nothing))).isEqualTo(Reason.INVALID);
    assertThat(reason(say(Optional.of("x".repeat(65)), nothing))).isEqualTo(Reason.TOO_LARGE);
    UserId nobody = new UserId(UUID.randomUUID());
    assertThat(reason(bus.ask(ProfilesApi.OWN, new ProfilesApi.Mine(nobody))))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(bus.ask(ProfilesApi.LOOK, new ProfilesApi.Look(ana, nobody))))
        .isEqualTo(Reason.NOT_FOUND);
  }
}
