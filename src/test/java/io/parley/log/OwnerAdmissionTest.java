package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static io.parley.log.OwnerFixture.failure;
import static io.parley.log.OwnerFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.config.ByteSize;
import io.parley.config.LogConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.log.LogApi.Appended;
import io.parley.log.Standing.Access;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may, in which order changes count, and how much an owner takes. */
class OwnerAdmissionTest {
  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private final UserId mod = Entries.user();
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

  private Future<Appended> change(String cid, long version, Access access) {
    return owner.append(
        room, Entries.change(mod, cid, version, ann, Entries.standing(access, version)));
  }

  @Test
  void whatAStandingAllowsIsAllowedAndNothingElse() {
    Object[][] rows = {
      {Access.HIDDEN, Reason.NOT_FOUND, Reason.NOT_FOUND},
      {Access.STRANGER, Reason.NOT_MEMBER, Reason.NOT_MEMBER},
      {Access.BANNED, Reason.BANNED, Reason.BANNED},
      {Access.CLOSED, null, Reason.FORBIDDEN},
      {Access.READ, null, Reason.READ_ONLY},
      {Access.POST, null, null},
    };
    for (Object[] row : rows) {
      LogId log = Entries.room();
      fixture.members.set(log, ann, Entries.standing((Access) row[0], 0));

      assertOutcome(owner.admit(log, ann), row[1]);
      assertOutcome(owner.append(log, Entries.message(ann, "c1")), row[2]);
      assertThat(fixture.stored(log)).hasSize(row[2] == null ? 1 : 0);
    }
  }

  @Test
  void whatNoEntryTellsCountsAsSoonAsItIsDoubted() {
    LogId other = Entries.room();
    await(owner.append(room, Entries.message(ann, "one")));
    await(owner.append(other, Entries.message(ann, "one")));
    fixture.members.set(room, ann, Entries.standing(Access.CLOSED, 0));
    await(owner.append(room, Entries.message(ann, "two")));

    await(owner.on(writing -> doubt(writing, new LogApi.Doubted(List.of(room), false))));

    assertThat(refusal(owner.append(room, Entries.message(ann, "three"))))
        .isEqualTo(Reason.FORBIDDEN);
    assertThat(fixture.stored(room)).hasSize(2);
    int asked = fixture.members.asked();
    await(owner.append(other, Entries.message(ann, "two")));
    assertThat(fixture.members.asked()).as("nobody doubts the other").isEqualTo(asked);
    await(owner.on(writing -> doubt(writing, new LogApi.Doubted(List.of(), true))));
    await(owner.append(other, Entries.message(ann, "three")));
    assertThat(fixture.members.asked()).isEqualTo(asked + 1);
  }

  private static Future<Void> doubt(Owner writing, LogApi.Doubted doubted) {
    writing.doubt(doubted);
    return Future.succeededFuture();
  }

  private static void assertOutcome(Future<?> outcome, Object reason) {
    if (reason == null) {
      await(outcome);
    } else {
      assertThat(refusal(outcome)).isEqualTo(reason);
    }
  }

  @Test
  void theMutedAreToldHowLongAndMayPostAfterwards() {
    long until = fixture.wall.get() + 1_000;
    fixture.members.set(room, ann, new Standing(Access.POST, 0, Optional.of(until), 0, false));

    Failure refused = failure(owner.append(room, Entries.message(ann, "c1")));
    assertThat(refused.reason()).isEqualTo(Reason.MUTED);
    assertThat(refused.details()).containsEntry("until", Json.time(Instant.ofEpochMilli(until)));
    fixture.wall.set(until);
    assertThat(await(owner.append(room, Entries.message(ann, "c1"))).seq()).isEqualTo(1);
  }

