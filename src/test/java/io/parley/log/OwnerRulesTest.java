package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static io.parley.log.OwnerFixture.failure;
import static io.parley.log.OwnerFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.log.LogApi.Appended;
import io.parley.log.Standing.Access;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for everybody in a log, and what holds for some until it ends by itself. */
class OwnerRulesTest {
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

  private Future<Appended> archive(OwnerFixture.Host by, boolean archived, long version) {
    Rules rules = new Rules(archived, 0, version);
    fixture.members.rules(room, rules);
    Standing standing = Entries.standing(Access.POST, 0);
    return by.append(room, Entries.ruling(mod, "v" + version, standing, rules));
  }

  /** Every way to write. */
  private List<Function<String, Draft>> ways(long target) {
    return List.of(
        cid -> Entries.message(ann, cid),
        cid -> Entries.edit(ann, cid, target, "x"),
        cid -> Entries.delete(ann, cid, target),
        cid -> Entries.react(ann, cid, target, "x"),
        cid -> Entries.unreact(ann, cid, target, "x"),
        cid -> Entries.pin(ann, cid, target),
        cid -> Entries.unpin(ann, cid, target));
  }

  @Test
  void nobodyWritesInAnArchiveInAnyWayAndEverybodyReads() {
    long said = await(owner.append(room, Entries.message(ann, "said"))).seq();
    await(archive(owner, true, 1));

    int i = 0;
    for (Function<String, Draft> way : ways(said)) {
      assertThat(refusal(owner.append(room, way.apply("w" + i++)))).isEqualTo(Reason.READ_ONLY);
    }
    assertThat(refusal(owner.on(o -> o.mayPost(room, ann)))).isEqualTo(Reason.READ_ONLY);
    assertThat(await(owner.admit(room, ann)).head().seq()).isEqualTo(2);
    await(owner.append(room, Entries.change(mod, "k", 2, ann, Entries.standing(Access.HIDDEN, 2))));
    assertThat(fixture.stored(room)).hasSize(3);
  }

  @Test
  void itGoesOnWithTheEntryThatSaysSo() {
    await(archive(owner, true, 1));
    await(archive(owner, false, 2));

    assertThat(await(owner.append(room, Entries.message(ann, "on"))).seq()).isEqualTo(3);
  }

  @Test
  void whatIsAcceptedBeforeStandsBeforeAlsoWithinABatch() {
    Promise<Void> gate = Promise.promise();
    await(owner.admit(room, ann));
    Future<Appended> held = owner.hold(gate.future());
    Future<Appended> before = owner.append(room, Entries.message(ann, "before"));
    Future<Appended> archive = archive(owner, true, 1);
    Future<Appended> after = owner.append(room, Entries.message(ann, "after"));
    assertThat(owner.pending()).isEqualTo(4);
    gate.complete();

    await(Future.all(held, before, archive));
    assertThat(refusal(after)).isEqualTo(Reason.READ_ONLY);
    assertThat(fixture.stored(room)).extracting(Entry::cid).containsExactly("before", "v1");
  }

  @Test
  void anOwnerThatIsBehindLetsNobodyWriteAfterItAndNobodyWaitForIt() {
    OwnerFixture.Host other = fixture.owner();
    await(owner.append(room, Entries.message(ann, "one")));
    await(archive(other, true, 1));
    assertThat(refusal(owner.append(room, Entries.message(ann, "two"))))
        .isEqualTo(Reason.READ_ONLY);
    await(archive(other, false, 2));

    Future<Appended> three =
        fixture.eventually(() -> owner.append(room, Entries.message(ann, "three")));
    assertThat(await(three).seq()).isEqualTo(4);
  }

  @Test
  void nobodyWritesOnRulesThatTheLogDoesNotHoldYet() {
    await(archive(owner, true, 1));
    OwnerFixture.Host later = fixture.owner();
    fixture.members.rules(room, new Rules(false, 0, 2));

    assertThat(refusal(later.append(room, Entries.message(ann, "early"))))
        .isEqualTo(Reason.UNAVAILABLE);
    await(archive(later, false, 2));
    await(later.append(room, Entries.message(ann, "early")));
  }

  @Test
  void theMutedWriteInNoWayButMayDeleteTheirOwn() {
    long said = await(owner.append(room, Entries.message(ann, "said"))).seq();
    long until = fixture.wall.get() + 60_000;
    Standing muted = new Standing(Access.POST, 0, Optional.of(until), 1, false);
    fixture.members.set(room, ann, muted);
    await(owner.append(room, Entries.change(mod, "mute", 1, ann, muted)));

    int i = 0;
    for (Function<String, Draft> way : ways(said)) {
      Draft draft = way.apply("w" + i++);
      if (!draft.kind().equals(Mutation.DELETE.word())) {
        assertThat(refusal(owner.append(room, draft))).as(draft.kind()).isEqualTo(Reason.MUTED);
      }
    }
    assertThat(failure(owner.on(o -> o.mayPost(room, ann))).details())
        .containsEntry("until", Json.time(Instant.ofEpochMilli(until)));
    await(owner.append(room, Entries.delete(ann, "gone", said)));
    fixture.wall.set(until);
    await(owner.append(room, Entries.message(ann, "free")));
  }

  @Test
  void aBanThatEndsByItselfEndsInWhatOwnersRemember() {
    Instant until = Instant.ofEpochMilli(fixture.wall.get() + 1_000);
    Standing banned = Standing.banned(Optional.of(until), 1);
    fixture.members.set(room, ann, banned);
    await(owner.append(room, Entries.change(mod, "ban", 1, ann, banned)));
    assertThat(failure(owner.append(room, Entries.message(ann, "c1"))).details())
        .containsEntry("until", Json.time(until));
    assertThat(failure(owner.admit(room, ann)).details()).containsEntry("until", Json.time(until));

    fixture.members.set(room, ann, Entries.standing(Access.STRANGER, 1));

    assertThat(refusal(owner.append(room, Entries.message(ann, "c2"))))
        .isEqualTo(Reason.NOT_MEMBER);
    assertThat(refusal(owner.admit(room, ann))).isEqualTo(Reason.NOT_MEMBER);
  }
}
