package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.log.Standing.Access;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From which place on somebody reads who comes into a log whose history is closed. */
class EnteringTest {
  private static final Standing COMING = member(Standing.ENTRANCE, 3);
  private static final Standing OUT = new Standing(Access.HIDDEN, 0, Optional.empty(), 2, false);

  private final UserId bob = new UserId(UUID.randomUUID());
  private final OpenLog log = new OpenLog(LogId.room(UUID.randomUUID()));

  @Test
  void itIsThatOfTheEntryWithWhichTheyCome() {
    assertThat(COMING.placed()).isFalse();
    assertThat(COMING.entering(Optional.empty(), 7)).isEqualTo(member(7, 3));
    assertThat(COMING.entering(Optional.of(OUT), 7)).isEqualTo(member(7, 3));
  }

  @Test
  void whatTheyBecomeLaterLeavesItWhereItIs() {
    assertThat(COMING.entering(Optional.of(member(5, 2)), 7)).isEqualTo(member(5, 3));
    assertThat(member(0, 3).entering(Optional.empty(), 7)).isEqualTo(member(0, 3));
    assertThat(OUT.entering(Optional.empty(), 7)).isSameAs(OUT);
  }

  @Test
  void nobodyIsLetInBeforeItIsKnown() {
    assertThat(Admitting.ahead(COMING, 3)).isTrue();
    assertThat(Admitting.ahead(member(7, 3), 3)).isFalse();
    assertThat(Admitting.ahead(member(7, 4), 3)).isTrue();
    assertThat(Admitting.ahead(OUT, 0)).isFalse();
  }

  @Test
  void whatWasReadTooEarlyTakesNoPlaceBack() {
    log.slowMode().learn(Rules.NONE);
    log.learn(bob, member(7, 3));
    log.learn(bob, COMING);
    assertThat(log.standing(bob)).contains(member(7, 3));

    log.learn(bob, member(9, 3));
    assertThat(log.standing(bob)).contains(member(9, 3));
    log.learn(bob, member(Standing.ENTRANCE, 4));
    assertThat(log.standing(bob).orElseThrow().placed()).isFalse();
  }

  private static Standing member(long since, long version) {
    return new Standing(Access.POST, since, Optional.empty(), version, false);
  }
}