  @Test
  void anOwnerThatIsBehindReadsAnewBeforeItAdmits() {
    OwnerFixture.Host other = fixture.owner();
    await(owner.append(room, Entries.message(ann, "one")));
    await(other.append(room, Entries.message(ann, "two")));
    await(other.append(room, Entries.message(ann, "three")));
    assertThat(await(owner.admit(room, ann)).head().seq()).isEqualTo(1);

    assertThat(await(owner.admit(room, ann, 3)).head().seq()).isEqualTo(3);
    assertThat(await(owner.admit(room, ann)).head().seq()).isEqualTo(3);
  }

  @Test
  void anOwnerThatIsBehindForgetsWhoWasAMemberToo() {
    OwnerFixture.Host other = fixture.owner();
    await(owner.append(room, Entries.message(ann, "one")));
    Standing gone = Entries.standing(Access.STRANGER, 1);
    await(other.append(room, Entries.change(mod, "kick", 1, ann, gone)));
    fixture.members.set(room, ann, gone);

    assertThat(refusal(owner.admit(room, ann, 2))).isEqualTo(Reason.NOT_MEMBER);
  }

  @Test
  void aChangeCountsFromItsPlaceOnAlsoWithinABatch() {
    Promise<Void> gate = Promise.promise();
    await(owner.admit(room, ann));
    Future<Appended> held = owner.hold(gate.future());
    Future<Appended> before = owner.append(room, Entries.message(ann, "before"));
    Future<Appended> kick = change("kick", 1, Access.STRANGER);
    Future<Appended> after = owner.append(room, Entries.message(ann, "after"));
    Future<Appended> join = change("join", 2, Access.POST);
    Future<Appended> again = owner.append(room, Entries.message(ann, "again"));
    assertThat(owner.pending()).isEqualTo(6);
    gate.complete();

    await(Future.all(held, before, kick, join, again));
    assertThat(refusal(after)).isEqualTo(Reason.NOT_MEMBER);
    assertThat(owner.store.seen()).hasSize(2);
    assertThat(fixture.stored(room))
        .extracting(Entry::cid)
        .containsExactly("before", "kick", "join", "again");
    assertThat(fixture.stored(room))
        .extracting(Entry::expels)
        .containsExactly(Optional.empty(), Optional.of(ann), Optional.empty(), Optional.empty());
  }

  @Test
  void anAppliedChangeIsADuplicateAndAnEarlyOneHasToWait() {
    Appended first = await(change("v1", 1, Access.STRANGER));

    assertThat(refusal(change("v3", 3, Access.POST))).isEqualTo(Reason.UNAVAILABLE);
    assertThat(await(change("v2", 2, Access.BANNED)).seq()).isEqualTo(2);
    assertThat(await(change("v3", 3, Access.POST)).seq()).isEqualTo(3);
    OwnerFixture.Host later = fixture.owner();
    Draft repeated = Entries.change(mod, "v1", 1, ann, Entries.standing(Access.STRANGER, 1));
    Appended again = await(later.append(room, repeated));
    assertThat(again.duplicate()).isTrue();
    assertThat(again.seq()).isEqualTo(first.seq());
    assertThat(fixture.stored(room)).hasSize(3);
  }

  @Test
  void theVersionReachedIsReadFromTheStore() {
    await(change("v1", 1, Access.POST));
    await(change("v2", 2, Access.POST));
    await(owner.append(room, Entries.message(ann, "c1")));

    OwnerFixture.Host later = fixture.owner();
    Draft third = Entries.change(mod, "v3", 3, ann, Entries.standing(Access.READ, 3));
    assertThat(await(later.append(room, third)).seq()).isEqualTo(4);
  }

