package io.parley.log;

import static io.parley.log.FaultyStore.conflict;
import static io.parley.log.OwnerFixture.await;
import static io.parley.log.OwnerFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi.Appended;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Anything but clean success: what an owner makes of it. */
class OwnerFaultsTest {
  private static final int ROOMS = 3;
  private static final int EACH = 3;
  private static final int BATCH = ROOMS * EACH;
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(2);
  private static final String POISON = "{\"text\":\"\u0000\"}";

  private final UserId ann = Entries.user();
  private final UserId ben = Entries.user();
  private OwnerFixture fixture;
  private OwnerFixture.Host owner;

  @BeforeEach
  void open() {
    fixture = new OwnerFixture();
    owner = fixture.owner();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Posts of one batch over several rooms, of which one may be poisoned, and how each ended. */
  private record Posted(List<LogId> rooms, List<Draft> drafts, List<Future<Appended>> outcomes) {
    LogId room(int position) {
      return rooms.get(position % ROOMS);
    }
  }

  private Posted postOneBatch(int poisoned, FaultyStore.Appending script) {
    List<LogId> rooms = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      LogId room = Entries.room();
      await(owner.append(room, Entries.message(ben, "before")));
      await(owner.admit(room, ann));
      rooms.add(room);
    }
    // The order in which they are written is not that in which they are asked.
    rooms.sort(Comparator.comparing(LogId::id).reversed());
    Promise<Void> gate = Promise.promise();
    Future<Appended> held = owner.hold(gate.future());
    Posted posted = new Posted(rooms, new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < BATCH; i++) {
      String cid = "c" + i;
      Draft draft = i == poisoned ? Entries.message(ann, cid, POISON) : Entries.message(ann, cid);
      posted.drafts.add(draft);
      posted.outcomes.add(owner.append(posted.room(i), draft));
    }
    owner.store.append(script);
    assertThat(owner.pending()).isEqualTo(BATCH + 1);
    gate.complete();
    await(held);
    await(Future.join(posted.outcomes).otherwiseEmpty());
    return posted;
  }

  private void assertDense(LogId room) {
    List<Entry> stored = fixture.stored(room);
    assertThat(stored)
        .extracting(Entry::seq)
        .isEqualTo(LongStream.rangeClosed(1, stored.size()).boxed().toList());
    assertThat(stored).extracting(Entry::n).isSorted();
    assertThat(stored).extracting(Entry::at).isSorted();
  }

  /** Each acknowledged post stands once, where it was said to stand, in the order of posting. */
  private void assertKept(Posted posted) {
    for (LogId room : posted.rooms) {
      assertDense(room);
      List<Entry> mine =
          fixture.stored(room).stream().filter(entry -> entry.author().equals(ann)).toList();
      assertThat(mine).extracting(Entry::cid).isSorted().doesNotHaveDuplicates();
    }
    for (int i = 0; i < BATCH; i++) {
      Future<Appended> outcome = posted.outcomes.get(i);
      if (outcome.succeeded()) {
        Entry entry = fixture.stored(posted.room(i)).get((int) outcome.result().seq() - 1);
        assertThat(entry.cid()).isEqualTo("c" + i);
        assertThat(entry.body()).isEqualTo(posted.drafts.get(i).body());
      }
    }
  }

  private List<Entry> heard(LogId room) {
    return owner.heard.stream().filter(entry -> entry.log().equals(room)).toList();
  }

  @Test
  void aConflictAtAnyPositionOfABatchLosesNothing() {
    for (int position = 0; position < BATCH; position++) {
      int at = position;
      Posted posted =
          postOneBatch(
              -1,
              (real, batch) -> {
                assertThat(batch).hasSize(BATCH).isSortedAccordingTo(LogStore.ORDER);
                Entry victim = batch.get(at);
                List<Entry> intruders = Entries.run(victim.log(), 2, (int) victim.seq() - 1, ben);
                return real.append(intruders).compose(taken -> real.append(batch));
              });

      assertThat(posted.outcomes).allMatch(Future::succeeded);
      assertKept(posted);
      assertThat(fixture.count("parley.log.conflicts")).isEqualTo(position + 1.0);
      for (LogId room : posted.rooms) {
        assertThat(heard(room)).extracting(Entry::seq).isSorted().hasSize(EACH + 1);
        assertThat(owner.doubted).contains(room);
      }
    }
  }

