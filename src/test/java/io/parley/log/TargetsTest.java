package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private final Targets targets = new Targets();

  private Shown shown(long seq, Draft... changes) {
    Shown shown = Shown.fresh(Entries.entry(room, seq, ann, "m" + seq));
    for (int i = 0; i < changes.length; i++) {
      shown = shown.after(Entries.at(room, 10 + i, changes[i]));
    }
    return shown;
  }

  private Draft[] reactions(int count) {
    Draft[] reactions = new Draft[count];
    for (int i = 0; i < count; i++) {
      reactions[i] = Entries.react(Entries.user(), "r" + i, 4, "+");
    }
    return reactions;
  }

  @Test
  void whatTakesMuchRoomIsKeptWhileSomebodyWaitsAndNoLonger() {
    Shown fresh = shown(1);
    Shown brief = shown(2, Entries.edit(ann, "e", 2, "brief"));
    Shown wordy = shown(3, Entries.edit(ann, "e", 3, "x".repeat(8_000)));
    Shown popular = shown(4, reactions(500));

    targets.learn(
        new Targets.Found(
            List.of(1L, 2L, 3L, 4L, 5L),
            List.of(fresh, brief, wordy, popular),
            Optional.of(List.of(9L))));
    assertThat(targets.find(3)).contains(Target.of(wordy));
    assertThat(targets.find(4)).contains(Target.of(popular));
    assertThat(targets.pinned()).containsExactly(9L);
    targets.rest();

    assertThat(targets.find(1)).contains(Target.of(fresh));
    assertThat(targets.find(2)).contains(Target.of(brief));
    assertThat(targets.knows(3)).isFalse();
    assertThat(targets.knows(4)).isFalse();
    assertThat(targets.knows(5)).isTrue();
    assertThat(targets.lacking(Entries.pin(ann, "p", 1))).isTrue();
    assertThat(targets.lacking(Entries.unpin(ann, "u", 1))).isFalse();
  }
}