  @Test
  void nobodyIsLetInBeforeTheirEntranceStandsButTurnedAwayAtOnce() {
    fixture.members.set(room, ann, Entries.standing(Access.POST, 1));
    assertThat(refusal(owner.append(room, Entries.message(ann, "c1"))))
        .isEqualTo(Reason.UNAVAILABLE);
    assertThat(refusal(owner.admit(room, ann))).isEqualTo(Reason.UNAVAILABLE);

    await(change("join", 1, Access.POST));
    assertThat(await(owner.append(room, Entries.message(ann, "c1"))).seq()).isEqualTo(2);

    UserId ben = Entries.user();
    fixture.members.set(room, ben, Entries.standing(Access.BANNED, 2));
    assertThat(refusal(owner.append(room, Entries.message(ben, "c1")))).isEqualTo(Reason.BANNED);
  }

  @Test
  void theHeadIsReadBeforeTheMembers() {
    Promise<Void> slow = Promise.promise();
    owner.store.tops(slow.future());
    Future<Appended> post = owner.append(room, Entries.message(ann, "c1"));
    assertThat(owner.pending()).isEqualTo(1);
    assertThat(fixture.members.asked()).isZero();
    slow.complete();

    await(post);
    assertThat(fixture.members.asked()).isEqualTo(1);
  }

  @Test
  void aLogWhoseHeadCannotBeReadTakesNothing() {
    owner.store.tops(Future.failedFuture("a forced fault"));
    assertThat(refusal(owner.append(room, Entries.message(ann, "c1"))))
        .isEqualTo(Reason.UNAVAILABLE);
    assertThat(refusal(owner.admit(room, ann))).isEqualTo(Reason.UNAVAILABLE);
    owner.store.tops(Future.succeededFuture());
    assertThat(await(owner.append(room, Entries.message(ann, "c1"))).seq()).isEqualTo(1);
  }

  @Test
  void anOlderStandingNeverOverridesAChange() {
    Promise<Void> slow = Promise.promise();
    fixture.members.gate(slow.future());
    Future<LogApi.Admitted> admit = owner.admit(room, ann);
    Future<Appended> kick = change("kick", 1, Access.BANNED);
    await(kick);
    fixture.members.gate(Future.succeededFuture());
    slow.complete();

    assertThat(refusal(admit)).isEqualTo(Reason.BANNED);
    assertThat(refusal(owner.append(room, Entries.message(ann, "c1")))).isEqualTo(Reason.BANNED);
  }

  @Test
  void whatTheServerWritesAndOnesOwnLogAskNobody() {
    fixture.members.others(Entries.standing(Access.HIDDEN, 0));
    LogId own = LogId.user(ann.value());

    assertThat(await(owner.append(room, Entries.message(UserId.SYSTEM, "s1"))).seq()).isOne();
    assertThat(await(owner.append(own, Entries.message(mod, "m1"))).seq()).isOne();
    assertThat(fixture.members.asked()).isZero();
  }

  @Test
  void nobodyIsAdmittedWhenMembersCannotBeRead() {
    fixture.members.gate(Future.failedFuture("a forced fault"));

    assertThat(refusal(owner.append(room, Entries.message(ann, "c1"))))
        .isEqualTo(Reason.UNAVAILABLE);
    assertThat(refusal(owner.admit(room, ann))).isEqualTo(Reason.UNAVAILABLE);
    assertThat(await(change("v1", 1, Access.POST)).seq()).isEqualTo(1);
    fixture.members.gate(Future.succeededFuture());
    assertThat(await(owner.append(room, Entries.message(ann, "c1"))).seq()).isEqualTo(2);
  }

  @Test
  void oneIsAdmittedAtTheDurableHead() {
    await(owner.append(room, Entries.message(ann, "c1")));
    fixture.members.set(room, mod, new Standing(Access.READ, 17, Optional.empty(), 0, false));
    Promise<Void> gate = Promise.promise();
    owner.store.append((real, batch) -> gate.future().compose(open -> real.append(batch)));
    Future<Appended> kick = change("kick", 1, Access.BANNED);

    LogApi.Admitted admitted = await(owner.admit(room, ann));
    assertThat(admitted.head().seq()).isEqualTo(1);
    assertThat(await(owner.admit(room, mod)).since()).isEqualTo(17);
    gate.complete();
    await(kick);
    assertThat(refusal(owner.admit(room, ann))).isEqualTo(Reason.BANNED);
  }

