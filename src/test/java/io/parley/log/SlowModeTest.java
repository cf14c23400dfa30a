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
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How fast people write where they have to wait, as owners of the log decide it. */
class SlowModeTest {
  private static final int SECONDS = 30;
  private static final long PAUSE = SECONDS * 1_000L;

  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private final UserId mod = Entries.user();
  private final Standing moderates = new Standing(Access.POST, 0, Optional.empty(), 0, true);
  private OwnerFixture fixture;
  private OwnerFixture.Host owner;

  @BeforeEach
  void open() {
    fixture = new OwnerFixture();
    fixture.members.set(room, mod, moderates);
    owner = fixture.owner();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** As in life: first the room changes, then the entry is appended. */
  private Future<Appended> rule(OwnerFixture.Host by, Rules rules) {
    fixture.members.rules(room, rules);
    return by.append(room, Entries.ruling(mod, "v" + rules.version(), moderates, rules));
  }

  private void slow(int seconds, long version) {
    await(rule(owner, new Rules(false, seconds, version)));
  }

  private Future<Appended> says(OwnerFixture.Host to, String cid) {
    return to.append(room, Entries.message(ann, cid));
  }

  private long waits(Future<Appended> refused) {
    Failure failure = failure(refused);
    assertThat(failure.reason()).isEqualTo(Reason.SLOW_MODE);
    return Long.parseLong(failure.details().getOrDefault("retryAfterMs", "0"));
  }

  @Test
  void whoWritesTooSoonIsToldHowLongToWaitAndTheSameGoesThen() {
    slow(SECONDS, 1);
    await(says(owner, "one"));

    assertThat(waits(says(owner, "two"))).isEqualTo(PAUSE);
    fixture.wall.addAndGet(PAUSE - 1);
    assertThat(waits(says(owner, "two"))).isEqualTo(1);
    fixture.wall.addAndGet(1);
    assertThat(await(says(owner, "two")).duplicate()).isFalse();
    assertThat(waits(says(owner, "three"))).isEqualTo(PAUSE);
  }

  @Test
  void aRepetitionIsAnsweredAtOnceAndMakesNobodyWait() {
    slow(SECONDS, 1);
    Appended first = await(says(owner, "one"));
    fixture.wall.addAndGet(PAUSE - 1);

    OwnerFixture.Host later = fixture.owner();
    for (OwnerFixture.Host each : List.of(owner, later)) {
      Appended again = await(says(each, "one"));
      assertThat(again.duplicate()).isTrue();
      assertThat(again.seq()).isEqualTo(first.seq());
    }

    fixture.wall.addAndGet(1);
    await(says(owner, "two"));
  }

  @Test
  void whoModeratesWritesOnAndEditsAndReactionsAreNoMessages() {
    slow(SECONDS, 1);
    Appended first = await(says(owner, "one"));
    for (int i = 0; i < 3; i++) {
      await(owner.append(room, Entries.message(mod, "m" + i)));
    }

    await(owner.append(room, Entries.edit(ann, "edit", first.seq(), "one!")));
    await(owner.append(room, Entries.react(ann, "react", first.seq(), "x")));
    await(owner.append(room, Entries.delete(ann, "delete", first.seq())));

    assertThat(waits(says(owner, "two"))).as("what is deleted was written").isEqualTo(PAUSE);
  }

  @Test
  void answersAndWhatIsForwardedWaitAsAllMessagesDo() {
    slow(SECONDS, 1);
    long said = await(says(owner, "one")).seq();
    Draft answer = Entries.reply(ann, "two", said);
    Draft forwarded = Entries.forward(ann, "three", "there 1", Optional.of("{\"text\":\"x\"}"));

    assertThat(waits(owner.append(room, answer))).isEqualTo(PAUSE);
    fixture.wall.addAndGet(PAUSE);
    await(owner.append(room, answer));
    assertThat(waits(owner.append(room, forwarded))).isEqualTo(PAUSE);
    fixture.wall.addAndGet(PAUSE);
    await(owner.append(room, forwarded));
    assertThat(waits(says(owner, "four"))).isEqualTo(PAUSE);
  }

  @Test
  void anotherOwnerLearnsFromTheStoreWhoWroteWhen() {
    slow(SECONDS, 1);
    await(says(owner, "one"));
    OwnerFixture.Host later = fixture.owner();

    assertThat(waits(says(later, "two"))).isEqualTo(PAUSE);
    await(later.append(room, Entries.message(Entries.user(), "first of theirs")));
    fixture.wall.addAndGet(PAUSE);
    await(says(later, "two"));
    assertThat(later.store.times()).as("once for each of them").isEqualTo(2);
  }

  @Test
  void anOwnerLearnsAnewAfterAConflict() {
    slow(SECONDS, 1);
    OwnerFixture.Host other = fixture.owner();
    UserId ben = Entries.user();
    await(other.append(room, Entries.message(ben, "his")));
    fixture.wall.addAndGet(PAUSE);
    await(says(owner, "one"));
    UserId cem = Entries.user();

    await(other.append(room, Entries.message(cem, "theirs")));

    assertThat(waits(says(other, "two"))).isEqualTo(PAUSE);
    assertThat(waits(owner.append(room, Entries.message(cem, "again")))).isEqualTo(PAUSE);
  }

  @Test
  void whereNobodyHasToWaitNothingIsAsked() {
    for (int i = 0; i < 3; i++) {
      await(says(owner, "c" + i));
    }
    OwnerFixture.Host later = fixture.owner();
    await(says(later, "later"));

    assertThat(owner.store.times() + later.store.times()).isZero();
    assertThat(fixture.members.asked()).as("once for each owner").isEqualTo(2);
  }

  @Test
  void ofTwoInOneBatchTheSecondHasToWait() {
    slow(SECONDS, 1);
    await(says(owner, "one"));
    fixture.wall.addAndGet(PAUSE);
    Promise<Void> gate = Promise.promise();
    Future<Appended> held = owner.hold(gate.future());
    Future<Appended> two = says(owner, "two");
    Future<Appended> three = says(owner, "three");
    assertThat(owner.pending()).isEqualTo(3);
    gate.complete();

    await(Future.all(held, two));
    assertThat(waits(three)).isEqualTo(PAUSE);
  }

  @Test
  void aRoomBecomesSlowWithTheEntryThatSaysSoAlsoWithinABatch() {
    await(says(owner, "before"));
    Promise<Void> gate = Promise.promise();
    Future<Appended> held = owner.hold(gate.future());
    Future<Appended> still = says(owner, "still");
    Future<Appended> slow = rule(owner, new Rules(false, SECONDS, 1));
    Future<Appended> after = says(owner, "after");
    assertThat(owner.pending()).isEqualTo(4);
    gate.complete();

    await(Future.all(held, still, slow));
    assertThat(waits(after)).as("what was written before counts").isEqualTo(PAUSE);
  }

  @Test
  void onceARoomIsNotSlowAnyMoreNobodyWaits() {
    slow(SECONDS, 1);
    await(says(owner, "one"));
    slow(0, 2);
    await(says(owner, "two"));
    fixture.wall.addAndGet(5_000);
    slow(2 * SECONDS, 3);

    assertThat(waits(says(owner, "three"))).isEqualTo(2 * PAUSE - 5_000);
  }

  /** Whatever owners do to each other, messages of one person are never closer than the pause. */
  @Test
  void withTwoOwnersAtOnceNobodyGetsAheadOfThePause() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    slow(1, 1);
    List<OwnerFixture.Host> owners = List.of(owner, fixture.owner());
    List<UserId> people = List.of(ann, Entries.user(), Entries.user());
    List<Future<Appended>> all = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      fixture.wall.addAndGet(random.nextInt(400));
      UserId who = people.get(random.nextInt(people.size()));
      all.add(owners.get(random.nextInt(2)).append(room, Entries.message(who, "c" + i)));
      if (random.nextBoolean()) {
        await(all.get(all.size() - 1).otherwiseEmpty());
      }
    }
    await(Future.join(all).otherwiseEmpty());

    assertThat(all).as("seed " + seed).anyMatch(Future::succeeded).anyMatch(Future::failed);
    for (UserId who : people) {
      long last = 0;
      for (Entry entry : fixture.stored(room)) {
        if (entry.author().equals(who)) {
          assertThat(entry.at() - last).as("seed " + seed).isGreaterThanOrEqualTo(1_000);
          last = entry.at();
        }
      }
    }
  }

  @Test
  void whoMustWaitIsToldSoOnlyIfTheyMayWriteAtAll() {
    slow(SECONDS, 1);
    await(says(owner, "one"));
    Standing out = Entries.standing(Access.STRANGER, 2);
    fixture.members.set(room, ann, out);
    await(owner.append(room, Entries.change(mod, "kick", 2, ann, out)));

    assertThat(refusal(says(owner, "two"))).isEqualTo(Reason.NOT_MEMBER);
  }
}
