package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.accounts.ProfilesApi.Sighting;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.over(vertx, List.of(ProfilesApi.CONTRACT));
  private final List<Sighting> heard = new CopyOnWriteArrayList<>();
  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  private final UserId ana = new UserId(UUID.randomUUID());
  private final UserId bob = new UserId(UUID.randomUUID());
  private final Sightings sightings = new Sightings(SightingsTest::identity, bus, clock());

  @BeforeEach
  void listen() {
    Await.of(bus.hear(ProfilesApi.SEEN, seen -> heard.addAll(seen.sightings())));
  }

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  private static Future<Identity> identity(String token) {
    return token.equals("bad")
        ? Future.failedFuture(Failure.of(Reason.UNAUTHENTICATED, "no"))
        : Future.succeededFuture(
            new Identity(
                new UserId(UUID.fromString(token)), "A", new SessionId(UUID.randomUUID()), NOW));
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return time.get();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private void after(long seconds) {
    time.set(NOW.plusSeconds(seconds));
  }

  /** Somebody else is told of last, so that what was to come before has come. */
  private List<Sighting> told() {
    UserId end = new UserId(UUID.randomUUID());
    sightings.seen(end);
    sightings.tell();
    await().until(() -> heard.stream().anyMatch(each -> each.user().equals(end)));
    List<Sighting> others = heard.stream().filter(each -> !each.user().equals(end)).toList();
    heard.clear();
    return others;
  }

  @Test
  void whoProvesWhoTheyAreWasHereAndWhoDoesNotWasNot() {
    Await.of(sightings.authenticate(ana.toString()));
    Await.failure(sightings.authenticate("bad"));

    assertThat(told()).containsExactly(new Sighting(ana, NOW));
    assertThat(told()).isEmpty();
  }

  @Test
  void eachIsToldOfAtMostOnceAMinuteAndThenWithTheLatestTime() {
    sightings.seen(ana);
    assertThat(told()).containsExactly(new Sighting(ana, NOW));
    after(10);
    sightings.seen(ana);
    sightings.seen(bob);
    assertThat(told()).containsExactly(new Sighting(bob, NOW.plusSeconds(10)));
    after(40);
    sightings.seen(ana);
    assertThat(told()).isEmpty();
    after(61);
    assertThat(told()).containsExactly(new Sighting(ana, NOW.plusSeconds(40)));
  }

  @Test
  void thousandsAreToldOfInSeveralMessages() {
    for (int i = 0; i < 2_500; i++) {
      sightings.seen(new UserId(new UUID(7, i)));
    }

    assertThat(told()).hasSize(2_500).extracting(Sighting::user).doesNotHaveDuplicates();
  }
}
