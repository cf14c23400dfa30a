package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Head;
import io.parley.rooms.Membership.Marker;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is told when, over a store whose rooms have the same two members. */
class HintsTest {
  private final UserId ann = new UserId(new UUID(0, 1));
  private final UserId ben = new UserId(new UUID(0, 2));
  private final RecordedLogs logs = new RecordedLogs();
  private final List<List<RoomId>> asked = new ArrayList<>();
  private boolean away;
  private final Hints hints = new Hints(new SameMembers(), logs);

  @Test
  void aRoomIsToldWithItsNewestHeadOnce() {
    RoomId room = room(1);
    moved(room, 4);
    moved(room, 6);
    moved(room, 5);

    flush();
    flush();

    assertThat(heads(ann)).containsExactly(6L);
    assertThat(heads(ben)).containsExactly(6L);
    assertThat(asked).hasSize(1);
  }

  @Test
  void allRoomsOfOnePersonComeInOneNote() {
    IntStream.range(0, 5).forEach(i -> moved(room(i), 3));

    flush();

    assertThat(logs.told(ann, "heads")).hasSize(1);
    assertThat(heads(ann)).hasSize(5);
  }

  @Test
  void whatMovedIsRepeatedOnce() {
    moved(room(1), 4);
    flush();
    moved(room(1), 5);
    flush();

    hints.repeat();
    flush();
    hints.repeat();
    flush();

    assertThat(heads(ann)).containsExactly(4L, 5L, 5L);
  }

  @Test
  void whatCouldNotBeToldIsToldWithTheRepetition() {
    moved(room(1), 4);
    away = true;
    assertThat(Await.failure(hints.flush()).reason()).isEqualTo(Reason.UNAVAILABLE);
    away = false;
    flush();
    assertThat(heads(ann)).isEmpty();

    hints.repeat();
    flush();

    assertThat(heads(ann)).containsExactly(4L);
  }

  @Test
  void manyRoomsAreToldInPartsAndAllAtLast() {
    IntStream.range(0, 1_000).forEach(i -> moved(room(i), 3));

    while (heads(ann).size() < 1_000) {
      int before = asked.size();
      flush();
      assertThat(asked).hasSize(before + 1);
    }

    assertThat(asked).allMatch(rooms -> rooms.size() <= 200).hasSizeLessThan(15);
    assertThat(asked.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(1_000);
  }

  @Test
  void onlyTheFurthestPlaceReadIsTold() {
    RoomId room = room(1);
    read(room, 3, 2);
    read(room, 5, 0);
    read(room, 4, 1);

    flush();
    flush();

    assertThat(logs.told(ann, "read")).hasSize(1);
    assertThat(logs.told(ann, "read").get(0).path("seq").longValue()).isEqualTo(5);
    assertThat(logs.told(ben, "read")).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void whoIsMentionedIsToldWhereAndTheAuthorIsNot() {
    RoomId room = room(1);
    LogApi.Place place = new LogApi.Place(room.log(), 4);
    hints.moved(
        new LogApi.Moved(
            List.of(head(room, 6)),
            Optional.of(
                List.of(
                    new LogApi.Mentioned(place, ann, List.of(ben), false),
                    new LogApi.Mentioned(new LogApi.Place(room.log(), 6), ben, List.of(), true)))));

    flush();
    hints.repeat();
    flush();

    assertThat(mentions(ann)).containsExactly("[6]", "[6]");
    assertThat(mentions(ben)).containsExactly("[4]", "[4]");
    moved(room, 7);
    hints.repeat();
    flush();
    assertThat(mentions(ann)).hasSize(2);
  }

  private List<String> mentions(UserId user) {
    return logs.told(user, "heads").stream()
        .flatMap(body -> stream(body.path("rooms")))
        .filter(room -> room.has("mentions"))
        .map(room -> room.path("mentions").toString())
        .toList();
  }

  private void moved(RoomId room, long seq) {
    hints.moved(new LogApi.Moved(List.of(head(room, seq)), Optional.empty()));
  }

  private void read(RoomId room, long seq, long unread) {
    Marker at = new Marker(seq, seq);
    Membership seat = new Membership(room, ann, Role.MEMBER, Instant.EPOCH, 0, 1, at);
    hints.read(seat, head(room, 5), new Badges.Badge(unread, 0));
  }

  private void flush() {
    Await.of(hints.flush());
  }

  private List<Long> heads(UserId user) {
    return logs.told(user, "heads").stream()
        .flatMap(body -> stream(body.path("rooms")))
        .map(room -> room.path("head").longValue())
        .toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(array::get);
  }

  private static RoomId room(int number) {
    return new RoomId(new UUID(1, number));
  }

  private static Head head(RoomId room, long seq) {
    return new Head(room.log(), seq, seq, seq, "");
  }

  private final class SameMembers implements ReaderStore {
    @Override
    public Future<Boolean> advance(Reader reader, Marker to, long marks) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Optional<Long>> setBack(Reader reader, Marker to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Met>> arrive(List<Arrival> arrivals) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Receipt>> receipts(List<Reader> of, int maxMembers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Map<RoomId, List<Receipt>>> everybody(List<RoomId> rooms, int maxMembers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Map<RoomId, List<UserId>>> readers(List<RoomId> rooms, int maxMembers) {
      if (away) {
        return Future.failedFuture(Failure.of(Reason.UNAVAILABLE, "away"));
      }
      asked.add(rooms);
      Map<RoomId, List<UserId>> members = new HashMap<>();
      rooms.forEach(room -> members.put(room, List.of(ann, ben)));
      return Future.succeededFuture(members);
    }
  }
}
