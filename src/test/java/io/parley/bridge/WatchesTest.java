package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.UserId;
import io.parley.bridge.Overload.Pressure;
import io.parley.bus.Bus;
import io.parley.config.PresenceConfig;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestRedis;
import io.parley.presence.Choice;
import io.parley.presence.ChoiceStore;
import io.parley.presence.PresenceApi;
import io.parley.presence.PresenceVerticle;
import io.parley.presence.Presences;
import io.parley.stores.redis.RedisLink;
import io.parley.stores.redis.RedisPresenceStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node tells of its sockets, and what it tells them of others, over a real Redis. */
class WatchesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final UserId ANN = new UserId(new UUID(0, 1));
  private static final UserId BOB = new UserId(new UUID(0, 2));
  private static final UserId CEM = new UserId(new UUID(0, 3));

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.over(vertx, List.of(PresenceApi.CONTRACT));
  private final TestRedis redis = new TestRedis();
  private final AtomicLong ahead = new AtomicLong();
  private final Overload overload = new Overload(Duration.ofMillis(100));
  private final Set<String> nodes = Set.of("here", "there");
  private final Roll roll = roll("here");
  private final Roll there = roll("there");
  private final Watches watches = new Watches(bus, overload, this::nanos);
  private final Told ann = new Told();
  private final Open choices = new Open();
  private RedisLink link;
  private String deployed;

  /** A socket of Ann's. */
  private static final class Told implements Watches.Watcher {
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();

    @Override
    public UserId user() {
      return ANN;
    }

    @Override
    public void tell(JsonNode message) {
      messages.add(message.path("body"));
    }

    private JsonNode last() {
      return messages.get(messages.size() - 1);
    }
  }

  /** Everybody may see everybody, or nobody anybody. */
  private static final class Open implements ChoiceStore {
    private volatile boolean open = true;

    @Override
    public Future<Optional<PresenceApi.Own>> choose(PresenceApi.Choose change, Instant lastHere) {
      return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Optional<PresenceApi.Own>> own(UserId user) {
      return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<List<View>> openly(List<UserId> people) {
      return views(List.of(new PresenceApi.Sight(UserId.SYSTEM, people)));
    }

    @Override
    public Future<List<View>> views(List<PresenceApi.Sight> sights) {
      return Future.succeededFuture(
          sights.stream()
              .flatMap(
                  sight ->
                      sight.people().stream()
                          .map(
                              person ->
                                  new View(
                                      sight.viewer(),
                                      person,
                                      open,
                                      Choice.ONLINE,
                                      Optional.empty(),
                                      Optional.empty())))
              .toList());
    }
  }

  private Roll roll(String node) {
    return new Roll(bus, node, TestBridge.presence(), this::nanos);
  }

  private long nanos() {
    return System.nanoTime() + ahead.get();
  }

  @BeforeEach
  void start() {
    link = Await.of(RedisLink.open(vertx, redis.config()));
    deployed = deploy(TestBridge.presence());
    Await.of(bus.hear(PresenceApi.CHANGED, changed -> watches.changed(changed.users())));
  }

  private String deploy(PresenceConfig config) {
    Presences presences =
        new Presences(
            new RedisPresenceStore(link), choices, bus, () -> nodes, Clock.systemUTC(), config);
    return Await.of(vertx.deployVerticle(new PresenceVerticle(bus, presences, config.grace())));
  }

  @AfterEach
  void stop() {
    Await.of(link.close());
    Await.of(vertx.close());
    redis.close();
  }

  /** A second of a node. */
  private void tick() {
    Await.of(roll.tell(true));
    Await.of(there.tell(true));
    Await.of(watches.look());
  }

  private void later(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  private JsonNode watch(UserId... people) {
    return Await.of(watches.watch(ann, List.of(people)));
  }

  /** Nodes have had their time to tell. */
  private void gathered() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              tick();
              later(Duration.ofSeconds(2));
              return watch(BOB).path("known").asBoolean();
            });
    watches.leave(ann);
    ann.messages.clear();
  }

  private void awaitTold(int messages) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              tick();
              assertThat(ann.messages).hasSize(messages);
            });
  }

  private static String state(JsonNode body, int place) {
    return body.path("people").path(place).path("state").asText();
  }

  @Test
  void theAnswerIsTheFullStateAndThenOnlyChangesCome() {
    gathered();
    roll.enter(BOB);
    tick();
    JsonNode answer = watch(BOB, CEM);
    assertThat(state(answer, 0)).isEqualTo("online");
    assertThat(state(answer, 1)).isEqualTo("offline");
    tick();
    tick();
    assertThat(ann.messages).isEmpty();

    long connection = there.enter(CEM);
    awaitTold(1);
    assertThat(ann.last().path("people")).hasSize(1);
    assertThat(state(ann.last(), 0)).isEqualTo("online");
    assertThat(ann.last().path("version").asInt()).isEqualTo(answer.path("version").asInt() + 1);
    there.idle(connection, true);
    there.idle(connection, false);
    there.idle(connection, true);
    awaitTold(2);
    assertThat(state(ann.last(), 0)).isEqualTo("away");
  }

  @Test
  void whatHasChangedIsToldOnceMoreWhenEverybodyIsLookedAt() {
    gathered();
    watch(BOB, CEM);
    roll.enter(BOB);
    awaitTold(1);

    later(Duration.ofSeconds(16));
    tick();
    assertThat(ann.messages).hasSize(2);
    assertThat(ann.messages.get(1).path("people")).isEqualTo(ann.messages.get(0).path("people"));
    later(Duration.ofSeconds(16));
    tick();
    assertThat(ann.messages).hasSize(2);
  }

  @Test
  void whoShowsThemselvesToOthersThanBeforeIsLookedAtAtOnceAndLooksThemselves() {
    gathered();
    roll.enter(BOB);
    tick();
    assertThat(state(watch(BOB), 0)).isEqualTo("online");
    choices.open = false;
    tick();
    assertThat(ann.messages).isEmpty();

    watches.audience(BOB);
    tick();
    assertThat(state(ann.last(), 0)).isEqualTo("offline");
    choices.open = true;
    watches.audience(ANN);
    tick();
    assertThat(state(ann.last(), 0)).isEqualTo("online");
  }

  @Test
  void whoseSocketsCloseStaysForTheGrace() {
    gathered();
    long connection = roll.enter(BOB);
    tick();
    assertThat(state(watch(BOB), 0)).isEqualTo("online");

    roll.leave(connection);
    roll.leave(connection);
    tick();
    tick();
    assertThat(ann.messages).isEmpty();
    assertThat(state(watch(BOB), 0)).isEqualTo("online");
  }

  @Test
  void whoStaysAwayIsLookedAtAgainWhenTheGraceEnds() {
    Await.of(vertx.undeploy(deployed));
    deploy(new PresenceConfig(Duration.ofSeconds(75), Duration.ofSeconds(1), 3, 2, 20));
    gathered();
    long connection = roll.enter(BOB);
    tick();
    assertThat(state(watch(BOB), 0)).isEqualTo("online");

    roll.leave(connection);
    // Less than it takes until everybody is looked at.
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              tick();
              return !ann.messages.isEmpty() && state(ann.last(), 0).equals("offline");
            });
  }

  @Test
  void withoutRedisNothingIsKnownAndEverybodyIsToldAnewWhenItIsBack() {
    gathered();
    roll.enter(BOB);
    there.enter(CEM);
    tick();
    watch(BOB, CEM);

    redis.kill();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              later(Duration.ofSeconds(3));
              tick();
              return !ann.messages.isEmpty();
            });
    assertThat(ann.last().path("known").asBoolean()).isFalse();
    assertThat(ann.last().path("people")).isEmpty();
    assertThat(watch(BOB).path("known").asBoolean()).isFalse();
    watch(BOB, CEM);
    ann.messages.clear();

    redis.start();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              later(Duration.ofSeconds(2));
              tick();
              return !ann.messages.isEmpty();
            });
    assertThat(ann.messages).hasSize(1);
    assertThat(ann.last().path("known").asBoolean()).isTrue();
    assertThat(state(ann.last(), 0)).isEqualTo("online");
    assertThat(state(ann.last(), 1)).isEqualTo("online");
  }

  @Test
  void looksAreRareOnANodeThatHasMoreToDoThanItCan() {
    assertThat(watches.rare()).isFalse();
    for (int i = 0; i < 4; i++) {
      overload.look(new Pressure(Duration.ofSeconds(1), 0, 0));
    }

    assertThat(watches.rare()).isTrue();
  }

  @Test
  void whoWatchesNoMoreIsToldNothing() {
    gathered();
    watch(BOB);
    watches.leave(ann);
    roll.enter(BOB);
    tick();
    tick();

    assertThat(ann.messages).isEmpty();
  }
}
