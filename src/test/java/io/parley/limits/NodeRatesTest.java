package io.parley.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.bus.Bus;
import io.parley.config.LimitsConfig;
import io.parley.config.Secret;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.Limited;
import io.parley.fixtures.TestRedis;
import io.parley.stores.redis.RedisLimitStore;
import io.parley.stores.redis.RedisLink;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes that count, and a real Redis behind them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeRatesTest {
  private static final int EACH = 20;
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.over(vertx, List.of(LimitsApi.CONTRACT));
  private final TestRedis redis = new TestRedis();
  private final AtomicLong now = new AtomicLong();
  private RedisLink link;

  @BeforeAll
  void open() {
    link = Await.of(RedisLink.open(vertx, redis.config()));
    Limits limits =
        new Limits(new RedisLimitStore(link), new Veil(new Secret("a secret")), config(0));
    Await.of(vertx.deployVerticle(new LimitsVerticle(bus, limits)));
  }

  @AfterAll
  void close() {
    Await.of(link.close());
    Await.of(vertx.close());
    redis.close();
  }

  private static LimitsConfig config(int banAfter) {
    return Limited.edge(EACH, banAfter, Duration.ofMinutes(5));
  }

  private NodeRates node() {
    return node(new SimpleMeterRegistry());
  }

  private NodeRates node(SimpleMeterRegistry meters) {
    return new NodeRates(bus, config(0), now::get, meters);
  }

  private static int taken(NodeRates node, Rate rate, Object who) {
    int taken = 0;
    while (node.take(rate, who) == 0) {
      taken++;
    }
    return taken;
  }

  @Test
  void whatOneNodeGrantedTheOtherKnowsASecondLater() {
    NodeRates one = node();
    NodeRates other = node();
    UUID user = UUID.randomUUID();
    assertThat(taken(one, Rate.REST_USER, user)).isEqualTo(EACH);
    Await.of(one.compare());

    assertThat(other.take(Rate.REST_USER, user)).isZero();
    Await.of(other.compare());
    Rates.Quota quota = other.ask(Rate.REST_USER, user);
    assertThat(quota.waitMs()).isPositive();
    assertThat(quota.left()).isZero();
    assertThat(quota.limit()).isEqualTo(EACH);
    assertThat(other.take(Rate.REST_USER, UUID.randomUUID())).isZero();
    assertThat(other.take(Rate.REST_ANONYMOUS, user)).as("counted apart").isZero();
  }

  @Test
  void whoHadTooMuchAtTwoNodesPaysItBackAtBoth() {
    NodeRates one = node();
    NodeRates other = node();
    assertThat(taken(one, Rate.REST_ANONYMOUS, "2001:db8::")).isEqualTo(EACH);
    assertThat(taken(other, Rate.REST_ANONYMOUS, "2001:db8::")).isEqualTo(EACH);
    Await.of(one.compare());
    Await.of(other.compare());
    one.take(Rate.REST_ANONYMOUS, "2001:db8::");
    Await.of(one.compare());

    assertThat(one.take(Rate.REST_ANONYMOUS, "2001:db8::")).isGreaterThan(50_000);
    assertThat(other.take(Rate.REST_ANONYMOUS, "2001:db8::")).isGreaterThan(50_000);
  }

  @Test
  void manyWhoAskAreComparedInAFewMessages() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    NodeRates node = node(meters);
    List<UUID> users = IntStream.range(0, 1_200).mapToObj(i -> UUID.randomUUID()).toList();
    users.forEach(user -> node.take(Rate.USER_MESSAGES, user));
    Await.of(node.compare());

    assertThat(counted(meters)).isEqualTo(1_200);
    now.addAndGet(MINUTE);
    Await.of(node.compare());
    assertThat(counted(meters)).as("nothing is kept of who is quiet").isZero();
    users.forEach(user -> assertThat(node.take(Rate.USER_MESSAGES, user)).isZero());
  }

  private static double counted(SimpleMeterRegistry meters) {
    return meters.get("parley.limits.counted").tag("rate", "user_messages").gauge().value();
  }

  @Test
  void nobodyComparesMoreThanFiveHundredAtOnce() {
    List<LimitsApi.Count> counts =
        IntStream.range(0, 501)
            .mapToObj(i -> new LimitsApi.Count(Rate.REST_USER, "u" + i, 1, 0))
            .toList();

    assertThat(Await.failure(bus.ask(LimitsApi.COMPARE, new LimitsApi.Compare(counts))).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void ofManyThreadsAtOnceNoneGetsMoreThanThereIs() throws Exception {
    NodeRates node = node();
    AtomicInteger granted = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> all =
        IntStream.range(0, 4)
            .<Future<?>>mapToObj(
                i ->
                    threads.submit(
                        () -> {
                          for (int each = 0; each < 1_000; each++) {
                            granted.addAndGet(node.take(Rate.ALL_MESSAGES, "all") == 0 ? 1 : 0);
                          }
                        }))
            .toList();
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();

    assertThat(granted).hasValue(EACH);
  }

  @Test
  void aBanAtOneNodeIsABanAtTheOther() {
    LimitsConfig strict = config(30);
    Limits limits = new Limits(new RedisLimitStore(link), new Veil(new Secret("other")), strict);
    Vertx apart = Vertx.vertx();
    Bus between = Bus.over(apart, List.of(LimitsApi.CONTRACT));
    Await.of(apart.deployVerticle(new LimitsVerticle(between, limits)));
    NodeRates one = new NodeRates(between, strict, now::get, new SimpleMeterRegistry());
    NodeRates other = new NodeRates(between, strict, now::get, new SimpleMeterRegistry());
    UUID user = UUID.randomUUID();
    for (int i = 0; i < EACH + 30; i++) {
      one.take(Rate.USER_MESSAGES, user);
    }
    Await.of(one.compare());
    other.take(Rate.USER_MESSAGES, user);
    Await.of(other.compare());

    assertThat(one.take(Rate.USER_MESSAGES, user)).isGreaterThan(200_000);
    assertThat(other.take(Rate.USER_MESSAGES, user)).isGreaterThan(200_000);
    Await.of(apart.close());
  }

  @Test
  void withoutRedisEachNodeCountsAloneAndComesBackByItself() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    NodeRates node = node(meters);
    redis.kill();
    UUID user = UUID.randomUUID();
    await()
        .until(
            () -> {
              node.take(Rate.REST_USER, UUID.randomUUID());
              Await.of(node.compare());
              return alone(meters) == 1;
            });
    assertThat(taken(node, Rate.REST_USER, user)).isEqualTo(EACH);
    Await.of(node.compare());
    assertThat(node.take(Rate.REST_USER, user)).isPositive();
    redis.start();

    await()
        .atMost(Duration.ofSeconds(15))
        .until(
            () -> {
              node.take(Rate.REST_USER, UUID.randomUUID());
              Await.of(node.compare());
              return alone(meters) == 0;
            });
    assertThat(node.take(Rate.REST_USER, user)).as("it remembers").isPositive();
  }

  private static double alone(SimpleMeterRegistry meters) {
    return meters.get("parley.limits.alone").gauge().value();
  }
}
