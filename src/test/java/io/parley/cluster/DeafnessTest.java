package io.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeafnessTest {
  private final List<String> done = new ArrayList<>();
  private int unheard;
  private int deaf;
  private final Deafness deafness =
      new Deafness(() -> unheard, () -> deaf, () -> done.add("renew"), () -> done.add("give up"));

  @Test
  void aNodeThatIsReachedIsLeftAlone() {
    seconds(20, false, false);
    assertThat(done).isEmpty();
    assertThat(Await.of(deafness.health()).ok()).isTrue();
  }

  @Test
  void whenNobodyAsksListenersAreAnnouncedEachTenSeconds() {
    seconds(35, true, false);
    assertThat(done).containsExactly("renew", "renew", "renew");
    assertThat(Await.of(deafness.health()).ok()).isTrue();
  }

  @Test
  void aDeafNodeIsNotReadyAfterTenSecondsAndGivesUpAfterThirty() {
    seconds(9, true, true);
    assertThat(Await.of(deafness.health()).ok()).isTrue();
    seconds(1, true, true);
    assertThat(Await.of(deafness.health()).ok()).isFalse();
    seconds(20, true, true);
    assertThat(done).containsExactly("renew", "renew", "give up");
  }

  private void seconds(int count, boolean unasked, boolean answered) {
    for (int second = 0; second < count; second++) {
      unheard = unasked ? unheard + 1 : 0;
      deaf = answered ? deaf + 1 : 0;
      deafness.look();
    }
  }
}
