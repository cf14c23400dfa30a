package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static io.parley.log.OwnerFixture.failure;
import static io.parley.log.OwnerFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Limited;
import io.parley.log.LogApi.Appended;
import io.parley.log.Standing.Access;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnerTest {
  private OwnerFixture fixture;
  private OwnerFixture.Host owner;
  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private final UserId ben = Entries.user();

  @BeforeEach
  void open() {
    fixture = new OwnerFixture();
    owner = fixture.owner();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anAcknowledgedEntryIsStored() {
    Appended appended = await(owner.append(room, Entries.message(ann, "c1")));

    Entry stored = fixture.stored(room).get(0);
    assertThat(appended.seq()).isEqualTo(1);
    assertThat(appended.n()).isEqualTo(1);
    assertThat(appended.at()).isEqualTo(stored.at()).isEqualTo(fixture.wall.get());
    assertThat(appended.id()).isEqualTo(stored.id().toString());
    assertThat(Cursor.parse(appended.cursor()))
        .contains(Cursor.at(await(fixture.real.identity()).epoch(), 1, stored.id()));
    assertThat(appended.duplicate()).isFalse();
    assertThat(stored.body()).isEqualTo("{\"text\":\"c1\"}");
  }

  @Test
  void nothingIsAcknowledgedBeforeTheCommit() {
    Promise<Void> gate = Promise.promise();
    owner.store.append((real, batch) -> gate.future().compose(open -> real.append(batch)));

    Future<Appended> append = owner.append(room, Entries.message(ann, "c1"));
    assertThat(owner.pending()).isEqualTo(1);
    assertThat(append.isComplete()).isFalse();
    assertThat(owner.heard).isEmpty();
    gate.complete();

    assertThat(await(append).seq()).isEqualTo(1);
    assertThat(owner.heard).hasSize(1);
  }

  @Test
  void whatComesDuringAWriteGoesIntoTheNext() {
    Promise<Void> gate = Promise.promise();
    owner.store.append((real, batch) -> gate.future().compose(open -> real.append(batch)));
    List<Future<Appended>> appends = new ArrayList<>();
    appends.add(owner.append(room, Entries.message(ann, "first")));
    IntStream.range(0, 200)
        .forEach(i -> appends.add(owner.append(room, Entries.message(ann, "c" + i))));
    assertThat(owner.pending()).isEqualTo(201);
    gate.complete();

    await(Future.all(appends));
    assertThat(fixture.count("parley.log.commits")).isLessThan(10);
    assertThat(appends).extracting(each -> each.result().seq()).isSorted().hasSize(201);
  }

  @Test
  void positionsHaveNoGapAndTimeNeverRunsBackwards() {
    for (int i = 0; i < 20; i++) {
      fixture.wall.addAndGet(i % 3 == 0 ? -1_000 : 400);
      await(owner.append(room, Entries.message(ann, "c" + i)));
    }

    List<Entry> stored = fixture.stored(room);
    assertThat(stored)
        .extracting(Entry::seq)
        .isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(i -> (long) i).toList());
    assertThat(stored).extracting(Entry::at).isSorted();
  }

  @Test
  void onlyCountableEntriesAreCounted() {
    Draft silent =
        new Draft("mark", ann, "Ann", "c2", "{}", Optional.of(1L), false, Optional.empty());
    await(owner.append(room, Entries.message(ann, "c1")));
    await(owner.append(room, silent));
    await(owner.append(room, Entries.message(ann, "c3")));

    assertThat(fixture.stored(room)).extracting(Entry::n).containsExactly(1L, 1L, 2L);
  }

  @Test
  void theSameCidFiftyTimesAtOnceIsOneEntry() {
    List<Future<Appended>> appends =
        IntStream.range(0, 50)
            .mapToObj(i -> owner.append(room, Entries.message(ann, "same")))
            .toList();
    await(Future.all(appends));

    assertThat(fixture.stored(room)).hasSize(1);
    assertThat(appends).extracting(each -> each.result().seq()).containsOnly(1L);
    assertThat(appends).filteredOn(each -> each.result().duplicate()).hasSize(49);
  }

  @Test
  void aCidIsKnownToAnOwnerThatNeverSawIt() {
    Appended first = await(owner.append(room, Entries.message(ann, "same")));
    OwnerFixture.Host later = fixture.owner();
    await(later.append(room, Entries.message(ann, "other")));

    Appended again = await(later.append(room, Entries.message(ann, "same")));

    assertThat(again.duplicate()).isTrue();
    assertThat(again.seq()).isEqualTo(first.seq());
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(fixture.stored(room)).hasSize(2);
  }

  @Test
  void aCidWithAnotherPayloadIsRefusedWhereverItIsNoticed() {
    Future<Appended> first = owner.append(room, Entries.message(ann, "same"));
    Draft other = Entries.message(ann, "same", "{\"text\":\"other\"}");

    assertThat(refusal(owner.append(room, other))).isEqualTo(Reason.CID_CONFLICT);
    await(first);
    assertThat(refusal(owner.append(room, other))).isEqualTo(Reason.CID_CONFLICT);
    assertThat(refusal(fixture.owner().append(room, other))).isEqualTo(Reason.CID_CONFLICT);
    assertThat(fixture.stored(room)).hasSize(1);
  }

  @Test
  void aCidOfAnotherAuthorOrLogIsAnother() {
    await(owner.append(room, Entries.message(ann, "same")));
    await(owner.append(room, Entries.message(ben, "same", "{\"text\":\"other\"}")));
    await(owner.append(Entries.room(), Entries.message(ann, "same", "{\"text\":\"third\"}")));

    assertThat(fixture.stored(room)).hasSize(2);
  }

  @Test
  void aDuplicateIsAnsweredEvenToSomebodyWhoWasThrownOut() {
    Appended first = await(owner.append(room, Entries.message(ann, "same")));
    fixture.members.set(room, ann, Entries.standing(Access.BANNED, 1));
    OwnerFixture.Host later = fixture.owner();

    Appended again = await(later.append(room, Entries.message(ann, "same")));

    assertThat(again.seq()).isEqualTo(first.seq());
    assertThat(again.duplicate()).isTrue();
    assertThat(refusal(later.append(room, Entries.message(ann, "new")))).isEqualTo(Reason.BANNED);
  }

  @Test
  void tooManyAreToldToWaitAndDuplicatesCostNothing() {
    AtomicLong now = new AtomicLong();
    fixture.nanos = now::get;
    OwnerFixture.Host strict = fixture.owner(OwnerFixture.config(), OwnerFixture.limits(1, 3));
    for (int i = 0; i < 3; i++) {
      await(strict.append(room, Entries.message(ann, "c" + i)));
    }

    Failure refused = failure(strict.append(room, Entries.message(ann, "c3")));
    assertThat(refused.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(refused.details()).containsEntry("retryAfterMs", "1000");
    assertThat(await(strict.append(room, Entries.message(ann, "c1"))).duplicate()).isTrue();
    assertThat(await(strict.append(room, Entries.message(ben, "c1"))).duplicate()).isFalse();
    assertThat(await(strict.append(Entries.room(), Entries.message(ann, "c3"))).seq()).isOne();
    now.addAndGet(1_000_000_000);
    assertThat(await(strict.append(room, Entries.message(ann, "c3"))).duplicate()).isFalse();
    assertThat(refusal(strict.append(room, Entries.message(ann, "c4"))))
        .isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void aRoomHasACeilingForAllItsMembers() {
    AtomicLong now = new AtomicLong();
    fixture.nanos = now::get;
    OwnerFixture.Host calm = fixture.owner(OwnerFixture.config(), Limited.ceiling(2));
    await(calm.append(room, Entries.message(ann, "c1")));
    await(calm.append(room, Entries.message(ben, "c2")));

    Failure refused = failure(calm.append(room, Entries.message(ann, "c3")));
    assertThat(refused.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(refused.details()).containsEntry("retryAfterMs", "500");
    assertThat(await(calm.append(room, Entries.message(ben, "c2"))).duplicate()).isTrue();
    assertThat(await(calm.append(Entries.room(), Entries.message(ann, "c3"))).seq()).isOne();
    now.addAndGet(500_000_000);
    assertThat(await(calm.append(room, Entries.message(ann, "c3"))).duplicate()).isFalse();
  }

  @Test
  void duplicatesFoundByTheStoreGiveTheirTokenBack() {
    for (int i = 0; i < 6; i++) {
      await(owner.append(room, Entries.message(ann, "c" + i)));
    }
    fixture.nanos = () -> 0;
    OwnerFixture.Host strict = fixture.owner(OwnerFixture.config(), OwnerFixture.limits(1, 2));

    for (int i = 0; i < 6; i++) {
      assertThat(await(strict.append(room, Entries.message(ann, "c" + i))).duplicate()).isTrue();
    }
  }

  @Test
  void anEmptyBucketStillAnswersDuplicates() {
    await(owner.append(room, Entries.message(ann, "old")));
    fixture.nanos = () -> 0;
    OwnerFixture.Host strict = fixture.owner(OwnerFixture.config(), OwnerFixture.limits(1, 1));
    await(strict.append(room, Entries.message(ann, "new")));

    assertThat(await(strict.append(room, Entries.message(ann, "old"))).duplicate()).isTrue();
  }

  @Test
  void anEntryThatIsNoneIsRefusedBeforeItWaits() {
    assertThat(refusal(owner.append(room, Entries.message(ann, "", "{}"))))
        .isEqualTo(Reason.INVALID);
    assertThat(refusal(owner.append(room, Entries.message(ann, "c\n", "{}"))))
        .isEqualTo(Reason.INVALID);
    assertThat(refusal(owner.append(room, Entries.message(ann, "c".repeat(65), "{}"))))
        .isEqualTo(Reason.INVALID);
    assertThat(refusal(owner.append(room, Entries.message(ann, "c", "[]"))))
        .isEqualTo(Reason.INVALID);
    String large = "{\"text\":\"" + "x".repeat(65_000) + "\"}";
    assertThat(refusal(owner.append(room, Entries.message(ann, "c", large))))
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void anOwnerThatIsAboutToGoSettlesWhatItTookAndTakesNothingNew() {
    Promise<Void> gate = Promise.promise();
    Future<Appended> held = owner.hold(gate.future());

    Future<Void> drained = owner.on(o -> o.drain(Duration.ofSeconds(20)));
    Future<Appended> late = owner.append(room, Entries.message(ann, "late"));

    assertThat(refusal(late)).isEqualTo(Reason.DRAINING);
    assertThat(drained.isComplete()).isFalse();
    gate.complete();
    await(drained);
    assertThat(held.succeeded()).isTrue();
    assertThat(fixture.stored(room)).isEmpty();
  }

  @Test
  void anOwnerForgetsTheLogsItHasNotUsedForLongest() {
    var few =
        new io.parley.config.LogConfig(
            "postgres",
            500,
            OwnerFixture.config().batchBytes(),
            100,
            OwnerFixture.config().pendingBytes(),
            OwnerFixture.config().deadline(),
            2);
    OwnerFixture.Host small = fixture.owner(few, OwnerFixture.unlimited());
    List<LogId> rooms = IntStream.range(0, 5).mapToObj(i -> Entries.room()).toList();
    for (int round = 0; round < 2; round++) {
      for (LogId each : rooms) {
        await(small.append(each, Entries.message(ann, "c" + round)));
      }
    }

    assertThat(fixture.members.asked()).isEqualTo(10);
    assertThat(fixture.stored(rooms.get(0))).extracting(Entry::seq).containsExactly(1L, 2L);
  }
}
