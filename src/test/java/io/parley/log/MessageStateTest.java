package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.log.MessageState.Reaction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageStateTest {
  private static final String HEART = "\u2764\uFE0F";
  private static final String WAVE = "\uD83D\uDC4B\uD83C\uDFFD";

  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private final UserId ben = Entries.user();

  private MessageState after(Draft... drafts) {
    MessageState state = MessageState.FRESH;
    for (int i = 0; i < drafts.length; i++) {
      state = state.after(Entries.at(room, 10 + i, drafts[i]));
    }
    return state;
  }

  @Test
  void anEditIsTheLastWord() {
    MessageState state = after(Entries.edit(ann, "a", 1, "one"), Entries.edit(ann, "b", 1, "two"));

    assertThat(state)
        .isEqualTo(
            new MessageState(
                11,
                Optional.of("{\"text\":\"two\"}"),
                Optional.of(Entries.START + 11),
                false,
                List.of(),
                2,
                Optional.empty()));
  }

  @Test
  void reactionsKeepTheOrderOfTheirFirstAppearance() {
    MessageState state =
        after(
            Entries.react(ann, "a", 1, WAVE),
            Entries.react(ben, "b", 1, HEART),
            Entries.react(ben, "c", 1, WAVE),
            Entries.react(ann, "d", 1, HEART),
            Entries.unreact(ann, "e", 1, WAVE));

    assertThat(state.reactions())
        .containsExactly(new Reaction(WAVE, List.of(ben)), new Reaction(HEART, List.of(ben, ann)));
    assertThat(state.has(WAVE, ben)).isTrue();
    assertThat(state.has(WAVE, ann)).isFalse();
  }

  @Test
  void anEmojiThatNobodyGivesAnyMoreIsGone() {
    assertThat(after(Entries.react(ann, "a", 1, WAVE), Entries.unreact(ann, "b", 1, WAVE)))
        .isEqualTo(
            new MessageState(
                11, Optional.empty(), Optional.empty(), false, List.of(), 0, Optional.empty()));
  }

  @Test
  void nothingIsLeftOfWhatWasDeletedAndNothingChangesIt() {
    MessageState deleted =
        after(
            Entries.edit(ann, "a", 1, "one"),
            Entries.react(ben, "b", 1, WAVE),
            Entries.pin(ben, "p", 1),
            Entries.delete(ann, "c", 1),
            Entries.edit(ann, "d", 1, "again"),
            Entries.pin(ben, "q", 1),
            Entries.react(ben, "e", 1, WAVE));

    assertThat(deleted)
        .isEqualTo(
            new MessageState(
                16, Optional.empty(), Optional.empty(), true, List.of(), 0, Optional.empty()));
  }

  @Test
  void whatIsInTheSumAlreadyAddsNothing() {
    MessageState state = after(Entries.react(ann, "a", 1, WAVE), Entries.edit(ann, "b", 1, "one"));

    assertThat(state.after(Entries.at(room, 10, Entries.unreact(ann, "c", 1, WAVE))))
        .isEqualTo(state);
    assertThat(state.after(Entries.at(room, 11, Entries.delete(ann, "d", 1)))).isEqualTo(state);
  }

  @Test
  void aPinLastsUntilItIsTakenBackWhateverElseBecomesOfTheMessage() {
    MessageState pinned =
        after(
            Entries.pin(ben, "a", 1),
            Entries.edit(ann, "b", 1, "one"),
            Entries.react(ben, "c", 1, WAVE));

    assertThat(pinned.pinned()).contains(new MessageState.Pin(10, Entries.START + 10, ben));
    assertThat(pinned.after(Entries.at(room, 13, Entries.unpin(ann, "d", 1))).pinned()).isEmpty();
    assertThat(MessageState.parse(pinned.json())).isEqualTo(pinned);
    assertThat(MessageState.parse("{\"rev\":1,\"deleted\":false,\"reactions\":[],\"edits\":0}"))
        .as("as it was written before there were pins")
        .isEqualTo(
            new MessageState(
                1, Optional.empty(), Optional.empty(), false, List.of(), 0, Optional.empty()));
  }

  @Test
  void whatStandsInAThreadIsCountedWhateverElseBecomesOfTheFirst() {
    MessageState state =
        after(
            Entries.inThread(ben, "a", 1),
            Entries.edit(ann, "b", 1, "one"),
            Entries.react(ben, "c", 1, WAVE),
            Entries.pin(ben, "p", 1),
            Entries.unpin(ben, "u", 1),
            Entries.inThread(ann, "d", 1),
            Entries.delete(ann, "e", 1));

    assertThat(state.replies()).contains(new MessageState.Replies(2, 15, Entries.START + 15));
    assertThat(state.deleted()).isTrue();
    assertThat(MessageState.parse(state.json())).isEqualTo(state);
    assertThat(after(Entries.message(ben, "m")).replies()).isEmpty();
  }

  @Test
  void otherKindsChangeNoMessage() {
    Entry mark = Entries.targeting(Entries.entry(room, 9, ann, "a"), 1);

    assertThat(MessageState.FRESH.after(mark)).isEqualTo(MessageState.FRESH);
  }

  @Test
  void theStoredFormSaysEverything() {
    MessageState state =
        after(
            Entries.react(ann, "a", 1, WAVE),
            Entries.mutation(
                Mutation.EDIT, ann, "b", 1, "{ \"text\":\"\\u00fc \\\"x\\\" \u2028\" }"));

    assertThat(MessageState.parse(state.json())).isEqualTo(state);
    assertThat(MessageState.parse(MessageState.FRESH.json())).isEqualTo(MessageState.FRESH);
  }
}