  @Test
  void aBatchThatWasStoredUpToAnyPositionIsFinishedWithoutAHoleOrASecondCopy() {
    for (int stored = 0; stored <= BATCH; stored++) {
      int upTo = stored;
      Posted posted =
          postOneBatch(
              -1,
              (real, batch) ->
                  real.append(batch.subList(0, upTo)).transform(half -> FaultyStore.conflict()));

      assertThat(posted.outcomes).allMatch(Future::succeeded);
      assertThat(posted.outcomes).noneMatch(outcome -> outcome.result().duplicate());
      assertKept(posted);
      for (LogId room : posted.rooms) {
        assertThat(heard(room)).extracting(Entry::seq).isSorted().hasSize(EACH + 1);
      }
    }
  }

  @Test
  void aDuplicateCidAtAnyPositionOfABatchIsAnsweredAndTheRestRenumbered() {
    Digests digests = new Digests(await(fixture.real.identity()).digestKey());
    for (int position = 0; position < BATCH; position++) {
      int at = position;
      List<Entry> twins = new ArrayList<>();
      Posted posted =
          postOneBatch(
              -1,
              (real, batch) -> {
                twins.add(twin(batch.get(at), digests));
                return real.append(twins).compose(taken -> real.append(batch));
              });

      Entry twin = twins.get(0);
      int index = Integer.parseInt(twin.cid().substring(1));
      assertThat(posted.outcomes).allMatch(Future::succeeded);
      for (int i = 0; i < BATCH; i++) {
        assertThat(posted.outcomes.get(i).result().duplicate()).isEqualTo(i == index);
      }
      assertThat(posted.outcomes.get(index).result().seq()).isEqualTo(2);
      assertThat(posted.outcomes.get(index).result().id()).isEqualTo(twin.id().toString());
      posted.rooms.forEach(this::assertDense);
      assertThat(fixture.stored(posted.room(index))).hasSize(EACH + 1);
    }
  }

  /** The same post, as another owner would have written it just before. */
  private static Entry twin(Entry entry, Digests digests) {
    Entry other = Entries.entry(entry.log(), 2, entry.author(), entry.cid(), entry.body());
    return new Entry(
        other.log(),
        other.seq(),
        other.n(),
        other.at(),
        other.id(),
        other.kind(),
        other.author(),
        other.name(),
        other.cid(),
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        other.body(),
        digests.of(Entries.message(entry.author(), entry.cid(), entry.body())));
  }

  @Test
  void aPoisonedEntryAtAnyPositionFailsAlone() {
    for (int position = 0; position < BATCH; position++) {
      Posted posted = postOneBatch(position, LogStore::append);

      for (int i = 0; i < BATCH; i++) {
        Future<Appended> outcome = posted.outcomes.get(i);
        if (i == position) {
          assertThat(Failure.from(outcome.cause()).reason()).isEqualTo(Reason.INVALID);
        } else {
          assertThat(outcome.succeeded()).isTrue();
        }
      }
      assertKept(posted);
    }
  }

  @Test
  void aCommitWhoseAnswerWasLostIsFoundAndDeliveredOnce() {
    Posted posted = postOneBatch(-1, FaultyStore::replyLost);

    assertThat(posted.outcomes).allMatch(Future::succeeded);
    assertThat(posted.outcomes).noneMatch(outcome -> outcome.result().duplicate());
    assertKept(posted);
    for (LogId room : posted.rooms) {
      assertThat(heard(room)).isEqualTo(fixture.stored(room));
    }
  }

