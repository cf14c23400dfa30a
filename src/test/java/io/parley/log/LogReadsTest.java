package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.log.LogApi.Encoded;
import io.parley.log.LogApi.HistoryPage;
import io.parley.log.LogApi.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogReadsTest {
  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private OwnerFixture fixture;
  private LogReads reads;
  private int epoch;
  private List<Entry> entries;

  /** Twenty entries, of which each fifth changes the one before. */
  @BeforeEach
  void fill() {
    fixture = new OwnerFixture();
    epoch = await(fixture.identity()).epoch();
    reads = new LogReads(fixture.real, new EntryJson(epoch));
    entries = new ArrayList<>();
    for (long seq = 1; seq <= 20; seq++) {
      Entry entry = Entries.entry(room, seq, ann, "c" + seq);
      entries.add(seq % 5 == 0 ? Entries.targeting(entry, seq - 1) : entry);
    }
    await(fixture.real.append(entries));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Page read(Optional<String> cursor, long after, long through, long since, int limit) {
    return await(reads.read(new LogApi.Read(room, cursor, after, through, since, limit)));
  }

  private Page resume(Cursor cursor) {
    return read(Optional.of(cursor.toString()), 0, Long.MAX_VALUE, 0, 100);
  }

  private HistoryPage history(Long before, Long after, Long around, long since, int limit) {
    return await(
        reads.history(
            new LogApi.History(
                room,
                Optional.ofNullable(before),
                Optional.ofNullable(after),
                Optional.ofNullable(around),
                since,
                limit,
                Optional.empty())));
  }

  private static List<Long> seqs(List<Encoded> page) {
    return page.stream().map(Encoded::seq).toList();
  }

  private static List<Long> range(long from, long through) {
    return LongStream.rangeClosed(from, through).boxed().toList();
  }

  @Test
  void aReaderGoesOnAfterTheLastEntrySeen() {
    Page page = resume(Cursor.at(epoch, 15, entries.get(14).id()));

    assertThat(seqs(page.entries())).isEqualTo(range(16, 20));
    assertThat(page.reset()).isFalse();
    assertThat(page.more()).isFalse();
    assertThat(page.head().seq()).isEqualTo(20);
    assertThat(Cursor.parse(page.head().cursor()))
        .contains(Cursor.at(epoch, 20, entries.get(19).id()));
    assertThat(seqs(resume(Cursor.start(epoch)).entries())).isEqualTo(range(1, 20));
  }

  @Test
  void aCursorThatDoesNotFitMeansLoadingAfresh() {
    List<Cursor> unfit =
        List.of(
            Cursor.at(epoch + 1, 15, entries.get(14).id()),
            Cursor.at(epoch, 21, UUID.randomUUID()),
            Cursor.at(epoch, 15, UUID.randomUUID()),
            Cursor.start(epoch + 1));
    for (Cursor cursor : unfit) {
      Page page = resume(cursor);
      assertThat(page.reset()).isTrue();
      assertThat(page.entries()).isEmpty();
      assertThat(page.head().seq()).isEqualTo(20);
    }
  }

  @Test
  void aCursorThatIsNoneIsSaidToBeNone() {
    for (String text : List.of("", "x", "AAAA", "§", Cursor.start(epoch) + "A")) {
      assertThatThrownBy(
              () -> reads.read(new LogApi.Read(room, Optional.of(text), 0, Long.MAX_VALUE, 0, 10)))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.details()).containsEntry("field", "cursor"));
    }
  }

  @Test
  void aPageEndsAtItsBoundsAndSaysWhetherThereIsMore() {
    Page limited = read(Optional.empty(), 3, Long.MAX_VALUE, 0, 5);
    assertThat(seqs(limited.entries())).isEqualTo(range(4, 8));
    assertThat(limited.more()).isTrue();

    Page through = read(Optional.empty(), 3, 8, 0, 5);
    assertThat(seqs(through.entries())).isEqualTo(range(4, 8));
    assertThat(through.more()).isFalse();

    Page since = read(Optional.empty(), 0, Long.MAX_VALUE, 18, 100);
    assertThat(seqs(since.entries())).isEqualTo(range(18, 20));
  }

  @Test
  void aReaderWhoWasAwayAndCameAgainLoadsAfresh() {
    Page before = since(Cursor.at(epoch, 2, entries.get(1).id()), 10);
    assertThat(before.entries()).isEmpty();
    assertThat(before.reset()).isTrue();
    assertThat(since(Cursor.at(epoch, 8, entries.get(7).id()), 10).reset()).isTrue();

    Page at = since(Cursor.at(epoch, 9, entries.get(8).id()), 10);
    assertThat(seqs(at.entries())).isEqualTo(range(10, 20));
    assertThat(at.reset()).isFalse();
  }

  private Page since(Cursor cursor, long first) {
    return read(Optional.of(cursor.toString()), 0, Long.MAX_VALUE, first, 100);
  }

  @Test
  void ofOtherWordsForWhatAReaderMayNotSeeTheyAreToldThatThereAreSome() {
    String text = "{\"text\":\"other words\"}";
    Entry said = Entries.entry(room, 21, ann, "c21", text);
    await(fixture.real.append(List.of(edit(said, 19))));

    assertThat(texts(read(Optional.empty(), 20, Long.MAX_VALUE, 19, 10))).contains("other words");
    assertThat(texts(read(Optional.empty(), 20, Long.MAX_VALUE, 20, 10)))
        .doesNotContain("other words")
        .contains("\"body\":{\"deleted\":true}", "\"target\":19");
  }

  private static Entry edit(Entry entry, long target) {
    Entry as = Entries.targeting(entry, target);
    return new Entry(
        as.log(),
        as.seq(),
        as.n(),
        as.at(),
        as.id(),
        "edit",
        as.author(),
        as.name(),
        as.cid(),
        as.target(),
        false,
        as.version(),
        as.expels(),
        entry.body(),
        as.digest());
  }

  private static String texts(Page page) {
    return page.entries().stream()
        .map(entry -> new String(entry.json().array(), StandardCharsets.UTF_8))
        .reduce("", String::concat);
  }

  @Test
  void aPageHoldsAboutAMegabyte() {
    LogId large = Entries.room();
    String body = "{\"text\":\"" + "x".repeat(30_000) + "\"}";
    List<Entry> many = new ArrayList<>();
    for (long seq = 1; seq <= 60; seq++) {
      many.add(Entries.entry(large, seq, ann, "c" + seq, body));
    }
    await(fixture.real.append(many));

    Page page =
        await(reads.read(new LogApi.Read(large, Optional.empty(), 0, Long.MAX_VALUE, 0, 500)));
    assertThat(page.entries()).hasSizeBetween(30, 35);
    assertThat(page.more()).isTrue();
    HistoryPage newest =
        await(
            reads.history(
                new LogApi.History(
                    large,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    500,
                    Optional.empty())));
    assertThat(newest.entries()).hasSizeBetween(30, 35);
    assertThat(newest.entries().get(newest.entries().size() - 1).seq()).isEqualTo(60);
    assertThat(newest.older()).isTrue();
  }

  @Test
  void historyShowsWhatIsVisibleAroundAPosition() {
    HistoryPage newest = history(null, null, null, 0, 3);
    assertThat(seqs(newest.entries())).containsExactly(17L, 18L, 19L);
    assertThat(newest.older()).isTrue();
    assertThat(newest.newer()).isFalse();
    assertThat(newest.asOf().seq()).isEqualTo(20);

    HistoryPage before = history(4L, null, null, 0, 10);
    assertThat(seqs(before.entries())).containsExactly(1L, 2L, 3L);
    assertThat(before.older()).isFalse();
    assertThat(before.newer()).isTrue();

    HistoryPage after = history(null, 16L, null, 0, 2);
    assertThat(seqs(after.entries())).containsExactly(17L, 18L);
    assertThat(after.older()).isTrue();
    assertThat(after.newer()).isTrue();

    HistoryPage around = history(null, null, 11L, 0, 5);
    assertThat(seqs(around.entries())).containsExactly(8L, 9L, 11L, 12L, 13L);
  }

  @Test
  void historyBeginsWhereItsReaderMayBegin() {
    HistoryPage page = history(null, null, null, 18, 50);
    assertThat(seqs(page.entries())).containsExactly(18L, 19L);
    assertThat(page.older()).isFalse();

    assertThat(seqs(history(null, 1L, null, 18, 50).entries())).containsExactly(18L, 19L);
    assertThat(history(10L, null, null, 18, 50).entries()).isEmpty();
  }

  @Test
  void anEmptyLogHasEmptyPages() {
    LogId empty = Entries.room();

    Page page =
        await(reads.read(new LogApi.Read(empty, Optional.empty(), 0, Long.MAX_VALUE, 0, 10)));
    assertThat(page.entries()).isEmpty();
    assertThat(page.more()).isFalse();
    assertThat(page.head().seq()).isZero();
    assertThat(Cursor.parse(page.head().cursor())).contains(Cursor.start(epoch));
    HistoryPage history =
        await(
            reads.history(
                new LogApi.History(
                    empty,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    10,
                    Optional.empty())));
    assertThat(history.entries()).isEmpty();
    assertThat(history.older() || history.newer()).isFalse();
  }

  @Test
  void headsAndOwnMessagesAreAnsweredInTheOrderAsked() {
    LogId empty = Entries.room();

    assertThat(await(reads.heads(new LogApi.Heads(List.of(empty, room)))).heads())
        .extracting(LogApi.Head::seq)
        .containsExactly(0L, 20L);
    assertThat(
            await(
                    reads.own(
                        new LogApi.Own(
                            ann,
                            List.of(
                                new LogApi.Place(room, 16),
                                new LogApi.Place(empty, 0),
                                new LogApi.Place(room, 16)),
                            Optional.of(List.of(Long.MAX_VALUE, 9L, 17L)))))
                .counts())
        .containsExactly(3L, 0L, 1L);
  }

  @Test
  void lastMessagesAreAnsweredAsHistoryShowsThem() {
    List<LogApi.Place> places =
        List.of(new LogApi.Place(Entries.room(), 0), new LogApi.Place(room, 0));

    List<LogApi.Encoded> lasts = await(reads.lasts(new LogApi.Lasts(places))).entries();

    assertThat(history(null, null, null, 0, 50).entries()).endsWith(lasts.get(0));
    assertThat(lasts).hasSize(1);
    List<LogApi.Place> many = Collections.nCopies(1_001, new LogApi.Place(room, 0));
    assertThatThrownBy(() -> reads.lasts(new LogApi.Lasts(many))).hasMessageContaining("1000");
  }

  @Test
  void historyShowsMessagesInTheirPresentStateToWhoeverLooks() {
    UserId ben = Entries.user();
    Entry edit = Entries.at(room, 21, Entries.edit(ann, "e", 1, "new \\u00fc"));
    Entry react = Entries.at(room, 22, Entries.react(ben, "r", 1, "+"));
    Entry delete = Entries.at(room, 23, Entries.delete(ann, "d", 2));
    Shown first = Shown.fresh(entries.get(0)).after(edit).after(react);
    Shown second = Shown.fresh(entries.get(1)).after(delete);
    await(
        fixture.real.append(
            List.of(edit, react, delete),
            List.of(new Revised(room, 1, first.state()), new Revised(room, 2, second.state()))));

    List<String> seen = told(Optional.of(ben));

    assertThat(seen.get(0))
        .endsWith(
            ",\"body\":{\"text\":\"new ü\"},\"state\":{\"rev\":22,"
                + "\"editedAt\":\"2023-11-14T22:13:20.144Z\",\"reactions\":"
                + "[{\"emoji\":\"+\",\"count\":1,\"mine\":true}]}}");
    assertThat(seen.get(1))
        .endsWith(",\"body\":{\"deleted\":true},\"state\":{\"rev\":23,\"deleted\":true}}");
    assertThat(seen.get(2)).endsWith(",\"body\":{\"text\":\"c3\"}}");
    assertThat(told(Optional.of(ann)).get(0)).contains("\"mine\":false");
    assertThat(told(Optional.empty()).get(0)).doesNotContain("reactions");
  }

  /** The first three entries, as a viewer is told of them. */
  private List<String> told(Optional<UserId> viewer) {
    LogApi.History first =
        new LogApi.History(room, Optional.of(4L), Optional.empty(), Optional.empty(), 0, 3, viewer);
    return await(reads.history(first)).entries().stream()
        .map(entry -> new String(entry.json().array(), StandardCharsets.UTF_8))
        .toList();
  }
}
