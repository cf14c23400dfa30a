package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.rooms.ReaderStore.Reader;
import io.parley.rooms.ReaderStore.Receipt;
import io.parley.rooms.ReadersApi.Counts;
import io.parley.rooms.ReadersApi.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many have read a message, read off a few steps. */
class TallyTest {
  private static final RoomId ROOM = new RoomId(new UUID(1, 1));
  private static final int PLACES = 200;

  @Test
  void theStepsGoBackwardsAndSayHowManyAreThereOrFurther() {
    Counts counts = Tally.of(List.of(receipt(9, 7, 1), receipt(9, 9, 1), receipt(5, 5, 4)), 20);

    assertThat(counts.from()).isZero();
    assertThat(counts.delivered()).containsExactly(new Step(9, 2), new Step(5, 3));
    assertThat(counts.read()).containsExactly(new Step(9, 1), new Step(7, 2), new Step(5, 3));
    assertThat(counts.joined()).containsExactly(new Step(4, 1), new Step(1, 3));
  }

  @Test
  void whatIsLeftOutIsNotSpokenOf() {
    Counts counts = Tally.of(List.of(receipt(9, 8, 1), receipt(7, 6, 1), receipt(5, 4, 1)), 2);

    assertThat(counts.from()).isEqualTo(6);
    assertThat(counts.read()).containsExactly(new Step(8, 1), new Step(6, 2));
    assertThat(counts.joined()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20, 500})
  void everyMessageIsCountedAsByLookingAtEverybody(int most) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      long since = random.nextInt(PLACES / 2);
      long read = since + random.nextInt(PLACES / 2);
      receipts.add(receipt(Math.max(read, random.nextInt(PLACES)), read, since));
    }

    Counts counts = Tally.of(receipts, most);

    for (long seq = Math.max(1, counts.from()); seq <= PLACES; seq++) {
      long place = seq;
      assertThat(at(counts.read(), seq) - at(counts.joined(), seq))
          .as("seed %d, most %d, place %d", seed, most, seq)
          .isEqualTo(
              receipts.stream().filter(it -> it.read() >= place && it.since() < place).count());
      assertThat(at(counts.delivered(), seq) - at(counts.joined(), seq))
          .as("seed %d, most %d, place %d", seed, most, seq)
          .isEqualTo(
              receipts.stream()
                  .filter(it -> it.delivered() >= place && it.since() < place)
                  .count());
    }
  }

  private static long at(List<Step> steps, long seq) {
    return steps.stream()
        .filter(step -> step.seq() >= seq)
        .mapToLong(Step::members)
        .max()
        .orElse(0);
  }

  private static Receipt receipt(long delivered, long read, long since) {
    return new Receipt(new Reader(ROOM, new UserId(UUID.randomUUID())), delivered, read, since);
  }
}
