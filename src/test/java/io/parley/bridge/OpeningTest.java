package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.log.LogId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people hear who came later into a room, when its history is opened. */
class OpeningTest {
  private final TestBridge world = new TestBridge();
  private final UserId bob = TestBridge.user();
  private final LogId room = world.logs.room(bob);
  private final Peer peer = world.signedIn(bob);

  @AfterEach
  void close() {
    world.close();
  }

  @BeforeEach
  void bobCameLater() {
    world.logs.append(room, "before");
    world.logs.append(room, "he comes");
    world.logs.close(room, 2);
  }

  @Test
  void whoListensHearsOtherWordsForOldMessagesFromTheOpeningOn() {
    peer.listen(room);
    world.logs.edit(room, 1, "hidden");
    world.logs.open(room);
    world.logs.edit(room, 1, "shown");
    peer.awaitSeq(room, 5);

    assertThat(words(3)).as("before it was opened").isEmpty();
    assertThat(words(5)).isEqualTo("shown");
  }

  /** The owner has yet to hear of the opening when it lets Bob in. */
  @Test
  void soDoesWhoWasOnTheirWayInThen() {
    world.logs.edit(room, 1, "hidden");
    world.logs.open(room);
    world.logs.edit(room, 1, "shown");
    world.logs.append(room, "more");
    world.logs.fallBehind(room, 2);
    peer.register(room, world.logs.cursor(room, 2));
    peer.awaitSeq(room, 6);
    world.logs.edit(room, 1, "live");
    peer.awaitSeq(room, 7);

    assertThat(peer.seqs(room)).isEqualTo(List.of(3L, 4L, 5L, 6L, 7L));
    assertThat(words(3)).isEmpty();
    assertThat(words(5)).isEqualTo("shown");
    assertThat(words(7)).isEqualTo("live");
  }

  private String words(long seq) {
    return peer.awaitBody(body -> body.path("seq").asLong() == seq)
        .path("body")
        .path("text")
        .asText();
  }
}
