package io.parley.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Bytes;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.log.PicksApi;
import io.parley.log.Standing;
import io.parley.log.Standing.Access;
import io.parley.log.ThreadsApi;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomsApi;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading back, while the reader's place in the room changes. */
class MessagesTest {
  private static final Standing MEMBER = standing(Access.POST, 0);
  private static final Standing OUTSIDE = standing(Access.HIDDEN, 0);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus =
      Bus.over(
          vertx,
          List.of(
              LogApi.CONTRACT,
              PicksApi.CONTRACT,
              ThreadsApi.CONTRACT,
              RoomsApi.CONTRACT,
              MessagesApi.CONTRACT));
  private final Messages messages = new Messages(bus);
  private final UserId ann = new UserId(UUID.randomUUID());
  private final RoomId room = new RoomId(UUID.randomUUID());
  private final Queue<Standing> standings = new ConcurrentLinkedQueue<>();
  private final List<Long> reads = new ArrayList<>();

  @BeforeEach
  void answer() {
    LogApi.Head head = new LogApi.Head(room.log(), 9, 9, 0, "cursor");
    Await.of(bus.answer(RoomsApi.STANDINGS, asked -> found(asked.log())));
    Await.of(
        bus.answer(
            LogApi.HISTORY,
            asked -> {
              reads.add(asked.since());
              return Future.succeededFuture(new LogApi.HistoryPage(List.of(), false, false, head));
            }));
    Await.of(
        bus.answer(
            LogApi.READ,
            asked -> {
              reads.add(asked.since());
              return Future.succeededFuture(new LogApi.Page(List.of(), false, false, head));
            }));
  }

  @BeforeEach
  void pick() {
    Await.of(bus.answer(PicksApi.PICK, asked -> picked(asked.since())));
    Await.of(bus.answer(PicksApi.PINNED, asked -> picked(asked.since())));
    Await.of(bus.answer(PicksApi.WORDINGS, asked -> picked(asked.since())));
  }

  private Future<PicksApi.Picked> picked(long since) {
    reads.add(since);
    return Future.succeededFuture(new PicksApi.Picked(List.of(), false));
  }

  /** Every way to look at single messages. */
  private List<Supplier<Future<PicksApi.Picked>>> picks() {
    return List.of(
        () -> messages.get(new MessagesApi.Get(ann, room, List.of(1L))),
        () -> messages.pins(new MessagesApi.Pins(ann, room, Optional.empty())),
        () -> messages.revisions(new MessagesApi.Revisions(ann, room, 1, 0)));
  }

  @Test
  void singleMessagesAreForThoseWhoMayReadBeforeAndAfter() {
    for (Supplier<Future<PicksApi.Picked>> look : picks()) {
      reads.clear();
      standings.addAll(List.of(standing(Access.READ, 7), standing(Access.CLOSED, 7)));
      assertThat(Await.of(look.get()).more()).isFalse();
      assertThat(reads).containsExactly(7L);

      standings.addAll(List.of(MEMBER, OUTSIDE));
      assertThat(refusal(look.get())).isEqualTo(Reason.NOT_FOUND);
      reads.clear();
      standings.add(OUTSIDE);
      assertThat(refusal(look.get())).isEqualTo(Reason.NOT_FOUND);
      assertThat(reads).isEmpty();
    }
  }

  @Test
  void nothingIsReadBeforeItIsKnownFromWhereOn() {
    for (Supplier<Future<PicksApi.Picked>> look : picks()) {
      standings.add(standing(Access.POST, Standing.ENTRANCE));
      Failure refused = Failure.from(Await.failure(look.get()));
      assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(refused.details()).containsKey("retryAfterMs");
    }
    assertThat(reads).isEmpty();
  }

  @Test
  void aThreadIsForThoseWhoMayReadBeforeAndAfter() {
    LogApi.Head head = new LogApi.Head(room.log(), 9, 9, 0, "cursor");
    LogApi.Encoded root =
        new LogApi.Encoded(room.log(), 1, new Bytes(new byte[2]), Optional.empty());
    Await.of(
        bus.answer(
            ThreadsApi.UNFOLD,
            asked -> {
              reads.add(asked.since());
              return Future.succeededFuture(
                  new ThreadsApi.Unfolded(root, List.of(), false, false, head));
            }));
    standings.addAll(List.of(standing(Access.READ, 7), standing(Access.CLOSED, 7)));
    assertThat(Await.of(messages.thread(thread(Optional.empty()))).root()).isEqualTo(root);
    assertThat(reads).containsExactly(7L);

    standings.addAll(List.of(MEMBER, OUTSIDE));
    assertThat(refusal(messages.thread(thread(Optional.empty())))).isEqualTo(Reason.NOT_FOUND);
    assertThat(refusal(messages.thread(thread(Optional.of(3L))))).isEqualTo(Reason.INVALID);
  }

  private MessagesApi.Unfold thread(Optional<Long> before) {
    return new MessagesApi.Unfold(
        ann,
        room,
        1,
        before,
        Optional.of(2L).filter(x -> before.isPresent()),
        Optional.empty(),
        50);
  }

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  private Future<RoomsApi.StandingsFound> found(LogId log) {
    assertThat(log).isEqualTo(room.log());
    return Future.succeededFuture(
        new RoomsApi.StandingsFound(Map.of(ann, standings.remove()), Optional.empty()));
  }

  private static Standing standing(Access access, long since) {
    return new Standing(access, since, Optional.empty(), 1, false);
  }

  private Future<?> history() {
    return messages.history(
        new MessagesApi.History(
            ann, room, Optional.empty(), Optional.empty(), Optional.empty(), 50));
  }

  private Future<?> sync() {
    return messages.sync(new MessagesApi.Sync(ann, room, "cursor", 50));
  }

  private static Reason refusal(Future<?> refused) {
    return Await.of(
        refused.transform(
            outcome -> Future.succeededFuture(Failure.from(outcome.cause()).reason())));
  }

  @Test
  void aMemberIsShownWhatWasRead() {
    standings.addAll(List.of(MEMBER, MEMBER, MEMBER, MEMBER));

    assertThat(Await.of(history())).isInstanceOf(LogApi.HistoryPage.class);
    assertThat(Await.of(sync())).isInstanceOf(LogApi.Page.class);
  }

  @Test
  void whoIsRemovedWhileTheirPageIsReadDoesNotSeeIt() {
    standings.addAll(List.of(MEMBER, OUTSIDE, MEMBER, OUTSIDE));

    assertThat(refusal(history())).isEqualTo(Reason.NOT_FOUND);
    assertThat(refusal(sync())).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void whoCameBackMeanwhileSeesOnlyWhatIsTheirsNow() {
    Standing back = standing(Access.POST, 7);
    standings.addAll(List.of(MEMBER, back, back, back));

    Await.of(history());

    assertThat(reads).containsExactly(0L, 7L);
  }

  @Test
  void aStrangerIsTurnedAwayBeforeAnythingIsRead() {
    standings.addAll(List.of(OUTSIDE, OUTSIDE));

    assertThat(refusal(history())).isEqualTo(Reason.NOT_FOUND);
    assertThat(refusal(sync())).isEqualTo(Reason.NOT_FOUND);
    assertThat(reads).isEmpty();
  }
}
