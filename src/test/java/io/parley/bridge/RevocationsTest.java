package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.accounts.AccountsApi;
import io.parley.accounts.AccountsApi.SessionEnded;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionsApi;
import io.parley.accounts.SessionsApi.EndedPlace;
import io.parley.accounts.SessionsApi.EndedSessions;
import io.parley.accounts.SessionsApi.EndedSince;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That no socket outlives its session, even where nobody hears of its end. */
class RevocationsTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final UserId ann = TestBridge.user();
  private final SessionId session = new SessionId(UUID.randomUUID());

  private Peer ann(TestBridge world) {
    Peer peer = Peer.raw(world.vertx, world.port());
    peer.open(world.token(ann, session, Duration.ofMinutes(5)));
    return peer;
  }

  @Test
  void anEndThatNobodyHeardIsReadAndClosesTheSocketsOfThatSession() {
    try (TestBridge world = new TestBridge()) {
      Peer one = ann(world);
      Peer two = ann(world);
      Peer other = world.signedIn(ann);

      world.ended.add(new SessionEnded(ann, session));

      assertThat(one.closeCode()).isEqualTo(4403);
      assertThat(two.closeCode()).isEqualTo(4403);
      assertThat(other.closed()).isFalse();
      assertThat(world.count("parley.bridge.revocations.missed")).isEqualTo(1);
    }
  }

  @Test
  void anEndThatWasHeardIsNotCountedAsMissedWhenItIsReadAsWell() {
    try (TestBridge world = new TestBridge()) {
      Peer peer = ann(world);

      world.bus.announce(AccountsApi.SESSION_ENDED, new SessionEnded(ann, session));
      assertThat(peer.closeCode()).isEqualTo(4403);
      await().until(() -> world.bridge.open() == 0);
      world.ended.add(new SessionEnded(ann, session));
      SessionId seen = new SessionId(UUID.randomUUID());
      Peer later = Peer.raw(world.vertx, world.port());
      later.open(world.token(ann, seen, Duration.ofMinutes(5)));
      world.ended.add(new SessionEnded(ann, seen));

      assertThat(later.closeCode()).isEqualTo(4403);
      assertThat(world.count("parley.bridge.revocations.missed")).isEqualTo(1);
    }
  }

  @Test
  void whoIsSignedInIsSentElsewhereWhenNobodyKnowsWhichSessionsHaveEnded() {
    try (TestBridge world = new TestBridge()) {
      Peer peer = ann(world);
      world.accountsAnswer = false;

      assertThat(peer.closeCode()).isEqualTo(4503);

      world.accountsAnswer = true;
      Peer again = ann(world);
      world.ended.add(new SessionEnded(ann, session));
      assertThat(again.closeCode()).as("what is known again counts again").isEqualTo(4403);
    }
  }

  @Test
  void pagesAreReadAtOnceOneAfterTheOtherAndAfterAnOutageItGoesOnWhereItWas() {
    Vertx vertx = Vertx.vertx();
    Bus bus = Bus.over(vertx, List.of(SessionsApi.CONTRACT));
    List<Optional<EndedPlace>> asked = new CopyOnWriteArrayList<>();
    AtomicInteger number = new AtomicInteger();
    Await.of(
        bus.answer(
            SessionsApi.ENDED_SINCE,
            (EndedSince request) -> {
              asked.add(request.after());
              int page = number.incrementAndGet();
              return page == 3
                  ? Future.failedFuture("an outage")
                  : Future.succeededFuture(page(page, page == 1));
            }));
    List<SessionId> told = new CopyOnWriteArrayList<>();
    Paces paces =
        new Paces(NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, Duration.ofMillis(100), NEVER);

    new Revocations(vertx, bus, paces, System::nanoTime, told::add, () -> {}).start();

    await().until(() -> asked.size() >= 4);
    assertThat(List.copyOf(asked).subList(0, 4))
        .containsExactly(
            Optional.empty(),
            Optional.of(page(1, true).next()),
            Optional.of(page(2, false).next()),
            Optional.of(page(2, false).next()));
    await().until(() -> told.size() >= 3);
    assertThat(List.copyOf(told).subList(0, 3)).containsExactly(id(1), id(2), id(4));
    Await.of(vertx.close());
  }

  private EndedSessions page(int number, boolean more) {
    EndedPlace next = new EndedPlace(Instant.EPOCH.plusSeconds(number), id(number));
    return new EndedSessions(List.of(new SessionEnded(ann, id(number))), next, more);
  }

  private static SessionId id(int number) {
    return new SessionId(new UUID(1, number));
  }
}
