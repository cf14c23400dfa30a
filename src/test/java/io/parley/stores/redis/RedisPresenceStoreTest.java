package io.parley.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.parley.accounts.UserId;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestRedis;
import io.parley.presence.PresenceApi.Lease;
import io.parley.presence.PresenceStore.Held;
import io.parley.presence.PresenceStore.Known;
import io.parley.presence.PresenceStore.Times;
import io.parley.presence.PresenceStore.Told;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Leases in a real Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisPresenceStoreTest {
  private static final Times LONG = new Times(Duration.ofMinutes(2), Duration.ofMinutes(1));
  private static final Times SHORT = new Times(Duration.ofMillis(400), Duration.ofMillis(200));

  private final Vertx vertx = Vertx.vertx();
  private final TestRedis redis = new TestRedis();
  private RedisLink link;
  private RedisPresenceStore store;

  @BeforeAll
  void start() {
    link = Await.of(RedisLink.open(vertx, redis.config()));
    store = new RedisPresenceStore(link);
  }

  @AfterAll
  void stop() {
    Await.of(link.close());
    redis.close();
    Await.of(vertx.close());
  }

  private static UserId somebody() {
    return new UserId(UUID.randomUUID());
  }

  private Told here(String node, Times times, Lease... leases) {
    return Await.of(store.renew(node, List.of(leases), List.of(), times));
  }

  private Told gone(String node, Times times, Lease... leases) {
    return Await.of(store.renew(node, List.of(), List.of(leases), times));
  }

  private Known read(UserId... users) {
    return Await.of(store.read(List.of(users)));
  }

  private List<Held> held(UserId user) {
    return read(user).held().getOrDefault(user, List.of());
  }

  @Test
  void everySocketOfEveryNodeIsALeaseOfItsOwn() {
    UserId ann = somebody();
    here("one", LONG, new Lease(ann, 1, false), new Lease(ann, 2, true));
    here("two", LONG, new Lease(ann, 1, true));

    assertThat(held(ann))
        .extracting(Held::node, Held::idle, Held::gone)
        .containsExactlyInAnyOrder(
            tuple("one", false, false), tuple("one", true, false), tuple("two", true, false));
  }

  @Test
  void manyAreToldAndReadAtOnce() {
    List<Lease> leases = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      leases.add(new Lease(somebody(), i, i % 2 == 0));
    }

    Told told = Await.of(store.renew("one", leases, List.of(), LONG));

    List<UserId> users = leases.stream().map(Lease::user).toList();
    assertThat(told.changed()).containsExactlyInAnyOrderElementsOf(users);
    Known known = Await.of(store.read(users));
    assertThat(known.held()).hasSize(500);
    leases.forEach(
        lease -> assertThat(known.held().get(lease.user()).get(0).idle()).isEqualTo(lease.idle()));
  }

  @Test
  void onlyWhatMakesADifferenceIsAChange() {
    UserId ann = somebody();

    assertThat(here("one", LONG, new Lease(ann, 1, false)).changed()).containsExactly(ann);
    assertThat(here("one", LONG, new Lease(ann, 1, false)).changed()).isEmpty();
    assertThat(here("one", LONG, new Lease(ann, 1, true)).changed()).containsExactly(ann);
    assertThat(gone("one", LONG, new Lease(ann, 1, true)).changed()).containsExactly(ann);
    assertThat(gone("one", LONG, new Lease(ann, 1, true)).changed()).isEmpty();
    assertThat(gone("one", LONG, new Lease(ann, 9, true)).changed()).isEmpty();
    assertThat(here("one", LONG, new Lease(ann, 1, true)).changed()).containsExactly(ann);
  }

  @Test
  void whoHasGoneLeavesALeaseThatIsShorterAndIsNotProlonged() {
    UserId ann = somebody();
    here("one", LONG, new Lease(ann, 1, true));
    long lease = held(ann).get(0).until();

    gone("one", LONG, new Lease(ann, 1, true));
    Held left = held(ann).get(0);
    gone("one", LONG, new Lease(ann, 1, true));

    assertThat(left.gone()).isTrue();
    assertThat(left.idle()).isTrue();
    assertThat(left.until()).isLessThan(lease - 50_000);
    assertThat(held(ann).get(0)).isEqualTo(left);
  }

  @Test
  void aLeaseThatNobodyRenewsEndsAndNothingIsLeftOfIt() {
    UserId ann = somebody();
    UserId bob = somebody();
    here("one", SHORT, new Lease(ann, 1, false), new Lease(bob, 2, false));

    await().atMost(Duration.ofSeconds(10)).until(() -> held(ann).isEmpty());
    assertThat(here("one", SHORT, new Lease(bob, 2, false)).changed()).containsExactly(bob);
  }

  @Test
  void aLeaseThatHasEndedIsSweptOutByTheNextOfTheSamePerson() {
    UserId ann = somebody();
    here("one", SHORT, new Lease(ann, 1, false));
    here("two", LONG, new Lease(ann, 1, false));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> held(ann).stream().anyMatch(each -> each.until() <= read(ann).now()));

    here("two", LONG, new Lease(ann, 2, false));

    assertThat(held(ann)).extracting(Held::node).containsExactly("two", "two");
  }

  @Test
  void aNodeThatLeftDidSoWhenItWasFirstMissedAndIsBackWhenItTells() {
    here("one", LONG);
    Await.of(store.left(Set.of("lost", "other")));
    long first = read(somebody()).left().get("lost");
    await().atMost(Duration.ofSeconds(10)).until(() -> read(somebody()).now() > first);
    Await.of(store.left(Set.of("lost")));

    assertThat(read(somebody()).left().get("lost")).isEqualTo(first);
    here("lost", LONG);
    assertThat(read(somebody()).left()).containsOnlyKeys("other");
  }

  @Test
  void itRemembersSinceWhenItRemembers() {
    long since = here("one", LONG).since();

    assertThat(here("two", LONG).since()).isEqualTo(since);
    assertThat(read(somebody()).since()).isEqualTo(since);
    assertThat(read(somebody()).now()).isGreaterThanOrEqualTo(since);
  }

  @Test
  void withoutRedisNothingIsKnownAndWhenItIsBackEmptyItSaysSo() {
    try (TestRedis other = new TestRedis()) {
      RedisLink broken = Await.of(RedisLink.open(vertx, other.config()));
      RedisPresenceStore away = new RedisPresenceStore(broken);
      long since = Await.of(away.renew("one", List.of(), List.of(), LONG)).since();
      other.kill();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> away.read(List.of(somebody())).otherwiseEmpty().await() == null);
      assertThat(Await.failure(away.renew("one", List.of(), List.of(), LONG)).reason())
          .isEqualTo(Reason.UNAVAILABLE);
      other.start();

      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> away.read(List.of()).map(known -> known.since() == 0).otherwise(false).await());
      assertThat(Await.of(away.renew("one", List.of(), List.of(), LONG)).since())
          .isGreaterThan(since);
      Await.of(broken.close());
    }
  }
}
