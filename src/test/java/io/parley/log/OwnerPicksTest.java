package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static io.parley.log.OwnerFixture.failure;
import static io.parley.log.OwnerFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi.Appended;
import io.parley.log.Standing.Access;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pins, answers and what was said elsewhere, at the owner of their log. */
class OwnerPicksTest {
  private static final String BODY = "{\"text\":\"as it was\"}";

  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private final UserId mod = Entries.user();
  private OwnerFixture fixture;
  private OwnerFixture.Host owner;

  @BeforeEach
  void open() {
    fixture = new OwnerFixture();
    fixture.members.set(room, mod, new Standing(Access.POST, 0, Optional.empty(), 0, true));
    owner = fixture.owner();
    await(owner.append(room, Entries.message(ann, "hello")));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** So many messages more. */
  private void say(int count) {
    List<Future<Appended>> said = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      said.add(owner.append(room, Entries.message(ann, "m" + i)));
    }
    await(Future.all(said));
  }

  private List<Future<Appended>> pin(OwnerFixture.Host by, long from, long through) {
    List<Future<Appended>> pins = new ArrayList<>();
    for (long seq = from; seq <= through; seq++) {
      pins.add(by.append(room, Entries.pin(mod, "p" + seq, seq), 25_000));
    }
    return pins;
  }

  @Test
  void aHundredArePinnedAndNotOneMoreHoweverManyOwnersAndModeratorsThereAre() {
    say(Amending.MAX_PINNED + 19);
    OwnerFixture.Host other = fixture.owner();
    List<Future<Appended>> pins = new ArrayList<>(pin(owner, 1, 60));
    pins.addAll(pin(other, 61, Amending.MAX_PINNED + 20));
    await(Future.join(pins).otherwiseEmpty());

    assertThat(pins).filteredOn(Future::succeeded).hasSize(Amending.MAX_PINNED);
    assertThat(pins)
        .filteredOn(Future::failed)
        .hasSize(20)
        .extracting(pin -> Failure.from(pin.cause()).reason())
        .containsOnly(Reason.CONFLICT);
    assertThat(await(fixture.real.pins(room))).hasSize(Amending.MAX_PINNED);
  }

  @Test
  void whatIsUnpinnedOrDeletedMakesRoomForAnother() {
    say(Amending.MAX_PINNED + 4);
    await(Future.all(pin(owner, 1, Amending.MAX_PINNED)));
    long next = Amending.MAX_PINNED + 1;
    assertThat(refusal(owner.append(room, Entries.pin(mod, "a", next)))).isEqualTo(Reason.CONFLICT);

    await(fixture.owner().append(room, Entries.unpin(mod, "u", 3)));
    await(owner.append(room, Entries.pin(mod, "b", next)));
    await(owner.append(room, Entries.delete(ann, "d", 4)));
    await(owner.append(room, Entries.pin(mod, "c", next + 1)));

    assertThat(refusal(owner.append(room, Entries.pin(mod, "e", next + 2))))
        .isEqualTo(Reason.CONFLICT);
    assertThat(await(fixture.real.pins(room)))
        .hasSize(Amending.MAX_PINNED)
        .contains(next, next + 1)
        .doesNotContain(3L, 4L);
  }

  @Test
  void pinsOfOneBatchAreCountedToo() {
    say(Amending.MAX_PINNED + 4);
    await(Future.all(pin(owner, 1, Amending.MAX_PINNED - 1)));
    Promise<Void> gate = Promise.promise();
    Future<Appended> held = owner.hold(gate.future());
    List<Future<Appended>> pins = pin(owner, Amending.MAX_PINNED, Amending.MAX_PINNED + 3);
    gate.complete();
    await(held);
    await(Future.join(pins).otherwiseEmpty());

    assertThat(pins).filteredOn(Future::succeeded).hasSize(1);
    assertThat(await(fixture.real.pins(room))).hasSize(Amending.MAX_PINNED);
  }

  @Test
  void theSamePinAgainIsAnsweredWithItsPlaceWhateverHasBecomeOfIt() {
    Appended pinned = await(owner.append(room, Entries.pin(mod, "p", 1)));
    await(owner.append(room, Entries.unpin(mod, "u", 1)));

    Appended again = await(fixture.owner().append(room, Entries.pin(mod, "p", 1)));

    assertThat(again.seq()).isEqualTo(pinned.seq());
    assertThat(again.duplicate()).isTrue();
    assertThat(await(fixture.real.pins(room))).isEmpty();
  }

