package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.log.LogApi.Place;
import io.parley.log.LogStore.Cid;
import io.parley.log.LogStore.Fault;
import io.parley.log.LogStore.Stretch;
import io.parley.log.LogStore.Swath;
import io.parley.log.LogStore.Top;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store of logs must do; each implementation runs all of it. */
public abstract class LogStoreContract extends LogMentionsContract {
  private static final int ROOMS = 4;
  private static final int EACH = 3;
  private static final long PLENTY = 1 << 20;

  private final UserId ann = Entries.user();
  private final UserId ben = Entries.user();

  private void given(List<Entry> entries) {
    await(store().append(Entries.sorted(entries)));
  }

  private List<Entry> all(LogId log) {
    return await(store().read(log, 0, Long.MAX_VALUE, 1000, PLENTY));
  }

  /** A batch with the first entry of each of two rooms. */
  protected static List<Entry> twoRooms() {
    UserId author = Entries.user();
    return Entries.sorted(
        List.of(
            Entries.entry(Entries.room(), 1, author, "one"),
            Entries.entry(Entries.room(), 1, author, "two")));
  }

  /** A batch over several rooms, each of which has two entries already. */
  private List<Entry> roomsAndBatch() {
    List<Entry> batch = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      LogId room = Entries.room();
      given(Entries.run(room, 1, 2, ben));
      batch.addAll(Entries.run(room, 3, EACH, ann));
    }
    return Entries.sorted(batch);
  }

  @Test
  void anIdentityIsKept() {
    LogStore.Identity first = await(store().identity());
    LogStore.Identity again = await(store().identity());

    assertThat(again.epoch()).isEqualTo(first.epoch());
    assertThat(again.digestKey().getEncoded())
        .hasSize(32)
        .isEqualTo(first.digestKey().getEncoded());
  }

  @Test
  void whatIsStoredComesBackExactly() {
    LogId room = Entries.room();
    String body = "{ \"text\" : \"grüße 👩‍👩‍👧 \\u0041\\\\ \u2028\", \"b\":1.50, \"a\":[] }";
    Entry full =
        new Entry(
            room,
            1,
            0,
            Entries.START,
            UUID.randomUUID(),
            "kick",
            ann,
            "Ann \"the\" \\ Great",
            "c-1 ~!",
            Optional.of(17L),
            false,
            Optional.of(1L),
            Optional.of(ben),
            body,
            UUID.randomUUID());
    Entry plain = Entries.entry(room, 2, ben, "c-2");

    given(List.of(full, plain));

    assertThat(all(room)).containsExactly(full, plain);
    assertThat(await(store().find(List.of(full.key())))).containsExactly(full);
  }

  @Test
  void topsAreTheNewestEntriesInTheOrderAsked() {
    LogId two = Entries.room();
    LogId none = Entries.room();
    LogId one = Entries.room();
    List<Entry> entries = Entries.run(two, 1, 2, ann);
    Entry joined =
        new Entry(
            one,
            1,
            0,
            5,
            UUID.randomUUID(),
            "join",
            ann,
            "Ann",
            "v",
            Optional.empty(),
            false,
            Optional.of(7L),
            Optional.empty(),
            "{}",
            UUID.randomUUID());
    given(List.of(entries.get(0), entries.get(1), joined));

    List<Top> tops = await(store().tops(List.of(two, none, one)));

    Entry newest = entries.get(1);
    assertThat(tops)
        .containsExactly(
            new Top(two, 2, newest.n(), newest.at(), newest.id(), 0),
            Top.empty(none),
            new Top(one, 1, 0, 5, joined.id(), 7));
  }

  @Test
  void aRoomAndAUserOfTheSameIdHaveLogsOfTheirOwn() {
    UUID id = UUID.randomUUID();
    Entry inRoom = Entries.entry(LogId.room(id), 1, ann, "same");
    Entry ofUser = Entries.entry(LogId.user(id), 1, ann, "same");

    given(List.of(inRoom, ofUser));

    assertThat(all(LogId.room(id))).containsExactly(inRoom);
    assertThat(all(LogId.user(id))).containsExactly(ofUser);
  }

  @Test
  void onlyStoredCidsAreFound() {
    LogId room = Entries.room();
    Entry stored = Entries.entry(room, 1, ann, "here");
    given(List.of(stored));

    List<Cid> asked =
        List.of(
            new Cid(room, ben, "here"),
            new Cid(room, ann, "Here"),
            stored.key(),
            new Cid(Entries.room(), ann, "here"));

    assertThat(await(store().find(asked))).containsExactly(stored);
  }

  @Test
  void aTakenPlaceAnywhereInABatchStoresNothingOfIt() {
    for (int position = 0; position < ROOMS * EACH; position++) {
      List<Entry> batch = roomsAndBatch();
      Entry victim = batch.get(position);
      List<Entry> taken = Entries.run(victim.log(), 3, (int) (victim.seq() - 2), ben);
      given(taken);

      assertThat(outcome(store().append(batch))).isEqualTo(Fault.Outcome.CONFLICT);
      assertNothingStored(batch);
    }
  }

  @Test
  void aTakenCidAnywhereInABatchStoresNothingOfIt() {
    for (int position = 0; position < ROOMS * EACH; position++) {
      List<Entry> batch = new ArrayList<>(roomsAndBatch());
      Entry victim = batch.get(position);
      LogId log = victim.log();
      Entry old = await(store().read(log, 0, 1, 1, PLENTY)).get(0);
      batch.set(position, Entries.entry(log, victim.seq(), old.author(), old.cid()));

      assertThat(outcome(store().append(batch))).isEqualTo(Fault.Outcome.CONFLICT);
      batch.remove(position);
      assertNothingStored(batch);
    }
  }

  @Test
  void aPoisonedRowAnywhereInABatchIsToldFromAConflictAndStoresNothing() {
    for (int position = 0; position < ROOMS * EACH; position++) {
      List<Entry> batch = new ArrayList<>(roomsAndBatch());
      Entry victim = batch.get(position);
      batch.set(
          position, Entries.entry(victim.log(), victim.seq(), ann, "p", "{\"text\":\"\u0000\"}"));

      assertThat(outcome(store().append(batch))).isEqualTo(Fault.Outcome.REFUSED);
      assertNothingStored(batch);
    }
  }

  /** Nothing of a batch, or for a store that promises no more, its beginning. */
  private void assertNothingStored(List<Entry> batch) {
    List<Entry> stored = await(store().find(batch.stream().map(Entry::key).toList()));
    if (wholeBatches()) {
      assertThat(stored).isEmpty();
    } else {
      assertThat(Entries.sorted(stored)).isEqualTo(batch.subList(0, stored.size()));
    }
  }

  /** Whether a batch that fails leaves nothing behind. */
  protected boolean wholeBatches() {
    return true;
  }

  @Test
  void aVersionIsTakenOnce() {
    LogId room = Entries.room();
    given(List.of(changed(Entries.entry(room, 1, ann, "a"), 1)));

    assertThat(outcome(store().append(List.of(changed(Entries.entry(room, 2, ann, "b"), 1)))))
        .isEqualTo(Fault.Outcome.CONFLICT);
  }

  private static Entry changed(Entry entry, long version) {
    return new Entry(
        entry.log(),
        entry.seq(),
        entry.n(),
        entry.at(),
        entry.id(),
        "join",
        entry.author(),
        entry.name(),
        entry.cid(),
        entry.target(),
        false,
        Optional.of(version),
        entry.expels(),
        entry.body(),
        entry.digest());
  }

  @Test
  void writersOfTheSamePlacesNeverBothSucceedNorLeaveAHole() {
    LogId one = Entries.room();
    LogId two = Entries.room();
    for (long seq = 1; seq <= 20; seq++) {
      List<Future<Void>> tries = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        List<Entry> batch = new ArrayList<>(Entries.run(one, seq, 1, ann));
        batch.addAll(Entries.run(two, seq, 1, ann));
        tries.add(store().append(Entries.sorted(batch)));
      }
      await(Future.join(tries).otherwiseEmpty());
      assertThat(tries)
          .as("place %d: %s", seq, tries.stream().map(Future::cause).toList())
          .filteredOn(Future::succeeded)
          .hasSize(1);
    }
    assertThat(all(one)).extracting(Entry::seq).isEqualTo(upTo(20));
    assertThat(all(two)).extracting(Entry::seq).isEqualTo(upTo(20));
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void readingStopsAtBothEndsAtTheLimitAndAtTheSize() {
    LogId room = Entries.room();
    String body = "{\"text\":\"" + "x".repeat(989) + "\"}";
    given(
        IntStream.rangeClosed(1, 10)
            .mapToObj(seq -> Entries.entry(room, seq, ann, "c" + seq, body))
            .toList());

    assertThat(seqs(store().read(room, 3, 6, 100, PLENTY))).containsExactly(4L, 5L, 6L);
    assertThat(seqs(store().read(room, 3, Long.MAX_VALUE, 2, PLENTY))).containsExactly(4L, 5L);
    assertThat(seqs(store().read(room, 3, Long.MAX_VALUE, 100, 2500))).containsExactly(4L, 5L);
    assertThat(seqs(store().read(room, 3, Long.MAX_VALUE, 100, 10))).containsExactly(4L);
    assertThat(seqs(store().read(room, 10, Long.MAX_VALUE, 100, PLENTY))).isEmpty();
  }

  @Test
  void visibleEntriesAreThoseThatChangeNoOther() {
    LogId room = Entries.room();
    List<Entry> entries = new ArrayList<>();
    for (long seq = 1; seq <= 9; seq++) {
      Entry entry = Entries.entry(room, seq, ann, "c" + seq);
      entries.add(seq % 3 == 0 ? Entries.targeting(entry, seq - 1) : entry);
    }
    given(entries);

    assertThat(shown(store().visible(room, 1, Long.MAX_VALUE, false, 3, PLENTY)))
        .containsExactly(1L, 2L, 4L);
    assertThat(shown(store().visible(room, 1, 7, true, 3, PLENTY))).containsExactly(4L, 5L, 7L);
    assertThat(shown(store().visible(room, 5, 7, true, 9, PLENTY))).containsExactly(5L, 7L);
    assertThat(shown(store().visible(room, 1, 9, true, 9, 20))).containsExactly(8L);
  }

  @Test
  void ownMessagesAreCountedAfterEachPlace() {
    LogId room = Entries.room();
    LogId other = Entries.room();
    List<Entry> entries = new ArrayList<>(Entries.run(room, 1, 3, ann));
    entries.addAll(Entries.run(room, 4, 2, ben));
    entries.add(Entries.targeting(Entries.entry(room, 6, ann, "edit"), 1));
    given(entries);

    List<Stretch> stretches =
        List.of(Entries.after(room, 1), Entries.after(other, 0), new Stretch(room, 3, 4));

    assertThat(await(store().own(ann, stretches))).containsExactly(2L, 0L, 1L);
    assertThat(await(store().own(ben, stretches))).containsExactly(2L, 0L, 1L);
  }

  @Test
  void whenPeopleWroteLastIsFoundWhateverElseTheyDidSince() {
    LogId room = Entries.room();
    UserId silent = Entries.user();
    List<Entry> entries = new ArrayList<>(Entries.run(room, 1, 3, ann));
    entries.addAll(Entries.run(room, 4, 1, ben));
    entries.add(Entries.targeting(Entries.entry(room, 5, ann, "edit"), 1));
    entries.addAll(Entries.run(Entries.room(), 1, 9, silent));
    given(entries);

    assertThat(await(store().wrote(room, List.of(ann, ben, silent))))
        .containsOnly(Map.entry(ann, entries.get(2).at()), Map.entry(ben, entries.get(3).at()));
  }

  @Test
  void theLastMessageAfterEachPlaceIsFoundUnderneathOtherEntries() {
    LogId talk = Entries.room();
    LogId old = Entries.room();
    LogId none = Entries.room();
    List<Entry> entries = new ArrayList<>(Entries.run(talk, 1, 3, ann));
    entries.add(Entries.targeting(Entries.entry(talk, 4, ann, "edit"), 1));
    entries.addAll(Entries.run(old, 1, 2, ben));
    for (long seq = 3; seq < 2 + LogStore.LOOK_BACK; seq++) {
      entries.add(Entries.targeting(Entries.entry(old, seq, ann, "e" + seq), 1));
    }
    given(entries);
    List<Place> places =
        List.of(new Place(old, 0), new Place(none, 0), new Place(talk, 2), new Place(talk, 3));

    assertThat(await(store().lasts(places, PLENTY)))
        .containsExactly(Shown.fresh(entries.get(5)), Shown.fresh(entries.get(2)));
    assertThat(await(store().lasts(places, entries.get(5).body().length())))
        .containsExactly(Shown.fresh(entries.get(5)));
    given(List.of(Entries.targeting(Entries.entry(old, 2 + LogStore.LOOK_BACK, ann, "far"), 1)));
    assertThat(await(store().lasts(places, PLENTY))).containsExactly(Shown.fresh(entries.get(2)));
  }

  @Test
  void aSwathTellsWhichLogsOfSomeShardsHaveEntriesSinceATime() {
    LogId room = Entries.room();
    LogId other = Entries.room();
    LogId user = LogId.user(room.id());
    List<Entry> entries = new ArrayList<>(Entries.run(room, 1, 5, ann));
    entries.addAll(Entries.run(user, 1, 2, ann));
    entries.addAll(Entries.run(other, 1, 3, ben));
    given(entries);
    List<Integer> both = List.of(room.shard(), other.shard());

    assertThat(stretches(await(store().swath(both, Entries.START + 2, 1_000)), room, user, other))
        .containsExactlyInAnyOrder(
            new Stretch(room, 2, 5), new Stretch(user, 2, 2), new Stretch(other, 2, 3));
    assertThat(stretches(await(store().swath(both, Entries.START + 6, 1_000)), room, user, other))
        .isEmpty();
    int none = IntStream.range(0, LogId.SHARDS).filter(s -> !both.contains(s)).findAny().orElse(0);
    assertThat(stretches(await(store().swath(List.of(none), 0, 1_000)), room, user, other))
        .isEmpty();
  }

  private static List<Stretch> stretches(Swath swath, LogId... logs) {
    return swath.stretches().stream().filter(each -> List.of(logs).contains(each.log())).toList();
  }

  @Test
  void swathsFollowEachOtherAndNeverPartThoseOfTheSameTime() {
    LogId room = Entries.room();
    LogId twin = LogId.user(room.id());
    List<Entry> entries = new ArrayList<>(Entries.run(room, 1, 9, ann));
    entries.addAll(Entries.run(twin, 1, 9, ann));
    given(entries);
    Set<Entry> seen = new HashSet<>();
    long from = Entries.START + 1;
    Optional<Long> next = Optional.of(from);
    while (next.isPresent()) {
      Swath swath = await(store().swath(List.of(room.shard()), next.get(), 5));
      List<Stretch> found = stretches(swath, room, twin);
      found.forEach(
          each -> seen.addAll(all(each.log()).subList((int) each.first() - 1, (int) each.last())));
      next = swath.next();
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(entries);
  }

  @Test
  void stretchesOfSeveralLogsAreReadAtOnceInTheOrderAsked() {
    LogId one = Entries.room();
    LogId two = Entries.room();
    List<Entry> entries = new ArrayList<>(Entries.run(one, 1, 3, ann));
    entries.addAll(Entries.run(two, 1, 3, ben));
    given(entries);

    List<Shown> found =
        await(
            store()
                .shown(
                    List.of(
                        new Stretch(two, 2, 9), new Stretch(one, 3, 3), new Stretch(one, 7, 8))));

    assertThat(found)
        .containsExactly(
            Shown.fresh(entries.get(4)), Shown.fresh(entries.get(5)), Shown.fresh(entries.get(2)));
  }

  private static List<Long> shown(Future<List<Shown>> entries) {
    return await(entries).stream().map(each -> each.entry().seq()).toList();
  }

  private static List<Long> seqs(Future<List<Entry>> entries) {
    return await(entries).stream().map(Entry::seq).toList();
  }
}
