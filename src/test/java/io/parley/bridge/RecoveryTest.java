package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.log.Cursor;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deliveries are a hint: whatever becomes of them, sockets see the log as the store has it. */
class RecoveryTest {
  private final TestBridge world = new TestBridge();
  private final UserId ann = TestBridge.user();
  private final LogId room = world.logs.room(ann);
  private final Peer peer = world.signedIn(ann);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aLostDeliveryIsReadFromTheStoreWhenTheNextOneComes() {
    peer.listen(room);
    world.logs.lose(entry -> entry.seq() == 2 || entry.seq() == 3);

    for (int i = 1; i <= 5; i++) {
      world.logs.append(room, "entry " + i);
    }
    peer.awaitSeq(room, 5);

    assertThat(peer.seqs(room)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(world.count("parley.log.repairs")).isEqualTo(1);
    assertThat(world.count("parley.log.voids")).isZero();
  }

  @Test
  void aNumberLeftOutHasHeadsComparedAtOnce() {
    LogId other = world.logs.room(ann);
    peer.listen(room);
    peer.register(other);
    peer.awaitBody(body -> body.path("room").asText().equals(other.id().toString()));
    world.logs.lose(entry -> entry.log().equals(room));
    int before = world.logs.comparisons();

    world.logs.append(room, "lost");
    world.logs.append(other, "the next number");
    peer.awaitSeq(other, 1);

    // In peace heads are compared each five seconds, in trouble each half second.
    Awaitility.await()
        .atMost(Duration.ofSeconds(3))
        .until(() -> world.logs.comparisons() >= before + 3);
    peer.awaitSeq(room, 1);
  }

  @Test
  void aLostLastDeliveryIsFoundByComparingHeads() {
    peer.listen(room);
    world.logs.append(room, "one");
    peer.awaitSeq(room, 1);
    world.logs.lose(entry -> entry.seq() == 2);

    world.logs.append(room, "two");
    peer.awaitSeq(room, 2);

    assertThat(peer.seqs(room)).containsExactly(1L, 2L);
    assertThat(world.count("parley.log.repairs")).isEqualTo(1);
  }

  @Test
  void deliveriesInDisorderComeOutInOrder() {
    peer.listen(room);
    world.logs.withhold();
    for (int i = 1; i <= 20; i++) {
      world.logs.append(room, "entry " + i);
    }

    world.logs.deliverBackwards();
    peer.awaitSeq(room, 20);

    assertThat(peer.seqs(room)).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void nothingFleetingOvertakesAGap() {
    peer.listen(room);
    world.logs.append(room, "one");
    peer.awaitSeq(room, 1);
    world.logs.lose(entry -> entry.seq() == 2);
    world.logs.append(room, "two");

    world.logs.append(room, "three");
    world.logs.signal(room, "typing");
    peer.awaitSeq(room, 3);
    world.logs.signal(room, "typing");
    peer.awaitBody(body -> Peer.kind(body).equals("typing"));

    List<String> kinds = peer.kinds();
    assertThat(kinds.indexOf("typing")).isGreaterThan(kinds.lastIndexOf("message"));
  }

  @Test
  void anEntryThatTheStoreLacksIsToldAsVoid() {
    peer.listen(room);
    world.logs.lose(entry -> entry.seq() == 2);
    world.logs.deny(entry -> entry.seq() == 2);

    for (int i = 1; i <= 3; i++) {
      world.logs.append(room, "entry " + i);
    }
    peer.awaitSeq(room, 3);

    assertThat(peer.seqs(room)).containsExactly(1L, 2L, 3L);
    assertThat(peer.kinds()).contains("void");
    assertThat(world.count("parley.log.voids")).isEqualTo(1);
  }

  @Test
  void whoHasSeenMoreThanTheOwnerKnowsIsNotShownItOnceMore() {
    world.logs.append(room, "one");
    for (int i = 2; i <= 5; i++) {
      world.logs.append(room, "written by another owner");
    }
    world.logs.fallBehind(room, 1);

    peer.register(room, world.logs.cursor(room, 4));
    peer.awaitSeq(room, 5);
    world.logs.append(room, "six");
    peer.awaitSeq(room, 6);

    assertThat(peer.seqs(room)).containsExactly(5L, 6L);
  }

  @Test
  void aCursorThatTheStoreDoesNotKnowEitherIsReset() {
    world.logs.append(room, "one");
    String foreign = Cursor.at(7, 9, UUID.randomUUID()).toString();

    peer.register(room, foreign);
    peer.awaitBody(body -> body.path("reset").asBoolean());

    assertThat(world.logs.admissions()).isEqualTo(1);
  }

  @Test
  void anOwnerThatBeganAnewIsAskedForTheLeasesAgain() {
    peer.listen(room);
    world.logs.beginAnew();

    world.logs.append(room, "nobody was told");
    peer.awaitSeq(room, 1);
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> world.logs.leased(room));
    world.logs.append(room, "told again");
    peer.awaitSeq(room, 2);

    assertThat(peer.seqs(room)).containsExactly(1L, 2L);
  }

  @Test
  void aLeaseThatNobodyUsesIsGivenBackAndTakenAgain() {
    peer.listen(room);
    peer.unregister(room);
    Awaitility.await().until(() -> !world.logs.leased(room));
    world.logs.append(room, "nobody listens");

    peer.got.clear();
    peer.listen(room);
    world.logs.append(room, "heard");
    peer.awaitSeq(room, 2);

    assertThat(peer.seqs(room)).containsExactly(2L);
  }

  @Test
  void aNodeThatReachesNoOwnerSendsItsSocketsElsewhere() {
    peer.listen(room);

    world.logs.goDown();

    assertThat(peer.closeCode()).isEqualTo(4503);
  }

  @Test
  void whileEntriesComeInNobodyWhoJoinsMissesOne() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    world.logs.append(room, "first");
    world.logs.lose(entry -> random.nextInt(10) == 0);
    List<Peer> peers = new ArrayList<>();

    for (int i = 2; i <= 400; i++) {
      LogApi.Encoded entry = world.logs.append(room, "entry " + i);
      if (i % 100 == 0) {
        Peer joining = world.signedIn(world.member(room));
        joining.register(room, world.logs.cursor(room, entry.seq() - random.nextInt(90)));
        peers.add(joining);
      }
    }
    world.logs.lose(entry -> false);
    world.logs.append(room, "last");

    for (Peer joined : peers) {
      joined.awaitSeq(room, 401);
      List<Long> seqs = joined.seqs(room);
      assertThat(seqs)
          .as("seed " + seed)
          .isEqualTo(LongStream.rangeClosed(seqs.get(0), 401).boxed().toList());
    }
  }
}
