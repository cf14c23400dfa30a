package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.rooms.ReadersApi.Counts;
import io.parley.rooms.ReadersApi.Delivered;
import io.parley.rooms.ReadersApi.Marker;
import io.parley.rooms.ReadersApi.ReceiptsFound;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Done;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How far others are, over logs whose head is at 12 and whose joins stand where they were made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiptsTest {
  private TestRooms rooms;
  private Caller ann;
  private Caller bob;
  private RoomId room;

  @BeforeAll
  void start() {
    rooms = new TestRooms();
  }

  @AfterAll
  void close() {
    rooms.close();
  }

  @BeforeEach
  void aRoomOfTwo() {
    ann = rooms.person("Ann");
    bob = rooms.person("Bob");
    room = rooms.create(ann, RoomType.PUBLIC).id();
    Await.of(rooms.join(bob, room));
  }

  @Test
  void whatHasComeMovesForwardToTheHeadAndNeverBack() {
    delivered(bob, 7);
    assertThat(marker(bob)).isEqualTo(new Marker(bob.user(), 7, 2, 2));

    delivered(bob, 4);
    assertThat(marker(bob).delivered()).isEqualTo(7);

    delivered(bob, 9_000);
    assertThat(marker(bob).delivered()).isEqualTo(12);
    assertThat(marker(ann)).isEqualTo(new Marker(ann.user(), 1, 1, 1));
  }

  @Test
  void whatWasReadHasComeAndMarkingUnreadTakesNothingBack() {
    read(bob, 9, Optional.empty());
    assertThat(marker(bob)).isEqualTo(new Marker(bob.user(), 9, 9, 2));

    RoomsApi.Marked marked =
        Await.of(rooms.bus.ask(ReadersApi.UNREAD, new ReadersApi.Unread(bob.user(), room, 5)));

    assertThat(marked).isEqualTo(new RoomsApi.Marked(room, 4, 2, Optional.of(1L)));
    assertThat(marker(bob)).isEqualTo(new Marker(bob.user(), 9, 9, 2));
  }

  @Test
  void manyAtOnceAreWrittenTogetherAndEachIsAnswered() {
    List<Caller> crowd = crowd(20);
    List<Future<Done>> all = new ArrayList<>();
    for (Caller each : crowd) {
      all.add(ask(each, 5));
      all.add(ask(each, 8));
      all.add(ask(each, 3));
    }
    Caller stranger = rooms.person("Cem");
    Future<Done> refused = ask(stranger, 5);
    Await.of(Future.join(all));

    assertThat(Await.failure(refused).reason()).isEqualTo(Reason.NOT_MEMBER);
    assertThat(receipts(ann).markers().orElseThrow())
        .filteredOn(
            marker -> !marker.user().equals(ann.user()) && !marker.user().equals(bob.user()))
        .hasSize(20)
        .allMatch(marker -> marker.delivered() >= 8);
  }

  @Test
  void aFewAreToldByNameOnceAndOnlyWhoMoved() {
    delivered(bob, 6);
    delivered(bob, 8);

    Awaitility.await().until(() -> told("delivered", 8));
    List<JsonNode> told = rooms.logs.told(room, "receipt");
    assertThat(told).allMatch(note -> note.path("markers").size() == 1);
    assertThat(told.get(told.size() - 1))
        .hasToString(
            "{\"kind\":\"receipt\",\"room\":\"%s\",\"markers\":[{\"user\":\"%s\",\"delivered\":8,\"read\":2,\"since\":2}]}"
                .formatted(room, bob.user()));
  }

  @Test
  void whoReadsOnlyForThemselvesAgainIsNoNews() {
    read(bob, 9, Optional.empty());
    Awaitility.await().until(() -> told("read", 9));
    int before = rooms.logs.told(room, "receipt").size();

    Await.of(rooms.bus.ask(ReadersApi.UNREAD, new ReadersApi.Unread(bob.user(), room, 5)));
    read(ann, 6, Optional.empty());
    Awaitility.await().until(() -> rooms.logs.told(room, "receipt").size() > before);

    assertThat(rooms.logs.told(room, "receipt").get(before).path("markers"))
        .hasSize(1)
        .allMatch(marker -> marker.path("user").asText().equals(ann.user().toString()));
  }

  @Test
  void manyAreCountedAndOneself() {
    List<Caller> crowd = crowd(49);
    read(bob, 12, Optional.empty());
    delivered(crowd.get(0), 12);

    ReceiptsFound found = receipts(ann);
    assertThat(found.markers()).isEmpty();
    assertThat(found.members()).isEqualTo(51);
    Counts counts = found.counts().orElseThrow();
    assertThat(counts.read().get(0).members()).as("up to the last join").isPositive();
    assertThat(counts.from()).isZero();
    assertThat(counts.delivered().get(counts.delivered().size() - 1).members()).isEqualTo(50);
    Awaitility.await()
        .until(
            () ->
                rooms.logs.told(room, "receipt").stream()
                    .anyMatch(note -> note.has("counts") && !note.has("markers")));
  }

  @Test
  void whileANodeIsStrainedAFewAreCountedToo() {
    rooms.bus.announce(ReadersApi.STRAINED, new ReadersApi.Strained(3));
    delivered(bob, 7);

    Awaitility.await().until(() -> !rooms.logs.told(room, "receipt").isEmpty());
    JsonNode counts = rooms.logs.told(room, "receipt").get(0).path("counts");
    assertThat(counts.path("delivered"))
        .hasToString("[{\"seq\":7,\"members\":1},{\"seq\":1,\"members\":2}]");
    assertThat(receipts(ann).markers()).as("who asks is answered in full").isPresent();
    Awaitility.await("until nobody says so any more")
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              delivered(bob, marker(bob).delivered() + 1);
              return rooms.logs.told(room, "receipt").stream().anyMatch(it -> it.has("markers"));
            });
  }

  @Test
  void strangersLearnNoMoreThanElsewhere() {
    Caller cem = rooms.person("Cem");
    RoomId secret = rooms.create(ann, RoomType.PRIVATE).id();
    RoomId none = new RoomId(UUID.randomUUID());

    for (RoomId hidden : List.of(secret, none)) {
      assertThat(refusals(cem, hidden)).containsOnly(Reason.NOT_FOUND);
    }
    assertThat(refusals(cem, room)).containsOnly(Reason.NOT_MEMBER);
  }

  @Test
  void everybodyIsMentionedByAnyoneInASmallRoomAndByModeratorsInALargerOne() {
    assertThat(rally(bob).succeeded()).isTrue();
    crowd(19);

    assertThat(Await.failure(rally(bob)).reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(Await.failure(rally(bob))).hasMessageContaining("more than 20");
    Await.of(rooms.give(ann, room, bob, Role.MODERATOR));
    Await.of(rally(bob));
  }

  private List<Reason> refusals(Caller who, RoomId where) {
    return List.of(
        Await.failure(rooms.bus.ask(ReadersApi.DELIVERED, new Delivered(who.user(), where, 1)))
            .reason(),
        Await.failure(
                rooms.bus.ask(ReadersApi.RECEIPTS, new ReadersApi.Receipts(who.user(), where)))
            .reason(),
        Await.failure(rooms.bus.ask(ReadersApi.UNREAD, new ReadersApi.Unread(who.user(), where, 1)))
            .reason(),
        Await.failure(
                rooms.bus.ask(
                    ReadersApi.EXPLAIN,
                    new ReadersApi.Explain(who.user(), where, Optional.empty(), 5)))
            .reason(),
        Await.failure(rooms.bus.ask(ReadersApi.RALLY, new ReadersApi.Rally(who.user(), where)))
            .reason());
  }

  private List<Caller> crowd(int size) {
    List<Caller> crowd =
        IntStream.range(0, size).mapToObj(i -> rooms.person("Person " + i)).toList();
    crowd.forEach(each -> Await.of(rooms.join(each, room)));
    return crowd;
  }

  private Future<Done> rally(Caller who) {
    Future<Done> asked = rooms.bus.ask(ReadersApi.RALLY, new ReadersApi.Rally(who.user(), room));
    Await.of(asked.otherwiseEmpty());
    return asked;
  }

  private Future<Done> ask(Caller who, long seq) {
    return rooms.bus.ask(ReadersApi.DELIVERED, new Delivered(who.user(), room, seq));
  }

  private void delivered(Caller who, long seq) {
    Await.of(ask(who, seq));
  }

  private void read(Caller who, long seq, Optional<Long> marks) {
    Await.of(rooms.bus.ask(RoomsApi.READ, new RoomsApi.Read(who.user(), room, seq, marks)));
  }

  private ReceiptsFound receipts(Caller who) {
    return Await.of(rooms.bus.ask(ReadersApi.RECEIPTS, new ReadersApi.Receipts(who.user(), room)));
  }

  private Marker marker(Caller of) {
    return receipts(ann).markers().orElseThrow().stream()
        .filter(marker -> marker.user().equals(of.user()))
        .findFirst()
        .orElseThrow();
  }

  private boolean told(String what, long seq) {
    return rooms.logs.told(room, "receipt").stream()
        .flatMap(note -> note.path("markers").findValues(what).stream())
        .anyMatch(place -> place.asLong() == seq);
  }
}
