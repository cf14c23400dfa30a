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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Threads at the owner of their log, and as they are read from the store. */
class OwnerThreadsTest {
  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private OwnerFixture fixture;
  private OwnerFixture.Host owner;

  @BeforeEach
  void open() {
    fixture = new OwnerFixture();
    owner = fixture.owner();
    await(owner.append(room, Entries.message(ann, "root")));
    await(owner.append(room, Entries.message(ann, "other")));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private MessageState root() {
    return await(fixture.real.at(room, List.of(1L))).get(0).state();
  }

  private Failure refused(String cid, long root) {
    return failure(owner.append(room, Entries.inThread(ann, cid, root)));
  }

  @Test
  void aReplyIsCountedInItsThreadAndNotInTheRoom() {
    Appended first = await(owner.append(room, Entries.inThread(ann, "a", 1)));
    Appended second = await(fixture.owner().append(room, Entries.inThread(ann, "b", 1)));
    Appended after = await(fixture.owner().append(room, Entries.message(ann, "c")));

    assertThat(List.of(first.n(), second.n(), after.n())).containsExactly(2L, 2L, 3L);
    assertThat(root().replies()).contains(new MessageState.Replies(2, second.seq(), second.at()));
    assertThat(root().rev()).isEqualTo(second.seq());
  }

  @Test
  void manyAtOnceFromTwoOwnersAreAllCountedOnce() {
    OwnerFixture.Host other = fixture.owner();
    List<Future<Appended>> replies = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      OwnerFixture.Host by = i % 2 == 0 ? owner : other;
      replies.add(by.append(room, Entries.inThread(ann, "r" + i, 1), 25_000));
    }
    await(Future.all(replies));

    long last = replies.stream().mapToLong(each -> await(each).seq()).max().orElseThrow();
    assertThat(root().replies().orElseThrow().count()).isEqualTo(40);
    assertThat(root().replies().orElseThrow().last()).isEqualTo(last);
    assertThat(await(fixture.real.thread(room, 1, 1, 99, true, 100, 1 << 20))).hasSize(40);
  }

  @Test
  void theSameReplyAgainIsAnsweredWithItsPlaceAndAnotherThreadIsAnotherReply() {
    Appended first = await(owner.append(room, Entries.inThread(ann, "a", 1)));
    Appended again = await(fixture.owner().append(room, Entries.inThread(ann, "a", 1)));

    assertThat(again.seq()).isEqualTo(first.seq());
    assertThat(again.duplicate()).isTrue();
    assertThat(refusal(owner.append(room, Entries.inThread(ann, "a", 2))))
        .isEqualTo(Reason.CID_CONFLICT);
    assertThat(root().replies().orElseThrow().count()).isEqualTo(1);
  }

  @Test
  void aThreadBeginsWithAMessageThatIsInNone() {
    long reply = await(owner.append(room, Entries.inThread(ann, "a", 1))).seq();
    long edit = await(owner.append(room, Entries.edit(ann, "e", 2, "x"))).seq();

    for (long nothing : List.of(reply, edit, 99L, Long.MAX_VALUE)) {
      Failure refused = refused("x" + nothing, nothing);
      assertThat(refused.reason()).isEqualTo(Reason.INVALID);
      assertThat(refused.details()).containsEntry("field", "thread");
    }
    assertThat(root().replies().orElseThrow().count()).isEqualTo(1);
  }

  @Test
  void theThreadOfADeletedMessageIsClosedAndStays() {
    await(owner.append(room, Entries.inThread(ann, "a", 1)));
    await(owner.append(room, Entries.delete(ann, "d", 1)));

    Failure refused = refused("b", 1);

    assertThat(refused.reason()).isEqualTo(Reason.GONE);
    assertThat(refused.details()).containsEntry("field", "thread");
    assertThat(root().deleted()).isTrue();
    assertThat(root().replies().orElseThrow().count()).isEqualTo(1);
  }

