package io.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.Arming.Deed;
import io.parley.log.LogId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArmingTest {
  private static final String ROOM = "018f0000-0000-7000-8000-000000000001";
  private static final List<LogId> THERE = List.of(LogId.parse("room." + ROOM).orElseThrow());

  private final Failpoints points = new Failpoints();

  @Test
  void whatIsArmedIsUnderstoodAtTheOtherEnd() {
    Arming arming =
        Arming.of(Point.DELIVERY_LEAVES, Deed.SWAP).every(3).times(2).millis(7).room(ROOM);

    assertThat(Arming.parse(arming.query())).isEqualTo(arming);
  }

  @Test
  void everyThirdPassageFiresAndNoMoreOftenThanWanted() {
    points.arm(Arming.of(Point.ACK_LEAVES, Deed.DROP).every(3).times(2));

    assertThat(IntStream.rangeClosed(1, 12).filter(i -> passes(Point.ACK_LEAVES)).boxed())
        .containsExactly(3, 6);
    assertThat(points.count(Point.ACK_LEAVES).fired()).isEqualTo(2);
    assertThat(points.count(Point.ACK_LEAVES).passed()).isEqualTo(12);
  }

  @Test
  void nothingFiresElsewhereNorAfterItWasDisarmed() {
    points.arm(Arming.of(Point.ACK_LEAVES, Deed.DROP).every(1).room("another"));
    assertThat(passes(Point.ACK_LEAVES)).isFalse();
    assertThat(passes(Point.ACK_ARRIVES)).isFalse();

    points.arm(Arming.of(Point.ACK_LEAVES, Deed.DROP).every(1).room(ROOM));
    assertThat(passes(Point.ACK_LEAVES)).isTrue();
    points.disarm(Point.ACK_LEAVES);
    assertThat(passes(Point.ACK_LEAVES)).isFalse();
  }

  private boolean passes(Point point) {
    return points.pass(point, THERE).isPresent();
  }
}