  @Test
  void whoMayNotWriteAnyMorePinsNothing() {
    fixture.members.set(room, mod, new Standing(Access.CLOSED, 0, Optional.empty(), 0, true));
    assertThat(refusal(fixture.owner().append(room, Entries.pin(mod, "a", 1))))
        .isEqualTo(Reason.FORBIDDEN);
    fixture.members.set(room, mod, new Standing(Access.READ, 0, Optional.empty(), 0, true));
    assertThat(refusal(fixture.owner().append(room, Entries.pin(mod, "b", 1))))
        .isEqualTo(Reason.READ_ONLY);
    assertThat(refusal(owner.append(room, Entries.pin(ann, "c", 1)))).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void anAnswerNamesAMessageThatStands() {
    Appended reply = await(owner.append(room, Entries.reply(ann, "r", 1)));
    assertThat(reply.n()).isEqualTo(2);
    await(owner.append(room, Entries.edit(ann, "e", 1, "other")));
    await(owner.append(room, Entries.delete(ann, "d", 1)));
    await(owner.append(room, Entries.reply(ann, "s", 1)));

    for (long nothing : List.of(3L, 99L, Long.MAX_VALUE)) {
      Failure refused = failure(owner.append(room, Entries.reply(ann, "x" + nothing, nothing)));
      assertThat(refused.reason()).isEqualTo(Reason.INVALID);
      assertThat(refused.details()).containsEntry("field", "replyTo");
    }
    assertThat(fixture.stored(room)).hasSize(5);
  }

  @Test
  void anAnswerToWhatStandsBeforeOnesTimeIsRefused() {
    say(3);
    UserId late = Entries.user();
    fixture.members.set(room, late, new Standing(Access.POST, 3, Optional.empty(), 0, false));

    assertThat(refusal(owner.append(room, Entries.reply(late, "a", 2)))).isEqualTo(Reason.INVALID);
    await(owner.append(room, Entries.reply(late, "b", 3)));
  }

  @Test
  void anAnswerToWhatAnotherOwnerHasWrittenIsTaken() {
    OwnerFixture.Host other = fixture.owner();
    await(owner.append(room, Entries.reply(ann, "warm", 1)));
    long theirs = await(other.append(room, Entries.message(ann, "theirs"))).seq();

    Appended reply =
        await(fixture.eventually(() -> owner.append(room, Entries.reply(ann, "mine", theirs))));

    assertThat(reply.seq()).isEqualTo(theirs + 1);
  }

  @Test
  void whatAnswersNothingAsksNoStoreForAMessage() {
    owner.store.at(Future.failedFuture("away"));

    await(owner.append(room, Entries.message(ann, "plain")));
    assertThat(refusal(owner.append(room, Entries.reply(ann, "r", 1))))
        .isEqualTo(Reason.UNAVAILABLE);
  }

  private static Draft forward(UserId who, String cid, String request, String body) {
    return Entries.forward(who, cid, request, Optional.of(body));
  }

  private static Draft lost(UserId who, String cid, String request) {
    return Entries.forward(who, cid, request, Optional.empty());
  }

  @Test
  void whatWasMadeOfSomethingElseIsRecognisedByTheRequest() {
    Appended first = await(owner.append(room, forward(ann, "f", "forward a 1", BODY)));

    for (OwnerFixture.Host host : List.of(owner, fixture.owner())) {
      Appended edited =
          await(host.append(room, forward(ann, "f", "forward a 1", "{\"text\":\"other\"}")));
      Appended gone = await(host.append(room, lost(ann, "f", "forward a 1")));
      assertThat(List.of(edited.seq(), gone.seq())).containsOnly(first.seq());
      assertThat(edited.duplicate() && gone.duplicate()).isTrue();
    }
    assertThat(refusal(fixture.owner().append(room, forward(ann, "f", "forward a 2", BODY))))
        .isEqualTo(Reason.CID_CONFLICT);
    assertThat(refusal(fixture.owner().append(room, Entries.message(ann, "f", BODY))))
        .isEqualTo(Reason.CID_CONFLICT);
    assertThat(fixture.stored(room)).hasSize(2);
    assertThat(fixture.stored(room).get(1).body()).isEqualTo(BODY);
  }

  @Test
  void whatIsLostAndDoesNotStandIsNotWritten() {
    assertThat(refusal(owner.append(room, lost(ann, "f", "forward a 1"))))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(fixture.stored(room)).hasSize(1);
    assertThat(await(owner.append(room, forward(ann, "f", "forward a 1", BODY))).seq())
        .isEqualTo(2);
  }

  @Test
  void whoAsksAgainWhileItIsBeingWrittenLearnsItsPlaceThoughTheWordsAreGone() {
    Promise<Void> gate = Promise.promise();
    Future<Appended> held = owner.hold(gate.future());
    Future<Appended> first = owner.append(room, forward(ann, "f", "forward a 1", BODY));
    Future<Appended> again = owner.append(room, lost(ann, "f", "forward a 1"));
    gate.complete();
    await(held);

    assertThat(await(again).seq()).isEqualTo(await(first).seq());
    assertThat(await(again).duplicate()).isTrue();
  }
}
