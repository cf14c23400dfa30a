package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static io.parley.log.OwnerFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Reason;
import io.parley.log.LogApi.Appended;
import io.parley.log.Standing.Access;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Edits, deletions and reactions at the owner of their log. */
class OwnerMutationsTest {
  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private final UserId ben = Entries.user();
  private OwnerFixture fixture;
  private OwnerFixture.Host owner;

  @BeforeEach
  void open() {
    fixture = new OwnerFixture();
    owner = fixture.owner();
    await(owner.append(room, Entries.message(ann, "hello")));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Shown shown(long seq) {
    return await(fixture.real.at(room, List.of(seq))).get(0);
  }

  private void stand(UserId user, Access access, boolean moderates) {
    fixture.members.set(room, user, new Standing(access, 0, Optional.empty(), 0, moderates));
  }

  @Test
  void anAcknowledgedChangeIsInEffectAndAnEntryOfItsOwn() {
    Appended edited = await(owner.append(room, Entries.edit(ann, "e", 1, "bye")));
    assertThat(shown(1).state().rev()).isEqualTo(edited.seq()).isEqualTo(2);
    await(owner.append(room, Entries.react(ben, "r", 1, "+")));
    await(owner.append(room, Entries.unreact(ben, "u", 1, "+")));
    Appended deleted = await(owner.append(room, Entries.delete(ann, "d", 1)));

    assertThat(deleted.seq()).isEqualTo(5);
    assertThat(deleted.n()).isEqualTo(1);
    assertThat(shown(1).state().deleted()).isTrue();
    assertThat(fixture.stored(room))
        .extracting(Entry::kind)
        .containsExactly("message", "edit", "react", "unreact", "delete");
    assertThat(fixture.stored(room))
        .extracting(Entry::body)
        .containsExactly(
            MessageState.CLEARED,
            MessageState.CLEARED,
            "{\"emoji\":\"+\"}",
            "{\"emoji\":\"+\"}",
            "{}");
    assertThat(owner.heard).extracting(Entry::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void changesOfOneBatchBuildOnEachOther() {
    Promise<Void> gate = Promise.promise();
    Future<Appended> held = owner.hold(gate.future());
    List<Future<Appended>> changes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      changes.add(owner.append(room, Entries.react(Entries.user(), "r" + i, 1, "+")));
    }
    changes.add(owner.append(room, Entries.edit(ann, "e", 1, "last")));
    Future<Appended> twice = owner.append(room, Entries.react(ann, "r", 1, "+"));
    Future<Appended> again = owner.append(room, Entries.react(ann, "q", 1, "+"));
    assertThat(owner.pending()).isEqualTo(9);
    gate.complete();

    await(Future.all(changes));
    await(held);
    await(twice);
    assertThat(refusal(again)).isEqualTo(Reason.ALREADY_EXISTS);
    assertThat(shown(1).state().rev()).isEqualTo(8);
    assertThat(shown(1).state().reactions().get(0).users()).hasSize(6);
    assertThat(shown(1).state().edited()).contains("{\"text\":\"last\"}");
  }

  @Test
  void theSameChangeAgainIsAnsweredWithItsPlaceWhateverItWouldBeToday() {
    Appended first = await(owner.append(room, Entries.react(ben, "r", 1, "+")));
    await(owner.append(room, Entries.delete(ann, "d", 1)));
    OwnerFixture.Host later = fixture.owner();

    Appended again = await(later.append(room, Entries.react(ben, "r", 1, "+")));

    assertThat(again.seq()).isEqualTo(first.seq());
    assertThat(again.duplicate()).isTrue();
    assertThat(refusal(later.append(room, Entries.react(ben, "other", 1, "+"))))
        .isEqualTo(Reason.GONE);
    assertThat(refusal(later.append(room, Entries.react(ben, "r", 1, "-"))))
        .isEqualTo(Reason.CID_CONFLICT);
  }

  @Test
  void onlyWhatIsAMessageCanBeChanged() {
    await(
        owner.append(
            room, Entries.change(ben, "join", 1, ben, Entries.standing(Standing.Access.POST, 1))));

    assertThat(refusal(owner.append(room, Entries.delete(ben, "a", 2))))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(refusal(owner.append(room, Entries.edit(ann, "b", 3, "x"))))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(refusal(owner.append(room, Entries.edit(ann, "c", Long.MAX_VALUE, "x"))))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(fixture.stored(room)).hasSize(2);
  }

  @Test
  void moderatorsDeleteAndTheMutedDeleteTheirOwn() {
    stand(ann, Access.READ, false);
    stand(ben, Access.POST, false);
    UserId mod = Entries.user();
    stand(mod, Access.POST, true);
    OwnerFixture.Host later = fixture.owner();
    await(later.append(room, Entries.message(ben, "other")));

    assertThat(refusal(later.append(room, Entries.edit(ann, "e", 1, "x"))))
        .isEqualTo(Reason.READ_ONLY);
    assertThat(refusal(later.append(room, Entries.delete(ben, "x", 1))))
        .isEqualTo(Reason.FORBIDDEN);
    await(later.append(room, Entries.delete(ann, "d", 1)));
    await(later.append(room, Entries.delete(mod, "m", 2)));
    assertThat(shown(1).state().deleted()).isTrue();
    assertThat(shown(2).state().deleted()).isTrue();
  }

  @Test
  void nobodyIsRefusedOnWhatAnOwnerRemembersOfAMessage() {
    OwnerFixture.Host other = fixture.owner();
    await(owner.append(room, Entries.react(ben, "r", 1, "+")));
    await(other.append(room, Entries.unreact(ben, "u", 1, "+")));

    assertThat(await(owner.append(room, Entries.react(ben, "s", 1, "+"))).seq()).isEqualTo(4);
    await(other.append(room, Entries.message(ann, "new")));
    assertThat(
            await(fixture.eventually(() -> owner.append(room, Entries.edit(ann, "e", 5, "newer"))))
                .seq())
        .isEqualTo(6);
  }

  @Test
  void twoOwnersChangeOneMessageAndNothingGetsLost() {
    OwnerFixture.Host other = fixture.owner();
    List<Future<Appended>> reactions =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    (i % 2 == 0 ? owner : other)
                        .append(room, Entries.react(Entries.user(), "r" + i, 1, "+"), 25_000))
            .toList();
    await(Future.all(reactions));

    assertThat(shown(1).state().reactions().get(0).users()).doesNotHaveDuplicates().hasSize(60);
    assertThat(shown(1).state().rev()).isEqualTo(61);
  }

  @Test
  void changesCostTokensAsMessagesDo() {
    OwnerFixture.Host limited = fixture.owner(OwnerFixture.config(), OwnerFixture.limits(1, 2));
    await(limited.append(room, Entries.react(ben, "a", 1, "+")));
    await(limited.append(room, Entries.react(ben, "b", 1, "-")));

    assertThat(refusal(limited.append(room, Entries.react(ben, "c", 1, "*"))))
        .isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void aRefusedChangeCostsItsTokenAndTheSameAgainDoesNot() {
    OwnerFixture.Host limited = fixture.owner(OwnerFixture.config(), OwnerFixture.limits(1, 2));
    await(limited.append(room, Entries.react(ben, "a", 1, "+")));
    assertThat(await(limited.append(room, Entries.react(ben, "a", 1, "+"))).duplicate()).isTrue();

    assertThat(refusal(limited.append(room, Entries.react(ben, "b", 1, "+"))))
        .isEqualTo(Reason.ALREADY_EXISTS);
    assertThat(refusal(limited.append(room, Entries.react(ben, "c", 1, "+"))))
        .isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void whatIsToBeSentAgainCostsNothing() {
    AtomicLong now = new AtomicLong(System.nanoTime());
    fixture.nanos = now::get;
    OwnerFixture.Host other = fixture.owner();
    OwnerFixture.Host limited = fixture.owner(OwnerFixture.config(), OwnerFixture.limits(1, 3));
    await(limited.append(room, Entries.react(ben, "a", 1, "+")));
    await(other.append(room, Entries.unreact(ben, "b", 1, "+")));
    await(limited.append(room, Entries.react(ben, "c", 1, "+")));
    await(other.append(room, Entries.unreact(ben, "d", 1, "+")));

    for (int i = 0; i < 3; i++) {
      assertThat(refusal(limited.append(room, Entries.react(ben, "e", 1, "+"))))
          .isEqualTo(Reason.UNAVAILABLE);
    }
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
    assertThat(await(limited.append(room, Entries.react(ben, "e", 1, "+"))).seq()).isEqualTo(6);
  }

  @Test
  void whatIsNoMessageIsNotChangedByTheServerEither() {
    assertThat(refusal(owner.append(room, Entries.delete(UserId.SYSTEM, "s", 7))))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(refusal(owner.append(room, Entries.edit(UserId.SYSTEM, "t", 1, "x"))))
        .isEqualTo(Reason.FORBIDDEN);
    await(owner.append(room, Entries.message(ann, "on")));
  }

  @Test
  void aMessageThatCannotBeReadIsNotChanged() {
    OwnerFixture.Host later = fixture.owner();
    await(later.append(room, Entries.message(ben, "here")));
    later.store.at(Future.failedFuture("away"));

    assertThat(refusal(later.append(room, Entries.edit(ann, "e", 1, "x"))))
        .isEqualTo(Reason.UNAVAILABLE);
    later.store.at(Future.succeededFuture());
    await(later.append(room, Entries.edit(ann, "e", 1, "x")));
  }
}
