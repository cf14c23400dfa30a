package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.bus.Bus;
import io.parley.config.Secret;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.Limited;
import io.parley.fixtures.TestRedis;
import io.parley.limits.Limits;
import io.parley.limits.LimitsApi;
import io.parley.limits.LimitsVerticle;
import io.parley.limits.Veil;
import io.parley.stores.redis.RedisLimitStore;
import io.parley.stores.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Guessing passwords, with a real Redis that counts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockoutTest {
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.over(vertx, List.of(LimitsApi.CONTRACT));
  private final TestRedis redis = new TestRedis();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Lockout lockout = new Lockout(bus, meters);
  private final AtomicInteger fresh = new AtomicInteger();
  private final AtomicInteger compared = new AtomicInteger();
  private RedisLink link;

  @BeforeAll
  void open() {
    link = Await.of(RedisLink.open(vertx, redis.config()));
    Limits limits =
        new Limits(new RedisLimitStore(link), new Veil(new Secret("secret")), Limited.room(0, 1));
    Await.of(vertx.deployVerticle(new LimitsVerticle(bus, limits)));
  }

  @AfterAll
  void close() {
    Await.of(link.close());
    Await.of(vertx.close());
    redis.close();
  }

  private String name() {
    return "ada" + fresh.incrementAndGet();
  }

  private Optional<String> place() {
    int next = fresh.incrementAndGet();
    return Optional.of("198.18." + next / 250 + "." + next % 250);
  }

  private Future<String> guess(String name, Optional<String> place, Reason outcome) {
    return lockout.guard(
        name,
        place,
        () -> {
          compared.incrementAndGet();
          return Future.failedFuture(Failure.of(outcome, "no"));
        });
  }

  private Reason wrong(String name, Optional<String> place) {
    return Await.failure(guess(name, place, Reason.UNAUTHENTICATED)).reason();
  }

  private Future<String> right(String name, Optional<String> place) {
    return lockout.guard(name, place, () -> Future.succeededFuture("in"));
  }

  @Test
  void afterFiveWrongPasswordsNoneIsCompared() {
    String name = name();
    Optional<String> place = place();
    for (int i = 0; i < 5; i++) {
      assertThat(wrong(name, place)).isEqualTo(Reason.UNAUTHENTICATED);
    }
    int before = compared.get();
    Failure refused = Await.failure(guess(name, place, Reason.UNAUTHENTICATED));

    assertThat(refused.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(refused.details()).containsKey("retryAfterMs");
    assertThat(compared).hasValue(before);
    assertThat(Await.failure(right(name, place)).reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(Await.of(right(name, place()))).as("from elsewhere").isEqualTo("in");
    assertThat(meters.get("parley.auth.failures").tag("reason", "locked").counter().count())
        .isPositive();
  }

  @Test
  void howeverItIsWrittenItIsTheSameAccount() {
    String name = name();
    Optional<String> place = place();
    for (String form : List.of(name, name.toUpperCase(Locale.ROOT), " " + name, name, name)) {
      assertThat(wrong(form, place)).isEqualTo(Reason.UNAUTHENTICATED);
    }

    assertThat(wrong(name, place)).isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void whatNobodyCouldBeCalledIsCountedAsWell() {
    Optional<String> place = place();
    for (int i = 0; i < 5; i++) {
      assertThat(wrong("no such form@ \0" + "x".repeat(1_000), place))
          .isEqualTo(Reason.UNAUTHENTICATED);
    }

    assertThat(wrong("no such form@ \0" + "x".repeat(1_000), place)).isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void whatWasNoGuessDoesNotCount() {
    String name = name();
    Optional<String> place = place();
    for (int i = 0; i < 20; i++) {
      assertThat(Await.failure(guess(name, place, Reason.OVERLOADED)).reason())
          .isEqualTo(Reason.OVERLOADED);
    }

    assertThat(Await.of(right(name, place))).isEqualTo("in");
  }

  @Test
  void anAccountIsKnownByAllItsNamesWhereItWasProved() {
    String name = name();
    String email = name + "@example.org";
    Optional<String> home = place();
    AccountsApi.Account account =
        new AccountsApi.Account(
            new UserId(UUID.randomUUID()),
            "Ada",
            Optional.of(name),
            Optional.of(email),
            Optional.empty(),
            Optional.empty(),
            Instant.EPOCH);
    Await.of(lockout.trust(account, home));
    List<Reason> strangers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      strangers.add(wrong(name, place()));
      strangers.add(wrong(email, place()));
    }

    assertThat(strangers).contains(Reason.RATE_LIMITED);
    assertThat(Await.of(right(name, home))).isEqualTo("in");
    assertThat(Await.of(right(email, home))).isEqualTo("in");
  }

  @Test
  void nobodysNameOrAddressCanBeReadInRedis() {
    String name = name();
    Optional<String> place = place();
    wrong(name, place);
    Await.of(right(name, place));

    String keys =
        String.valueOf(Await.of(link.send(Request.cmd(Command.KEYS).arg("*"))).orElseThrow());
    assertThat(keys).contains("parley:signin:").doesNotContain(name, place.orElseThrow());
  }

  @Test
  void withoutRedisNobodyIsLetInAndLaterEverybodyIs() {
    String name = name();
    redis.freeze();
    int before = compared.get();
    try {
      Failure refused = Await.failure(guess(name, place(), Reason.UNAUTHENTICATED));
      assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(refused.details()).containsKey("retryAfterMs");
      assertThat(Await.failure(right(name, place())).reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(compared).hasValue(before);
    } finally {
      redis.thaw();
    }

    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> Await.of(right(name, place()).otherwise("not yet")).equals("in"));
  }
}