  @Test
  void moreAuthorsThanCanBeRememberedAreEachLookedUpOnce() {
    LogId room = Entries.room();
    Promise<Void> gate = Promise.promise();
    Promise<Void> come = Promise.promise();
    owner.store.append(
        (real, batch) -> {
          come.complete();
          return gate.future().compose(open -> real.append(batch));
        });
    List<Future<Appended>> posts = new ArrayList<>();
    posts.add(owner.append(room, Entries.message(Entries.user(), "first")));
    await(come.future());

    for (int i = 0; i < 2_600; i++) {
      posts.add(owner.append(room, Entries.message(Entries.user(), "c" + i), 20_000));
    }
    assertThat(owner.pending()).isEqualTo(2_601);
    int asked = fixture.members.asked();
    gate.complete();

    await(Future.all(posts));
    assertThat(asked).isLessThanOrEqualTo(501);
    assertThat(fixture.members.users()).isEqualTo(2_601);
  }

  @Test
  void nothingIsNumberedForSomebodyWhoNoLongerWaits() {
    Promise<Void> gate = Promise.promise();
    await(owner.admit(room, ann));
    Future<Appended> held = owner.hold(gate.future());
    Future<Appended> late = owner.append(room, Entries.message(ann, "late"), 150);

    assertThat(refusal(late)).isEqualTo(Reason.TIMEOUT);
    gate.complete();
    await(held);
    await(owner.append(room, Entries.message(ann, "next")));
    assertThat(fixture.stored(room)).extracting(Entry::cid).containsExactly("next");
    assertThat(owner.pending()).isZero();
  }

  @Test
  void beyondItsLimitsAnOwnerTakesNothingAndKeepsWhatItTook() {
    LogConfig small =
        new LogConfig(
            "postgres",
            500,
            new ByteSize(1 << 20),
            100,
            new ByteSize(16 << 20),
            Duration.ofSeconds(5),
            100);
    OwnerFixture.Host bounded = fixture.owner(small, OwnerFixture.unlimited());
    Promise<Void> gate = Promise.promise();
    bounded.store.append((real, batch) -> gate.future().compose(open -> real.append(batch)));

    List<Future<Appended>> taken =
        new ArrayList<>(
            IntStream.range(0, 100)
                .mapToObj(i -> bounded.append(room, Entries.message(ann, "c" + i)))
                .toList());
    Failure refused = failure(bounded.append(room, Entries.message(ann, "one more")));
    assertThat(refused.reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(refused.details()).containsKey("retryAfterMs");
    taken.add(bounded.append(room, Entries.message(ann, "c7")));
    gate.complete();

    await(Future.all(taken));
    assertThat(fixture.stored(room)).hasSize(100);
    await(bounded.append(room, Entries.message(ann, "one more")));
  }

  @Test
  void theSizeOfWhatWaitsIsLimitedToo() {
    LogConfig small =
        new LogConfig(
            "postgres",
            500,
            new ByteSize(1 << 20),
            10_000,
            new ByteSize(50_000),
            Duration.ofSeconds(5),
            100);
    OwnerFixture.Host bounded = fixture.owner(small, OwnerFixture.unlimited());
    Promise<Void> gate = Promise.promise();
    bounded.store.append((real, batch) -> gate.future().compose(open -> real.append(batch)));
    String body = "{\"text\":\"" + "x".repeat(20_000) + "\"}";

    Future<Appended> one = bounded.append(room, Entries.message(ann, "c1", body));
    Future<Appended> two = bounded.append(room, Entries.message(ann, "c2", body));
    assertThat(refusal(bounded.append(room, Entries.message(ann, "c3", body))))
        .isEqualTo(Reason.OVERLOADED);
    gate.complete();
    await(Future.all(one, two));
  }
}
