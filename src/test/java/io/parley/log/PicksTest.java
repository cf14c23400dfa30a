package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.log.PicksApi.Picked;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looking at single messages of a log that has some of everything. */
class PicksTest {
  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private OwnerFixture fixture;
  private OwnerFixture.Host owner;
  private Picks picks;

  /** Four messages; the second is edited twice, the third pinned, then the first. */
  @BeforeEach
  void fill() {
    fixture = new OwnerFixture();
    fixture.members.others(new Standing(Standing.Access.POST, 0, Optional.empty(), 0, true));
    owner = fixture.owner();
    picks = new Picks(fixture.real, new EntryJson(await(fixture.identity()).epoch()));
    for (int i = 1; i <= 4; i++) {
      write(Entries.message(ann, "m" + i));
    }
    write(Entries.edit(ann, "e", 2, "one"));
    write(Entries.edit(ann, "f", 2, "two"));
    write(Entries.pin(ann, "p", 3));
    write(Entries.pin(ann, "q", 1));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void write(Draft draft) {
    await(owner.append(room, draft));
  }

  private Picked pick(long since, Long... places) {
    return await(picks.pick(new PicksApi.Pick(room, List.of(places), since, ann)));
  }

  private Picked pinned(long since, Optional<Long> before) {
    return await(picks.pinned(new PicksApi.Pinned(room, before, since, ann)));
  }

  private Future<Picked> wordings(long target, long after, long since) {
    return Future.succeededFuture()
        .compose(go -> picks.wordings(new PicksApi.Wordings(room, target, after, since)));
  }

  private static List<JsonNode> told(Picked picked) {
    return picked.entries().stream()
        .<JsonNode>map(each -> Json.object(each.json().array()))
        .toList();
  }

  private static List<Long> seqs(Picked picked) {
    return picked.entries().stream().map(LogApi.Encoded::seq).toList();
  }

  private static List<String> texts(Picked picked) {
    return told(picked).stream().map(each -> each.path("body").path("text").asText()).toList();
  }

  @Test
  void messagesAreShownAsTheyAreNowAndNothingElseIs() {
    Picked picked = pick(0, 2L, 3L, 5L, 7L, 99L);

    assertThat(seqs(picked)).containsExactly(2L, 3L);
    assertThat(texts(picked)).containsExactly("two", "m3");
    assertThat(told(picked).get(1).path("state").path("pinned").path("seq").asLong()).isEqualTo(7);
    assertThat(picked.more()).isFalse();
    assertThat(seqs(pick(3, 2L, 3L))).containsExactly(3L);
    assertThat(seqs(pick(9, 2L, 3L))).isEmpty();
  }

  @Test
  void moreThanFiftyAtOnceAreTooMany() {
    List<Long> places = LongStream.rangeClosed(1, 51).boxed().toList();

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> picks.pick(new PicksApi.Pick(room, places, 0, ann)))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
  }

  @Test
  void anAnswerEndsBeforeItIsTooLargeAndSaysSo() {
    for (int i = 0; i < 40; i++) {
      write(Entries.message(ann, "long" + i, "{\"text\":\"" + "x".repeat(32_000) + "\"}"));
    }
    Long[] places = LongStream.rangeClosed(1, 48).boxed().toArray(Long[]::new);

    Picked picked = pick(0, places);

    assertThat(picked.more()).isTrue();
    assertThat(picked.entries()).hasSizeBetween(30, 40);
    for (long seq = 9; seq <= 48; seq++) {
      write(Entries.pin(ann, "big" + seq, seq));
    }
    Picked newest = pinned(0, Optional.empty());
    assertThat(newest.more()).isTrue();
    List<JsonNode> shown = told(newest);
    long last = shown.get(shown.size() - 1).path("state").path("pinned").path("seq").asLong();
    Picked rest = pinned(0, Optional.of(last));
    assertThat(rest.more()).isFalse();
    assertThat(shown.size() + rest.entries().size()).isEqualTo(42);
  }

  @Test
  void pinnedMessagesComeByTheAgeOfTheirPinsAndOnlyFromOnesTime() {
    assertThat(seqs(pinned(0, Optional.empty()))).containsExactly(1L, 3L);
    assertThat(seqs(pinned(2, Optional.empty()))).containsExactly(3L);
    assertThat(seqs(pinned(0, Optional.of(8L)))).containsExactly(3L);
    write(Entries.delete(ann, "d", 1));
    assertThat(seqs(pinned(0, Optional.empty()))).containsExactly(3L);
  }

  @Test
  void allWordingsOfAMessageAreThereUntilItIsDeleted() {
    Picked all = await(wordings(2, 0, 0));
    assertThat(texts(all)).containsExactly("m2", "one", "two");
    assertThat(seqs(all)).containsExactly(2L, 5L, 6L);
    assertThat(told(all)).allMatch(each -> each.path("at").isTextual());
    assertThat(all.more()).isFalse();
    assertThat(texts(await(wordings(2, 5, 0)))).containsExactly("two");
    assertThat(texts(await(wordings(3, 0, 0)))).containsExactly("m3");

    write(Entries.delete(ann, "d", 2));
    for (Future<Picked> none :
        List.of(wordings(2, 0, 0), wordings(5, 0, 0), wordings(99, 0, 0), wordings(3, 0, 4))) {
      assertThat(OwnerFixture.refusal(none)).isEqualTo(Reason.NOT_FOUND);
    }
  }

  @Test
  void manyLongWordingsComeInSeveralAnswers() {
    for (int i = 0; i < 40; i++) {
      write(Entries.edit(ann, "w" + i, 4, "x".repeat(32_000)));
    }
    Picked first = await(wordings(4, 0, 0));
    assertThat(first.more()).isTrue();
    long last = seqs(first).get(first.entries().size() - 1);
    Picked rest = await(wordings(4, last, 0));

    assertThat(rest.more()).isFalse();
    assertThat(first.entries().size() + rest.entries().size()).isEqualTo(41);
  }
}
