package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.MessageState.Reaction;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AmendingTest {
  private static final UserId ANN = Entries.user();
  private static final UserId BEN = Entries.user();
  private static final Standing MEMBER = standing(0, false);
  private static final MessageState DELETED =
      new MessageState(9, Optional.empty(), Optional.empty(), true, List.of(), 0, Optional.empty());

  private static Standing standing(long since, boolean moderates) {
    return new Standing(Standing.Access.POST, since, Optional.empty(), 0, moderates);
  }

  /** The message of Ann at place 5. */
  private static Target target(MessageState state) {
    return new Target(5, ANN, true, state);
  }

  private static Draft draft(Mutation mutation, UserId author) {
    return Entries.mutation(mutation, author, "c", 5, "{\"emoji\":\"x\"}");
  }

  private static String verdict(
      Mutation mutation, UserId author, Standing standing, Target target) {
    return Amending.against(draft(mutation, author), mutation, standing, target)
        .map(Failure::reason)
        .map(Enum::name)
        .orElse("fine");
  }

  @ParameterizedTest(name = "{0} by {1}: {2}")
  @CsvSource({
    "EDIT, author, fine",
    "EDIT, member, FORBIDDEN",
    "EDIT, moderator, FORBIDDEN",
    "DELETE, author, fine",
    "DELETE, member, FORBIDDEN",
    "DELETE, moderator, fine",
    "REACT, author, fine",
    "REACT, member, fine",
    "UNREACT, member, NOT_FOUND",
    "PIN, author, FORBIDDEN",
    "PIN, member, FORBIDDEN",
    "PIN, moderator, fine",
    "UNPIN, member, FORBIDDEN",
    "UNPIN, moderator, NOT_FOUND",
  })
  void whoMayDoWhat(Mutation mutation, String who, String outcome) {
    UserId author = who.equals("author") ? ANN : BEN;

    assertThat(
            verdict(
                mutation, author, standing(0, who.equals("moderator")), target(MessageState.FRESH)))
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @EnumSource(Mutation.class)
  void nothingChangesWhatWasDeleted(Mutation mutation) {
    assertThat(verdict(mutation, ANN, MEMBER, target(DELETED))).isEqualTo("GONE");
  }

  @ParameterizedTest
  @EnumSource(Mutation.class)
  void onlyMessagesThatOneMaySeeCanBeChanged(Mutation mutation) {
    Target notice = new Target(5, ANN, false, MessageState.FRESH);

    assertThat(verdict(mutation, ANN, MEMBER, notice)).isEqualTo("NOT_FOUND");
    assertThat(verdict(mutation, ANN, standing(6, true), target(MessageState.FRESH)))
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void aReactionIsGivenOnceAndTakenBackOnce() {
    MessageState given = reactions(Stream.of(new Reaction("x", List.of(ANN))));

    assertThat(verdict(Mutation.REACT, ANN, MEMBER, target(given))).isEqualTo("ALREADY_EXISTS");
    assertThat(verdict(Mutation.UNREACT, ANN, MEMBER, target(given))).isEqualTo("fine");
    assertThat(verdict(Mutation.REACT, BEN, MEMBER, target(given))).isEqualTo("fine");
  }

  @Test
  void aMessageIsPinnedOnceAndTheTwoOfADirectRoomBothMay() {
    MessageState pinned = MessageState.FRESH.after(Entries.at(Entries.room(), 6, pin()));
    Standing equal =
        new Standing(
            Standing.Access.POST,
            0,
            Optional.empty(),
            0,
            false,
            Optional.empty(),
            Optional.of(true));
    Standing below =
        new Standing(
            Standing.Access.POST,
            0,
            Optional.empty(),
            0,
            true,
            Optional.empty(),
            Optional.of(false));

    assertThat(verdict(Mutation.PIN, BEN, equal, target(MessageState.FRESH))).isEqualTo("fine");
    assertThat(verdict(Mutation.PIN, BEN, equal, target(pinned))).isEqualTo("ALREADY_EXISTS");
    assertThat(verdict(Mutation.UNPIN, BEN, equal, target(pinned))).isEqualTo("fine");
    assertThat(verdict(Mutation.UNPIN, BEN, below, target(pinned))).isEqualTo("FORBIDDEN");
    assertThat(Amending.pinningBeside(Amending.MAX_PINNED - 1)).isEmpty();
    assertThat(Amending.pinningBeside(Amending.MAX_PINNED)).isPresent();
  }

  private static Draft pin() {
    return Entries.pin(BEN, "p", 5);
  }

  @Test
  void oneAnswersAMessageThatOneMaySeeAndNothingElse() {
    Target notice = new Target(5, ANN, false, MessageState.FRESH);

    assertThat(Amending.answering(MEMBER, Optional.of(target(MessageState.FRESH)))).isEmpty();
    assertThat(Amending.answering(MEMBER, Optional.of(target(DELETED)))).isEmpty();
    assertThat(Amending.answering(MEMBER, Optional.of(notice))).isPresent();
    assertThat(Amending.answering(MEMBER, Optional.empty())).isPresent();
    assertThat(Amending.answering(standing(6, true), Optional.of(target(MessageState.FRESH))))
        .map(Failure::reason)
        .contains(Reason.INVALID);
  }

  @Test
  void aMessageHasSoManyEmojiAndSoManyReactions() {
    MessageState colourful =
        reactions(
            IntStream.range(0, Amending.MAX_EMOJI)
                .mapToObj(i -> new Reaction("e" + i, List.of(ANN))));
    List<UserId> crowd =
        IntStream.range(0, Amending.MAX_REACTIONS).mapToObj(i -> Entries.user()).toList();
    MessageState loved = reactions(Stream.of(new Reaction("x", crowd)));

    assertThat(verdict(Mutation.REACT, BEN, MEMBER, target(colourful))).isEqualTo("TOO_LARGE");
    assertThat(verdict(Mutation.REACT, BEN, MEMBER, target(loved))).isEqualTo("TOO_LARGE");
    assertThat(verdict(Mutation.EDIT, ANN, MEMBER, target(loved))).isEqualTo("fine");
  }

  @Test
  void aMessageIsEditedSoManyTimesAndCanAlwaysBeDeleted() {
    MessageState last = edited(Amending.MAX_EDITS - 1);
    MessageState full = edited(Amending.MAX_EDITS);

    assertThat(verdict(Mutation.EDIT, ANN, MEMBER, target(last))).isEqualTo("fine");
    assertThat(verdict(Mutation.EDIT, ANN, MEMBER, target(full))).isEqualTo("TOO_LARGE");
    assertThat(verdict(Mutation.DELETE, ANN, MEMBER, target(full))).isEqualTo("fine");
  }

  private static MessageState edited(int times) {
    MessageState state = MessageState.FRESH;
    LogId room = Entries.room();
    for (int i = 0; i < times; i++) {
      state = state.after(Entries.at(room, 6 + i, Entries.edit(ANN, "e" + i, 5, "x")));
    }
    return state;
  }

  private static MessageState reactions(Stream<Reaction> reactions) {
    return new MessageState(
        9, Optional.empty(), Optional.empty(), false, reactions.toList(), 0, Optional.empty());
  }
}
