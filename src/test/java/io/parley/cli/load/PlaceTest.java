package io.parley.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is noticed of entries that come in the wrong order, or not at all. */
class PlaceTest {
  private final Place place = new Place();

  @BeforeEach
  void begin() {
    place.begin(4, "c4");
    place.took(5, "c5");
    place.took(6, "c6");
  }

  @Test
  void entriesInOrderAreCountedAndNothingElse() {
    assertThat(place.seq()).isEqualTo(6);
    assertThat(place.cursor()).isEqualTo("c6");
    assertThat(place.entries()).isEqualTo(2);
    assertThat(place.breaks()).isZero();
  }

  @Test
  void oneThatWasLeftOutIsABreak() {
    place.took(8, "c8");
    place.took(9, "c9");

    assertThat(place.breaks()).isEqualTo(1);
  }

  @Test
  void oneThatComesTwiceIsABreak() {
    place.took(6, "c6");
    place.took(7, "c7");

    assertThat(place.breaks()).isEqualTo(1);
  }

  @Test
  void aRoomThatIsHeardAgainGoesOnWhereItWas() {
    place.begin(9, "c9");
    place.took(10, "c10");

    assertThat(place.breaks()).as("7 to 9 were never read").isEqualTo(1);
  }
}
