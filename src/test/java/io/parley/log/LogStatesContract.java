package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.log.LogApi.Place;
import io.parley.log.LogStore.Fault;
import io.parley.log.LogStore.Tally;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store of logs must do with messages that are edited, deleted and reacted to. */
public abstract class LogStatesContract {
  private static final long PLENTY = 1 << 20;

  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();

  /** The store under test, ready to use; its content may be shared between tests. */
  protected abstract LogStore store();

  protected static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new AssertionError("no answer", late);
    }
  }

  protected static Fault.Outcome outcome(Future<Void> append) {
    return await(
            append.map(Optional.<Fault.Outcome>empty()).otherwise(e -> Optional.of(Fault.of(e))))
        .orElseThrow(() -> new AssertionError("the batch was stored"));
  }

  /** Three messages. */
  private List<Entry> given() {
    List<Entry> entries = Entries.run(room, 1, 3, ann);
    await(store().append(entries));
    return entries;
  }

  /** Changes a message as an owner would, without asking anybody. */
  private Shown change(Shown target, Draft... drafts) {
    Shown after = target;
    List<Entry> batch = new ArrayList<>();
    long last = await(store().tops(List.of(room))).get(0).seq();
    for (Draft draft : drafts) {
      Entry entry = Entries.at(room, last + batch.size() + 1, draft);
      batch.add(entry);
      after = after.after(entry);
    }
    await(store().append(batch, List.of(new Revised(room, target.entry().seq(), after.state()))));
    return after;
  }

  private List<Shown> visible() {
    return await(store().visible(room, 1, Long.MAX_VALUE, true, 100, PLENTY));
  }

  private List<Entry> all() {
    return await(store().read(room, 0, Long.MAX_VALUE, 1000, PLENTY));
  }

  @Test
  void stretchesAreReadWithWhatHasBecomeOfTheirMessages() {
    List<Entry> entries = given();
    Shown edited =
        change(Shown.fresh(entries.get(1)), Entries.edit(ann, "edit", 2, "something else"));

    assertThat(await(store().shown(List.of(new LogStore.Stretch(room, 1, 3)))))
        .containsExactly(Shown.fresh(entries.get(0)), edited, Shown.fresh(entries.get(2)));
  }

  @Test
  void aMessageIsShownWithWhatHasBecomeOfIt() {
    List<Entry> entries = given();
    Shown edited =
        change(
            Shown.fresh(entries.get(1)),
            Entries.edit(ann, "e", 2, "other"),
            Entries.react(ann, "r", 2, "+"));
    Shown last = change(Shown.fresh(entries.get(2)), Entries.react(ann, "s", 3, "-"));

    assertThat(visible()).containsExactly(Shown.fresh(entries.get(0)), edited, last);
    assertThat(await(store().at(room, List.of(2L, 7L, 1L))))
        .containsExactly(Shown.fresh(entries.get(0)), edited);
    assertThat(await(store().lasts(List.of(new Place(room, 0)), PLENTY))).containsExactly(last);
    assertThat(all().subList(0, 3)).isEqualTo(entries);
  }

  @Test
  void aDeletionClearsTheMessageAndAllItsEditsAndNothingElse() {
    List<Entry> entries = given();
    Shown other = change(Shown.fresh(entries.get(0)), Entries.edit(ann, "o", 1, "other"));
    Shown edited =
        change(
            Shown.fresh(entries.get(1)),
            Entries.edit(ann, "e", 2, "better"),
            Entries.react(ann, "r", 2, "+"));

    Shown gone =
        change(edited, Entries.edit(ann, "f", 2, "in the same batch"), Entries.delete(ann, "d", 2));

    assertThat(all())
        .extracting(Entry::body)
        .containsExactly(
            entries.get(0).body(),
            MessageState.CLEARED,
            entries.get(2).body(),
            "{\"text\":\"other\"}",
            MessageState.CLEARED,
            "{\"emoji\":\"+\"}",
            MessageState.CLEARED,
            "{}");
    assertThat(visible())
        .extracting(Shown::state)
        .containsExactly(other.state(), gone.state(), MessageState.FRESH);
    assertThat(gone.state().deleted()).isTrue();
    assertThat(all().get(1).n()).isEqualTo(2);
    assertThat(await(store().find(List.of(entries.get(1).key()))).get(0).digest())
        .isEqualTo(entries.get(1).digest());
  }

  @Test
  void anOlderStateNeverReplacesANewerOne() {
    List<Entry> entries = given();
    Shown newer = change(Shown.fresh(entries.get(0)), Entries.edit(ann, "e", 1, "newer"));
    MessageState older =
        new MessageState(
            3, Optional.of("{}"), Optional.of(1L), false, List.of(), 0, Optional.empty());

    await(store().append(Entries.run(room, 5, 1, ann), List.of(new Revised(room, 1, older))));

    assertThat(visible().get(0)).isEqualTo(newer);
  }

  @Test
  void aBatchThatFailsChangesNoMessage() {
    List<Entry> entries = given();
    Entry edit = Entries.at(room, 3, Entries.edit(ann, "e", 1, "never"));
    Shown after = Shown.fresh(entries.get(0)).after(edit);

    assertThat(outcome(store().append(List.of(edit), List.of(new Revised(room, 1, after.state())))))
        .isEqualTo(Fault.Outcome.CONFLICT);

    assertThat(visible().get(0)).isEqualTo(Shown.fresh(entries.get(0)));
  }

  @Test
  void whatHasBecomeOfMessagesCountsForTheSizeOfAPage() {
    List<Entry> entries = given();
    change(Shown.fresh(entries.get(0)), Entries.edit(ann, "e", 1, "x".repeat(2_000)));

    assertThat(await(store().visible(room, 1, Long.MAX_VALUE, false, 100, 1_000))).hasSize(1);
    assertThat(await(store().visible(room, 2, Long.MAX_VALUE, false, 100, 1_000))).hasSize(2);
  }

  private List<Shown> pinned(long from, long before, int limit, long bytes) {
    return await(store().pinned(room, from, before, limit, bytes));
  }

  @Test
  void whatIsPinnedIsFoundByTheAgeOfItsPinAndNoLongerThanThat() {
    List<Entry> entries = given();
    Shown second = change(Shown.fresh(entries.get(1)), Entries.pin(ann, "p", 2));
    Shown first = change(Shown.fresh(entries.get(0)), Entries.pin(ann, "q", 1));
    Shown third =
        change(
            Shown.fresh(entries.get(2)),
            Entries.pin(ann, "r", 3),
            Entries.edit(ann, "e", 3, "x".repeat(2_000)));

    assertThat(pinned(1, Long.MAX_VALUE, 100, PLENTY)).containsExactly(third, first, second);
    assertThat(pinned(2, Long.MAX_VALUE, 100, PLENTY)).containsExactly(third, second);
    assertThat(pinned(1, 5, 100, PLENTY)).containsExactly(second);
    assertThat(pinned(1, Long.MAX_VALUE, 2, PLENTY)).containsExactly(third, first);
    assertThat(pinned(1, Long.MAX_VALUE, 100, 1_000)).containsExactly(third);
    assertThat(await(store().pins(room))).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(await(store().pins(Entries.room()))).isEmpty();

    change(third, Entries.delete(ann, "d", 3));
    change(first, Entries.unpin(ann, "u", 1));
    Shown loved = change(second, Entries.react(ann, "s", 2, "+"));

    assertThat(pinned(1, Long.MAX_VALUE, 100, PLENTY)).containsExactly(loved);
    assertThat(await(store().pins(room))).containsExactly(2L);
  }

  private List<Long> thread(long from, long through, boolean newest, int limit) {
    return await(store().thread(room, 2, from, through, newest, limit, PLENTY)).stream()
        .map(shown -> shown.entry().seq())
        .toList();
  }

  @Test
  void whatStandsInAThreadIsShownThereAndNotAmongTheOthers() {
    List<Entry> entries = given();
    Shown root =
        change(
            Shown.fresh(entries.get(1)),
            Entries.inThread(ann, "a", 2),
            Entries.react(ann, "r", 2, "+"),
            Entries.inThread(ann, "b", 2),
            Entries.inThread(ann, "c", 2));
    change(Shown.fresh(entries.get(0)), Entries.inThread(ann, "other", 1));

    assertThat(root.state().replies().orElseThrow().count()).isEqualTo(3);
    assertThat(visible()).extracting(shown -> shown.entry().seq()).containsExactly(1L, 2L, 3L);
    assertThat(visible().get(1)).isEqualTo(root);
    assertThat(thread(1, Long.MAX_VALUE, true, 100)).containsExactly(4L, 6L, 7L);
    assertThat(thread(1, Long.MAX_VALUE, true, 2)).containsExactly(6L, 7L);
    assertThat(thread(5, 6, false, 100)).containsExactly(6L);
    assertThat(await(store().thread(room, 2, 1, 99, false, 100, 1))).hasSize(1);
    assertThat(await(store().thread(room, 3, 1, 99, false, 100, PLENTY))).isEmpty();

    Shown reply = await(store().thread(room, 2, 6, 6, false, 1, PLENTY)).get(0);
    Shown edited = change(reply, Entries.edit(ann, "e", 6, "better"));
    change(root, Entries.delete(ann, "d", 2));

    assertThat(await(store().thread(room, 2, 6, 6, false, 1, PLENTY))).containsExactly(edited);
    assertThat(thread(1, Long.MAX_VALUE, true, 100)).containsExactly(4L, 6L, 7L);
    assertThat(visible().get(1).state().replies()).isEqualTo(root.state().replies());
  }

  @Test
  void whoeverWritesInAThreadHasWrittenAndMentionsPeopleThere() {
    List<Entry> entries = given();
    UserId ben = Entries.user();
    Draft plain = Entries.inThread(ben, "a", 1);
    Draft mentioning =
        new Draft(
            "message",
            ben,
            "Ben",
            "m",
            "{\"text\":\"hi\",\"mentions\":[\"" + ann + "\"]}",
            Optional.of(1L),
            false,
            Optional.empty());
    change(Shown.fresh(entries.get(0)), plain, mentioning);

    assertThat(await(store().wrote(room, List.of(ben, ann))))
        .containsEntry(ben, Entries.START + 5)
        .containsEntry(ann, Entries.START + 3);
    List<LogStore.Stretch> later = List.of(Entries.after(room, 3));
    assertThat(await(store().own(ben, later))).containsExactly(0L);
    assertThat(await(store().mentions(ann, later))).as("the room's").containsExactly(0L);
    assertThat(await(store().unread(ann, new Place(room, 3), 100, PLENTY))).isEmpty();
    assertThat(
            await(
                store()
                    .tallies(
                        List.of(strand(1, ann, 4, 5), strand(1, ben, 4, 5), strand(1, ben, 5, 9)))))
        .containsExactly(new Tally(0, 1), new Tally(2, 0), new Tally(1, 0));
    assertThat(await(store().tallies(List.of(strand(1, ann, 4, 4), strand(2, ann, 1, 9)))))
        .containsExactly(new Tally(0, 0), new Tally(0, 0));
    assertThat(await(store().lengths(List.of(strand(1, ann, 1, 9), strand(1, ann, 5, 5)))))
        .containsExactly(2L, 1L);
    assertThat(await(store().lengths(List.of(strand(2, ann, 1, 9), strand(1, ann, 5, 4)))))
        .containsExactly(0L, 0L);
  }

  private LogStore.Strand strand(long root, UserId reader, long first, long last) {
    return new LogStore.Strand(room, root, reader, first, last);
  }

  @Test
  void whatAnEditOrADeletionInAThreadLeavesIsWhatCounts() {
    List<Entry> entries = given();
    UserId ben = Entries.user();
    change(Shown.fresh(entries.get(0)), Entries.inThread(ben, "a", 1));
    Shown reply = await(store().thread(room, 1, 4, 4, false, 1, PLENTY)).get(0);

    Shown edited =
        change(
            reply,
            Entries.mutation(
                Mutation.EDIT,
                ben,
                "e",
                4,
                "{\"text\":\"all\",\"mentions\":[\"" + ann + "\"],\"mentionsRoom\":true}"));
    assertThat(await(store().tallies(List.of(strand(1, ann, 2, 4)))))
        .containsExactly(new Tally(0, 1));

    change(edited, Entries.delete(ben, "d", 4));
    assertThat(await(store().tallies(List.of(strand(1, ann, 2, 4), strand(1, ben, 2, 4)))))
        .containsExactly(new Tally(0, 0), new Tally(1, 0));
    assertThat(await(store().lengths(List.of(strand(1, ann, 2, 4))))).containsExactly(1L);
  }

  @Test
  void whatMayConcernThreadsIsSweptByItself() {
    List<Entry> entries = given();
    Shown root = change(Shown.fresh(entries.get(0)), Entries.inThread(ann, "a", 1));
    change(Shown.fresh(entries.get(1)), Entries.react(ann, "r", 2, "+"));
    change(Shown.fresh(entries.get(1)), Entries.edit(ann, "e", 2, "other"));
    change(root, Entries.inThread(ann, "b", 1));
    Shown reply = await(store().thread(room, 1, 4, 4, false, 1, PLENTY)).get(0);
    change(reply, Entries.delete(ann, "d", 4));

    assertThat(woven(Entries.START, 1_000)).containsExactly(4L, 6L, 7L, 8L);
    assertThat(woven(Entries.START + 6, 1_000)).containsExactly(6L, 7L, 8L);
    assertThat(woven(Entries.START + 9, 1_000)).isEmpty();
    LogStore.Swath first = await(store().woven(List.of(room.shard()), Entries.START + 4, 1));
    assertThat(first.next()).contains(Entries.START + 5);
  }

  /**
   * Messages and what may change them, of which some stand in a thread.
   *
   * @return the places of what may concern threads
   */
  protected List<Long> givenThread(LogStore logs) {
    List<Entry> entries = new ArrayList<>(Entries.run(room, 1, 2, ann));
    List<Draft> drafts =
        List.of(
            Entries.inThread(ann, "a", 1),
            Entries.edit(ann, "b", 3, "other"),
            Entries.react(ann, "c", 3, "+"),
            Entries.delete(ann, "d", 3));
    drafts.forEach(each -> entries.add(Entries.at(room, entries.size() + 1L, each)));
    await(logs.append(entries));
    return List.of(3L, 4L, 6L);
  }

  /** The places of what may concern threads in the log of this test. */
  protected List<Long> woven(LogStore logs) {
    return woven(logs, 0, 1_000);
  }

  private List<Long> woven(long from, int limit) {
    return woven(store(), from, limit);
  }

  private List<Long> woven(LogStore logs, long from, int limit) {
    return await(logs.woven(List.of(room.shard()), from, limit)).stretches().stream()
        .filter(each -> each.log().equals(room))
        .map(LogStore.Stretch::first)
        .toList();
  }

  @Test
  void aPinIsShownAmongMessagesAndNoOtherChangeIs() {
    List<Entry> entries = given();
    change(
        Shown.fresh(entries.get(0)),
        Entries.pin(ann, "p", 1),
        Entries.unpin(ann, "u", 1),
        Entries.edit(ann, "e", 1, "x"));

    assertThat(visible()).extracting(shown -> shown.entry().seq()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(visible().get(3).entry().kind()).isEqualTo("pin");
  }

  @Test
  void theEditsOfAMessageAreFoundAlone() {
    List<Entry> entries = given();
    Shown edited =
        change(
            Shown.fresh(entries.get(1)),
            Entries.edit(ann, "e", 2, "one"),
            Entries.react(ann, "r", 2, "+"),
            Entries.edit(ann, "f", 2, "two"));
    change(Shown.fresh(entries.get(0)), Entries.edit(ann, "o", 1, "other"));

    assertThat(edits(0, 100, PLENTY)).containsExactly(4L, 6L);
    assertThat(edits(4, 100, PLENTY)).containsExactly(6L);
    assertThat(edits(0, 1, PLENTY)).containsExactly(4L);
    assertThat(edits(0, 100, 1)).containsExactly(4L);

    change(edited, Entries.delete(ann, "d", 2));
    assertThat(await(store().edits(room, 2, 0, 100, PLENTY)))
        .extracting(Entry::body)
        .containsOnly(MessageState.CLEARED);
  }

  private List<Long> edits(long after, int limit, long bytes) {
    return await(store().edits(room, 2, after, limit, bytes)).stream().map(Entry::seq).toList();
  }

  /**
   * What a write leaves that came to its end between the entries and the states.
   *
   * @param last the newest entry
   * @param expected the messages as they must be shown
   */
  protected record Half(LogId log, Entry last, List<Shown> expected) {}

  /** Three messages, one with a state from before, and changes of two that nobody has applied. */
  protected Half halfDone() {
    List<Entry> entries = given();
    Shown first = change(Shown.fresh(entries.get(0)), Entries.react(ann, "r", 1, "+"));
    Shown second = Shown.fresh(entries.get(1));
    List<Entry> left =
        List.of(
            Entries.at(room, 5, Entries.edit(ann, "e", 2, "secret")),
            Entries.at(room, 6, Entries.react(ann, "s", 1, "-")),
            Entries.at(room, 7, Entries.delete(ann, "d", 2)));
    await(store().append(left));
    for (Entry entry : left) {
      first = entry.target().equals(Optional.of(1L)) ? first.after(entry) : first;
      second = entry.target().equals(Optional.of(2L)) ? second.after(entry) : second;
    }
    return new Half(
        room, left.get(2), List.of(first, cleared(second), Shown.fresh(entries.get(2))));
  }

  /**
   * Three messages as they must be shown when a reply in the thread of one stands, which has not
   * been told of it.
   */
  protected List<Shown> halfReplied() {
    List<Entry> entries = given();
    Entry reply = Entries.at(room, 4, Entries.inThread(ann, "a", 2));
    await(store().append(List.of(reply)));
    return List.of(
        Shown.fresh(entries.get(0)),
        Shown.fresh(entries.get(1)).after(reply),
        Shown.fresh(entries.get(2)));
  }

  protected static Entry changeOfTheThird(Half half, long seq) {
    return Entries.at(half.log(), seq, Entries.react(half.last().author(), "c" + seq, 3, "+"));
  }

  protected static Entry message(Half half, long seq) {
    return Entries.at(half.log(), seq, Entries.message(half.last().author(), "m" + seq, "next"));
  }

  private static Shown cleared(Shown shown) {
    Entry entry = shown.entry();
    Draft draft = Entries.message(entry.author(), entry.cid(), MessageState.CLEARED);
    Entry same = Entries.at(entry.log(), entry.seq(), draft);
    return new Shown(
        new Entry(
            same.log(),
            same.seq(),
            entry.n(),
            same.at(),
            entry.id(),
            same.kind(),
            same.author(),
            same.name(),
            same.cid(),
            same.target(),
            same.countable(),
            same.version(),
            same.expels(),
            same.body(),
            entry.digest()),
        shown.state());
  }
}
