package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.log.LogApi.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a store must know of whom messages mention, and of what is unread. */
public abstract class LogMentionsContract extends LogStatesContract {
  private static final long PLENTY = 1 << 20;

  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private final UserId ben = Entries.user();
  private final UserId cem = Entries.user();

  private static String body(boolean everybody, UserId... mentioned) {
    String users =
        Arrays.stream(mentioned)
            .map(user -> "\"" + user + "\"")
            .collect(Collectors.joining(",", ",\"mentions\":[", "]"));
    return "{\"text\":\"x\""
        + (mentioned.length == 0 ? "" : users)
        + (everybody ? ",\"mentionsRoom\":true" : "")
        + "}";
  }

  private Entry says(long seq, UserId author, String body) {
    return Entries.entry(room, seq, author, "c" + seq, body);
  }

  private void given(Entry... entries) {
    await(store().append(List.of(entries)));
  }

  /** Changes one message, as an owner would. */
  private Entry change(Entry message, Mutation mutation, long seq, String body) {
    Entry change =
        Entries.at(
            room,
            seq,
            Entries.mutation(mutation, message.author(), "m" + seq, message.seq(), body));
    await(
        store()
            .append(
                List.of(change),
                List.of(
                    new Revised(room, message.seq(), Shown.fresh(message).after(change).state()))));
    return change;
  }

  private List<Long> mentions(UserId reader, long... places) {
    return await(
        store()
            .mentions(
                reader, Arrays.stream(places).mapToObj(seq -> Entries.after(room, seq)).toList()));
  }

  private List<Long> unread(UserId reader, long after) {
    return await(store().unread(reader, new Place(room, after), 100, PLENTY)).stream()
        .map(shown -> shown.entry().seq())
        .toList();
  }

  @Test
  void mentionsAreCountedAfterEachPlaceAndForNobodyElse() {
    given(
        says(1, ann, body(false, ben)),
        says(2, ann, body(false)),
        says(3, cem, body(false, ann, ben)),
        says(4, ann, body(true)));

    assertThat(mentions(ben, 0, 1, 3, 4)).containsExactly(3L, 2L, 1L, 0L);
    assertThat(mentions(ann, 0)).containsExactly(1L);
    assertThat(mentions(cem, 0)).containsExactly(1L);
    assertThat(await(store().mentions(ben, List.of(Entries.after(Entries.room(), 0)))))
        .containsExactly(0L);
  }

  @Test
  void nobodyMentionsThemselves() {
    given(says(1, ann, body(true, ann, ben)));

    assertThat(mentions(ann, 0)).containsExactly(0L);
    assertThat(mentions(ben, 0)).containsExactly(1L);
  }

  @Test
  void anIdOfNobodyMentionsNobodyAndNotEverybody() {
    given(says(1, ann, body(false, Mentions.EVERYBODY)));

    assertThat(mentions(ben, 0)).containsExactly(0L);
  }

  @Test
  void aTextThatLooksLikeAMentionIsNone() {
    given(says(1, ann, "{\"text\":\"\\\"mentions\\\":[\\\"" + ben + "\\\"]\"}"));

    assertThat(mentions(ben, 0)).containsExactly(0L);
  }

  @Test
  void anEditChangesWhomAMessageMentionsAtItsOwnPlace() {
    Entry message = says(1, ann, body(false, ben));
    given(message);

    change(message, Mutation.EDIT, 2, body(false, cem));

    assertThat(mentions(ben, 0)).containsExactly(0L);
    assertThat(mentions(cem, 0, 1)).containsExactly(1L, 0L);
  }

  @Test
  void anEditThatMentionsTheSameCountsOnce() {
    Entry message = says(1, ann, body(false, ben));
    given(message);

    change(message, Mutation.EDIT, 2, body(true, ben, cem));

    assertThat(mentions(ben, 0)).containsExactly(1L);
    assertThat(mentions(cem, 0)).containsExactly(1L);
  }

  @Test
  void aDeletedMessageMentionsNobodyAndAReactionChangesNothing() {
    Entry gone = says(1, ann, body(true, ben));
    Entry liked = says(2, ann, body(false, ben));
    given(gone, liked);

    change(gone, Mutation.DELETE, 3, "{}");
    change(liked, Mutation.REACT, 4, "{\"emoji\":\"+\"}");

    assertThat(mentions(ben, 0)).containsExactly(1L);
    assertThat(mentions(cem, 0)).containsExactly(0L);
  }

  @Test
  void aBatchThatFailsMentionsNobody() {
    given(says(1, ann, body(false)));

    assertThat(outcome(store().append(List.of(says(1, ben, body(false, cem))))))
        .isNotEqualTo(LogStore.Fault.Outcome.REFUSED);
    assertThat(mentions(cem, 0)).containsExactly(0L);
  }

  @Test
  void unreadIsWhatOthersSaidAfterAPlaceAndNothingBesideIt() {
    Entry aside =
        new Entry(
            room,
            5,
            4,
            Entries.START,
            java.util.UUID.randomUUID(),
            "message",
            ann,
            "Ann",
            "aside",
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            body(false, ben),
            java.util.UUID.randomUUID());
    Entry said = says(2, ann, body(false));
    given(says(1, ann, body(false)), said, says(3, ben, body(false)), says(4, cem, body(false)));
    given(aside);
    change(said, Mutation.DELETE, 6, "{}");

    assertThat(unread(ben, 0)).containsExactly(1L, 2L, 4L);
    assertThat(unread(ben, 2)).containsExactly(4L);
    assertThat(mentions(ben, 0)).containsExactly(0L);
    assertThat(unread(ann, 0)).containsExactly(3L, 4L);
    assertThat(unread(cem, 4)).isEmpty();
    assertThat(await(store().unread(ben, new Place(room, 0), 100, PLENTY)).get(1).state().deleted())
        .isTrue();
  }

  @Test
  void aPageOfWhatIsUnreadStopsAtItsLimitsAndNeverBeforeTheFirst() {
    List<Entry> entries = new ArrayList<>();
    Stream.iterate(1L, seq -> seq + 1)
        .limit(5)
        .forEach(seq -> entries.add(says(seq, ann, body(false))));
    await(store().append(entries));

    assertThat(await(store().unread(ben, new Place(room, 0), 2, PLENTY))).hasSize(2);
    assertThat(await(store().unread(ben, new Place(room, 1), 5, 1)))
        .extracting(shown -> shown.entry().seq())
        .containsExactly(2L);
  }
}