  @Test
  void aWriteThatNeverArrivedIsWrittenAgain() {
    Posted posted = postOneBatch(-1, FaultyStore::requestLost);

    assertThat(posted.outcomes).allMatch(Future::succeeded);
    assertKept(posted);
  }

  @Test
  void aWriteThatLandsAfterItWasGivenUpIsTheSameEntry() {
    LogId room = Entries.room();
    await(owner.append(room, Entries.message(ben, "before")));
    owner.store.append(
        (real, batch) -> {
          owner.store.append(
              (again, retry) -> again.append(batch).compose(l -> again.append(retry)));
          return FaultyStore.unknown();
        });

    Appended appended = await(owner.append(room, Entries.message(ann, "late")));

    assertThat(appended.seq()).isEqualTo(2);
    assertThat(appended.duplicate()).isFalse();
    assertThat(fixture.stored(room)).hasSize(2);
    assertThat(owner.heard).isEqualTo(fixture.stored(room));
  }

  @Test
  void aStoreThatHangsMakesCallersGiveUpInTimeAndIsPursuedNoFurther() {
    LogId room = Entries.room();
    Promise<Void> never = Promise.promise();
    owner.store.append((real, batch) -> never.future());
    long begun = System.nanoTime();

    Future<Appended> first = owner.append(room, Entries.message(ann, "c1"), 300);
    Future<Appended> second = owner.append(room, Entries.message(ann, "c2"), 300);

    assertThat(refusal(first)).isEqualTo(Reason.TIMEOUT);
    assertThat(refusal(second)).isEqualTo(Reason.TIMEOUT);
    assertThat(System.nanoTime() - begun).isLessThan(4_000_000_000L);
    never.fail(new LogStore.Fault(LogStore.Fault.Outcome.UNKNOWN, new Exception("gone")));
    await(owner.append(room, Entries.message(ann, "c3")));
    assertThat(fixture.stored(room)).extracting(Entry::cid).containsExactly("c3");
  }

  @Test
  void aStoreThatOnlyReadsIsNotPressed() {
    owner.store.always(FaultyStore::requestLost);

    Future<Appended> posted = owner.append(Entries.room(), Entries.message(ann, "c1"), 1_500);

    assertThat(refusal(posted)).isEqualTo(Reason.TIMEOUT);
    assertThat(owner.store.seen()).hasSizeBetween(3, 40);
  }

  @Test
  void whileTheStoreCannotBeReadTheOutcomeStaysUnknown() {
    LogId room = Entries.room();
    owner.store.append(FaultyStore::replyLost);
    owner.store.find(Future.failedFuture("a forced fault"));

    assertThat(refusal(owner.append(room, Entries.message(ann, "c1"), 400)))
        .isEqualTo(Reason.TIMEOUT);
    assertThat(fixture.stored(room)).hasSize(1);
    owner.store.find(Future.succeededFuture());
    Appended again = await(owner.append(room, Entries.message(ann, "c1")));
    assertThat(again.seq()).isEqualTo(1);
    assertThat(fixture.stored(room)).hasSize(1);
  }

  @Test
  void aRefusalAfterAnUnknownWriteIsUnknownToo() {
    LogId room = Entries.room();
    await(owner.append(room, Entries.message(ann, "before")));
    fixture.members.set(room, ann, Entries.standing(Standing.Access.BANNED, 1));
    owner.store.append(FaultyStore::requestLost);

    assertThat(refusal(owner.append(room, Entries.message(ann, "c1")))).isEqualTo(Reason.TIMEOUT);
    assertThat(refusal(owner.append(room, Entries.message(ann, "c2")))).isEqualTo(Reason.BANNED);
  }

  /** It lay somewhere while this owner was frozen; who asked may have been told no elsewhere. */
  @Test
  void aQuestionThatArrivesAfterItWasGivenUpIsNotWritten() {
    LogId room = Entries.room();

    Future<Appended> late = owner.append(room, Entries.message(ann, "late"), 10_000, -1);

    assertThat(refusal(late)).isEqualTo(Reason.TIMEOUT);
    assertThat(fixture.stored(room)).isEmpty();
  }

