package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final long INCARNATION = 9;

  private final Leases leases = new Leases();
  private final LogId room = Entries.room();
  private final LogId other = Entries.room();

  private Leases.Holder take(long generation, LogId... logs) {
    return leases.take(new LogApi.Lease(List.of(logs), "n", generation));
  }

  private LogApi.Alive keep(long generation, long lastNumber) {
    return leases.keep(new LogApi.KeepAlive("n", generation, 0, lastNumber), INCARNATION);
  }

  @Test
  void aLeaseTakenTwiceIsOne() {
    take(1, room);
    take(1, room, other);

    assertThat(keep(1, 0)).isEqualTo(new LogApi.Alive(INCARNATION, 2, 0));
    assertThat(leases.of(room)).hasSize(1);
  }

  @Test
  void aNewGenerationBeginsWithNothingAndAnOldOneIsOver() {
    take(1, room);
    take(2, other);

    assertThat(leases.of(room)).isEmpty();
    assertThat(leases.of(other)).hasSize(1);
    assertThatThrownBy(() -> take(1, room))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.CONFLICT));
    leases.release(new LogApi.Release(List.of(other), "n", 1));
    assertThat(leases.of(other)).hasSize(1);
    assertThat(keep(1, 0).leases()).isZero();
  }

  @Test
  void theNodesOfALogAreAllToldAndOnlyThey() {
    take(1, room);
    leases.take(new LogApi.Lease(List.of(room, other), "m", 1));

    assertThat(leases.of(room)).extracting(Leases.Holder::node).containsExactlyInAnyOrder("n", "m");
    assertThat(leases.of(other)).extracting(Leases.Holder::node).containsExactly("m");
  }

  @Test
  void aNodeThatMissesManySweepsIsForgottenAndOneThatSpeaksIsNot() {
    take(1, room);
    leases.take(new LogApi.Lease(List.of(room), "m", 1));
    for (int sweep = 0; sweep < 10; sweep++) {
      leases.sweep();
      keep(1, 0);
    }

    assertThat(leases.of(room)).extracting(Leases.Holder::node).containsExactly("n");
    assertThat(leases.all()).hasSize(1);
  }

  @Test
  void whatIsUnderWayIsBoundedUntilItIsConfirmed() {
    Leases.Holder holder = take(1, room);
    long quarter = LogApi.MAX_UNCONFIRMED / 4;
    for (int i = 0; i < 4; i++) {
      assertThat(holder.next(quarter)).isTrue();
    }

    assertThat(holder.next(quarter)).isFalse();
    assertThat(holder.number()).isEqualTo(5);
    assertThat(keep(1, 2).lastNumber()).isEqualTo(5);
    assertThat(holder.next(quarter)).isTrue();
    assertThat(holder.next(quarter)).isTrue();
    assertThat(holder.next(1)).isFalse();
    take(2, room);
    assertThat(holder.next(quarter)).isTrue();
    assertThat(holder.number()).isEqualTo(9);
  }

  @Test
  void tooManyLogsAtOnceAreRefused() {
    LogId[] many = Stream.generate(Entries::room).limit(1_001).toArray(LogId[]::new);

    assertThatThrownBy(() -> take(1, many))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.TOO_LARGE));
  }
}