  @Test
  void aReplyMayAnswerAMessageAsWellWhichMustStand() {
    long reply = await(owner.append(room, Entries.inThread(ann, "a", 1))).seq();
    await(owner.append(room, Entries.inThread(ann, "b", 1, Optional.of(reply))));
    await(owner.append(room, Entries.inThread(ann, "c", 1, Optional.of(1L))));

    Failure refused = failure(owner.append(room, Entries.inThread(ann, "d", 1, Optional.of(99L))));

    assertThat(refused.details()).containsEntry("field", "replyTo");
    assertThat(root().replies().orElseThrow().count()).isEqualTo(3);
  }

  @Test
  void whoMayNotWriteRepliesNowhereAndWhatStandsBeforeOnesTimeHasNoThread() {
    UserId mute = Entries.user();
    fixture.members.set(room, mute, new Standing(Access.READ, 0, Optional.empty(), 0, false));
    UserId late = Entries.user();
    fixture.members.set(room, late, new Standing(Access.POST, 2, Optional.empty(), 0, false));

    assertThat(refusal(owner.append(room, Entries.inThread(mute, "a", 1))))
        .isEqualTo(Reason.READ_ONLY);
    assertThat(refusal(owner.append(room, Entries.inThread(late, "b", 1))))
        .isEqualTo(Reason.INVALID);
    await(owner.append(room, Entries.inThread(late, "c", 2)));
  }

  @Test
  void aReplyIsWaitedForAsAnyMessageIsWhereARoomIsSlow() {
    fixture.members.rules(room, new Rules(false, 3_600, 0));
    OwnerFixture.Host fresh = fixture.owner();
    UserId ben = Entries.user();
    await(fresh.append(room, Entries.inThread(ben, "a", 1)));

    for (OwnerFixture.Host host : List.of(fresh, fixture.owner())) {
      assertThat(refusal(host.append(room, Entries.message(ben, "b")))).isEqualTo(Reason.SLOW_MODE);
      assertThat(refusal(host.append(room, Entries.inThread(ben, "c", 1))))
          .isEqualTo(Reason.SLOW_MODE);
    }
  }

  @Test
  void aThreadIsReadWithItsFirstMessageInPages() {
    for (int i = 0; i < 5; i++) {
      await(owner.append(room, Entries.inThread(ann, "r" + i, 1)));
    }
    Threads threads = new Threads(fixture.real, new EntryJson(1));

    ThreadsApi.Unfolded newest = await(threads.unfold(asked(1, Optional.empty(), 1)));
    assertThat(newest.entries()).extracting(LogApi.Encoded::seq).containsExactly(6L, 7L);
    assertThat(newest.root().seq()).isEqualTo(1);
    assertThat(newest.older()).isTrue();
    assertThat(newest.newer()).isFalse();
    assertThat(newest.asOf().seq()).isEqualTo(7);
    assertThat(text(newest.root())).contains("\"thread\":{\"replies\":5,\"last\":7,\"at\":");
    assertThat(text(newest.entries().get(0))).contains("\"thread\":1,\"body\"");

    ThreadsApi.Unfolded first = await(threads.unfold(asked(1, Optional.of(5L), 1)));
    assertThat(first.entries()).extracting(LogApi.Encoded::seq).containsExactly(3L, 4L);
    assertThat(first.older()).isFalse();
    assertThat(first.newer()).isTrue();
    assertThat(
            refusal(
                Future.future(p -> threads.unfold(asked(3, Optional.empty(), 1)).onComplete(p))))
        .isEqualTo(Reason.NOT_FOUND);
  }

  private ThreadsApi.Unfold asked(long root, Optional<Long> before, long since) {
    return new ThreadsApi.Unfold(
        room, root, before, Optional.empty(), Optional.empty(), since, 2, ann);
  }

  private static String text(LogApi.Encoded entry) {
    return new String(entry.json().array(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
