package io.parley.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestRedis;
import io.parley.limits.LimitStore.Ban;
import io.parley.limits.LimitStore.Names;
import io.parley.limits.LimitStore.Patience;
import io.parley.limits.LimitStore.Try;
import io.parley.limits.LimitStore.Use;
import io.parley.limits.LimitsApi.Sum;
import io.parley.limits.Rate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisLimitStoreTest {
  private static final Ban NO_BAN = new Ban(0, Duration.ofMinutes(5));
  private static final Reason AWAY = Reason.UNAVAILABLE;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Offset<Long> CLOSE = within(900_000L);
  private static final Patience STRICT =
      new Patience(
          5, 20, 50, Duration.ofMinutes(1), Duration.ofHours(1), SECOND, Duration.ofHours(1));

  private final Vertx vertx = Vertx.vertx();
  private final TestRedis redis = new TestRedis();
  private final AtomicInteger fresh = new AtomicInteger();
  private RedisLink link;
  private RedisLimitStore store;

  @BeforeAll
  void open() {
    link = Await.of(RedisLink.open(vertx, redis.config()));
    store = new RedisLimitStore(link);
  }

  @AfterAll
  void close() {
    Await.of(link.close());
    Await.of(vertx.close());
    redis.close();
  }

  private String name() {
    return "name" + fresh.incrementAndGet();
  }

  private static Use use(String name, int taken) {
    return new Use(Rate.USER_MESSAGES, name, SECOND, taken, 0);
  }

  private Sum used(Use use, Ban ban) {
    return Await.of(store.use(List.of(use), ban)).get(0);
  }

  private Try tried(Names names) {
    return Await.of(store.attempt(names, STRICT));
  }

  private void fail(Names names, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(tried(names).pause()).as("try %d", i).isZero();
    }
  }

  @Test
  void whatAllNodesUseAddsUpAndLeaks() {
    String name = name();

    assertThat(used(use(name, 3), NO_BAN).fillMicros()).isEqualTo(3_000_000);
    assertThat(used(use(name, 2), NO_BAN).fillMicros()).isCloseTo(5_000_000, CLOSE);
    assertThat(used(use(name, -1), NO_BAN).fillMicros()).isCloseTo(4_000_000, CLOSE);
    assertThat(used(use(name, -9), NO_BAN).fillMicros()).isZero();
    assertThat(used(use(name(), 0), NO_BAN)).isEqualTo(new Sum(0, 0));
  }

  @Test
  void aThousandAreToldInTheirOrder() {
    List<Use> uses = IntStream.range(0, 1_000).mapToObj(i -> use(name(), i)).toList();

    List<Sum> sums = Await.of(store.use(uses, NO_BAN));

    for (int i = 0; i < uses.size(); i++) {
      assertThat(sums.get(i).fillMicros()).isEqualTo(i * 1_000_000L);
    }
  }

  @Test
  void whoIsRefusedTooOftenIsBannedForAWhile() {
    Ban ban = new Ban(10, Duration.ofMinutes(5));
    Use refused = new Use(Rate.USER_MESSAGES, name(), SECOND, 0, 6);

    assertThat(used(refused, ban).banMicros()).isZero();
    assertThat(used(refused, ban).banMicros()).isEqualTo(300_000_000);
    assertThat(used(refused, ban).banMicros()).isCloseTo(300_000_000, CLOSE);
    assertThat(used(new Use(Rate.USER_MESSAGES, name(), SECOND, 0, 60), NO_BAN).banMicros())
        .isZero();
  }

  @Test
  void anAccountHasFiveTriesAtAPlaceThenGrowingPauses() {
    Patience quick =
        new Patience(5, 1_000, 1_000, SECOND, SECOND.multipliedBy(2), SECOND, Duration.ofDays(30));
    Names names = new Names(name(), name());
    for (int i = 0; i < 5; i++) {
      assertThat(Await.of(store.attempt(names, quick)).pause()).isZero();
    }
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      pauses.add(Await.of(store.attempt(names, quick)).pause());
      await().until(() -> Await.of(store.attempt(names, quick)).pause().isZero());
    }

    assertThat(pauses.get(0)).isPositive().isLessThanOrEqualTo(SECOND);
    assertThat(pauses.get(1)).isBetween(SECOND, SECOND.multipliedBy(2));
    assertThat(pauses.get(2)).as("the longest").isBetween(SECOND, SECOND.multipliedBy(2));
  }

  @Test
  void ofManyTriesAtOnceFiveCount() {
    Names names = new Names(name(), name());
    List<Future<Try>> tries =
        IntStream.range(0, 50).mapToObj(i -> store.attempt(names, STRICT)).toList();

    assertThat(tries.stream().map(Await::of).filter(one -> one.pause().isZero())).hasSize(5);
  }

  @Test
  void whoTriesEverybodyFromOnePlaceIsStopped() {
    String place = name();
    int let = 0;
    while (tried(new Names(name(), place)).pause().isZero()) {
      let++;
    }

    assertThat(let).isEqualTo(20);
    assertThat(tried(new Names(name(), name())).pause()).isZero();
  }

  @Test
  void anAccountThatIsTriedFromEverywhereHasShortPauses() {
    String account = name();
    int let = 0;
    while (tried(new Names(account, name())).pause().isZero()) {
      let++;
    }

    assertThat(let).isEqualTo(50);
    assertThat(tried(new Names(account, name())).pause()).isLessThanOrEqualTo(SECOND);
  }

  @Test
  void strangersCannotLockOutWhoIsKnownAtAPlace() {
    Names owner = new Names(name(), name());
    Await.of(store.trust(owner, Duration.ofDays(1)));
    for (int i = 0; i < 60; i++) {
      tried(new Names(owner.account(), name()));
    }
    for (int i = 0; i < 30; i++) {
      tried(new Names(name(), owner.place()));
    }

    assertThat(tried(new Names(owner.account(), name())).pause()).isPositive();
    assertThat(tried(new Names(name(), owner.place())).pause()).isPositive();
    Try own = tried(owner);
    assertThat(own.pause()).isZero();
    assertThat(own.ticket().known()).isTrue();
    fail(owner, 4);
    assertThat(tried(owner).pause()).as("its own failures count").isPositive();
  }

  @Test
  void whatIsProvedForgetsTheFailuresThere() {
    Names names = new Names(name(), name());
    fail(names, 4);
    Try right = tried(names);
    Await.of(store.forgive(names, right.ticket()));
    Await.of(store.trust(names, Duration.ofDays(1)));

    fail(names, 5);
    assertThat(tried(names).pause()).isPositive();
  }

  @Test
  void whatWasNoFailureIsTakenBackWithItsPause() {
    Names names = new Names(name(), name());
    fail(names, 4);
    for (int i = 0; i < 10; i++) {
      Try undecided = tried(names);
      assertThat(undecided.pause()).isZero();
      Await.of(store.forgive(names, undecided.ticket()));
    }

    fail(names, 1);
    assertThat(tried(names).pause()).isPositive();
  }

  @Test
  void whoOwnsAnAccountDoesNotLiftThePauseOfThePlaceByIt() {
    String place = name();
    Names own = new Names(name(), place);
    Await.of(store.trust(own, Duration.ofDays(1)));
    int let = 0;
    while (tried(new Names(name(), place)).pause().isZero()) {
      let++;
    }
    assertThat(let).isEqualTo(20);

    Try right = tried(own);
    assertThat(right.pause()).isZero();
    Await.of(store.forgive(own, right.ticket()));
    Await.of(store.trust(own, Duration.ofDays(1)));
    assertThat(tried(new Names(name(), place)).pause()).isPositive();
  }

  @Test
  void nothingInANameMeansAnythingToRedis() {
    String canary = name();
    used(use(canary, 5), NO_BAN);
    for (String evil :
        List.of("a\r\nFLUSHALL\r\n", "*", "}{", "\0", "' .. redis.call('FLUSHALL') .. '", "é😀")) {
      used(use(evil, 1), NO_BAN);
      tried(new Names(evil, evil));
      Await.of(store.trust(new Names(evil, evil), Duration.ofMinutes(1)));
    }

    assertThat(used(use(canary, 0), NO_BAN).fillMicros()).isCloseTo(5_000_000, within(4_900_000L));
  }

  @Test
  void everyKeyHasAnEnd() {
    used(new Use(Rate.REST_USER, name(), SECOND, 1, 1), new Ban(1, Duration.ofMinutes(5)));
    fail(new Names(name(), name()), 5);
    Await.of(store.trust(new Names(name(), name()), Duration.ofDays(1)));

    Response keys = Await.of(link.send(Request.cmd(Command.KEYS).arg("*"))).orElseThrow();
    assertThat(keys).hasSizeGreaterThan(4);
    for (Response key : keys) {
      Request left = Request.cmd(Command.PTTL).arg(key.toBuffer());
      assertThat(Await.of(link.send(left)).orElseThrow().toLong())
          .as(key.toString())
          .isNotEqualTo(-1);
      assertThat(key.toString()).contains("{").contains("}");
    }
  }

  @Test
  void whenRedisIsKilledItFailsAndWhenItIsBackItWorks() {
    redis.kill();
    await()
        .untilAsserted(
            () -> assertThat(reason(store.use(List.of(use("a", 1)), NO_BAN))).isEqualTo(AWAY));
    assertThat(reason(store.attempt(new Names("a", "b"), STRICT))).isEqualTo(AWAY);
    redis.start();

    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> Await.of(store.use(List.of(use("a", 1)), NO_BAN).map(true).otherwise(false)));
    assertThat(tried(new Names(name(), name())).pause()).isZero();
  }

  private static Reason reason(Future<?> future) {
    Failure failure = Await.failure(future);
    return failure.reason();
  }
}