  @Test
  void whatWasGivenUpBeforeTheLogWasReadAnewIsNotWritten() {
    AtomicLong paused = new AtomicLong();
    fixture.nanos = () -> System.nanoTime() + paused.get();
    owner = fixture.owner();
    LogId room = Entries.room();
    Promise<Void> gate = Promise.promise();
    Future<Appended> waiting = waitingBehind(room, gate.future().compose(open -> conflict()));

    paused.set(PAUSE);
    gate.complete();

    assertThat(refusal(waiting)).isEqualTo(Reason.TIMEOUT);
    Awaitility.await().until(() -> owner.pending() == 0);
    assertThat(fixture.stored(room)).extracting(Entry::cid).containsExactly("known", "first");
  }

  @Test
  void whatWasGivenUpIsWrittenWhereNobodyElseCanHaveRefusedIt() {
    AtomicLong paused = new AtomicLong();
    fixture.nanos = () -> System.nanoTime() + paused.get();
    owner = fixture.owner();
    LogId room = Entries.room();
    Promise<Void> gate = Promise.promise();
    Future<Appended> waiting = waitingBehind(room, gate.future());

    paused.set(PAUSE);
    gate.complete();

    assertThat(await(waiting).seq()).isEqualTo(3);
  }

  /** A post that is asked for only briefly, behind a write that goes as told. */
  private Future<Appended> waitingBehind(LogId room, Future<Void> write) {
    await(owner.append(room, Entries.message(ben, "known")));
    await(owner.admit(room, ann));
    owner.store.append((real, batch) -> write.compose(go -> real.append(batch)));
    owner.append(room, Entries.message(ben, "first"), 60_000, 60_000);
    Awaitility.await().until(() -> owner.pending() == 1);
    Future<Appended> waiting = owner.append(room, Entries.message(ann, "c1"), 60_000, 1_000);
    assertThat(owner.pending()).isEqualTo(2);
    return waiting;
  }

  @Test
  void anAnswerFromBeforeAConflictIsNotHeard() {
    LogId room = Entries.room();
    await(owner.append(room, Entries.message(ben, "before")));
    Promise<Void> conflict = Promise.promise();
    owner.store.append(
        (real, batch) ->
            conflict
                .future()
                .compose(now -> real.append(Entries.run(room, 2, 1, ben)))
                .compose(taken -> real.append(batch)));
    Future<Appended> first = owner.append(room, Entries.message(UserId.SYSTEM, "s1"));
    assertThat(owner.pending()).isEqualTo(1);
    Promise<Void> early = Promise.promise();
    Promise<Void> late = Promise.promise();
    fixture.members.gate(early.future());
    Future<Appended> post = owner.append(room, Entries.message(ann, "a1"));
    assertThat(owner.pending()).isEqualTo(2);
    int asked = fixture.members.asked();
    fixture.members.set(room, ann, Entries.standing(Standing.Access.BANNED, 0));
    fixture.members.gate(late.future());

    conflict.complete();
    Awaitility.await().until(() -> fixture.members.asked() > asked);
    early.complete();
    await(first);
    assertThat(owner.pending()).isEqualTo(1);
    late.complete();

    assertThat(refusal(post)).isEqualTo(Reason.BANNED);
  }

  @Test
  void aConflictDiscardsWhatWasKnownOfMembers() {
    LogId room = Entries.room();
    await(owner.append(room, Entries.message(ann, "before")));
    fixture.members.set(room, ann, Entries.standing(Standing.Access.STRANGER, 0));
    owner.store.append(
        (real, batch) ->
            real.append(Entries.run(room, 2, 1, ben)).compose(taken -> real.append(batch)));

    assertThat(refusal(owner.append(room, Entries.message(ann, UUID.randomUUID().toString()))))
        .isEqualTo(Reason.NOT_MEMBER);
    assertThat(fixture.stored(room)).hasSize(2);
  }
}
