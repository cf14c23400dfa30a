package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.parley.log.Draft;
import io.parley.log.Standing;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Member;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutesTest {
  private static final int HOUR = 3_600;

  private final TestRooms rooms = new TestRooms();
  private Caller ann;
  private Caller bob;
  private RoomId room;

  @AfterAll
  void stop() {
    rooms.close();
  }

  @BeforeEach
  void people() {
    ann = rooms.person("Ann");
    bob = rooms.person("Bob");
    room = rooms.create(ann, RoomType.PUBLIC).id();
    Await.of(rooms.join(bob, room));
  }

  @Test
  void aMuteIsOneEntryThatCarriesWhatItMeansAndEverybodySeesIt() {
    Instant before = Instant.now();
    Await.of(rooms.mute(ann, room, bob, HOUR));

    Draft entry = last();
    Instant until = mutedUntil(bob).orElseThrow();
    assertThat(until).isBetween(before.plusSeconds(HOUR - 1), Instant.now().plusSeconds(HOUR));
    assertThat(entry.kind()).isEqualTo("mute");
    assertThat(entry.body())
        .isEqualTo(
            "{\"user\":{\"id\":\"%s\",\"name\":\"Bob\"},\"until\":\"%s\"}"
                .formatted(bob.user(), Json.time(until)));
    assertThat(entry.change().orElseThrow().version()).isEqualTo(3);
    assertThat(entry.change().orElseThrow().standing()).isEqualTo(rooms.standing(room, bob));
    assertThat(rooms.standing(room, bob).mutedUntil()).contains(until.toEpochMilli());
    assertThat(member(bob).mutedUntil()).contains(until);
    assertThat(member(ann).mutedUntil()).isEmpty();
  }

  @Test
  void whoMayWriteAgainIsTold() {
    Await.of(rooms.mute(ann, room, bob, HOUR));
    Await.of(rooms.unmute(ann, room, bob));
    Await.of(rooms.unmute(ann, room, bob));

    assertThat(rooms.logs.of(room.log()))
        .extracting(Draft::kind)
        .containsExactly("create", "join", "mute", "unmute");
    assertThat(rooms.standing(room, bob).mutedUntil()).isEmpty();
    assertThat(last().change().orElseThrow().standing()).isEqualTo(rooms.standing(room, bob));
    assertThat(mutedUntil(bob)).isEmpty();
  }

  @Test
  void whatElseHappensToSomebodyLeavesThemMuted() {
    Await.of(rooms.give(ann, room, bob, Role.ADMIN));
    Await.of(rooms.mute(ann, room, bob, HOUR));
    Optional<Long> until = rooms.standing(room, bob).mutedUntil();

    Await.of(rooms.call(bob, room, "named " + room));
    assertThat(standing(last())).as("a name").isEqualTo(rooms.standing(room, bob));
    assertThat(standing(last()).mutedUntil()).as("a name").isEqualTo(until);
    Await.of(rooms.slow(bob, room, 10));
    assertThat(standing(last()).mutedUntil()).as("slow mode").isEqualTo(until);
    Await.of(rooms.give(ann, room, bob, Role.MEMBER));
    assertThat(standing(last()).mutedUntil()).as("a role").isEqualTo(until);
    assertThat(rooms.standing(room, bob).mutedUntil()).isEqualTo(until);
  }

  @Test
  void nobodyGetsRidOfItByLeaving() {
    Await.of(rooms.mute(ann, room, bob, HOUR));
    Optional<Long> until = rooms.standing(room, bob).mutedUntil();
    Await.of(rooms.leave(bob, room));
    assertThat(reason(rooms.unmute(ann, room, bob))).isEqualTo(Reason.NOT_FOUND);

    Await.of(rooms.join(bob, room));

    assertThat(until).isPresent();
    assertThat(standing(last()).mutedUntil()).isEqualTo(until);
    assertThat(rooms.standing(room, bob).mutedUntil()).isEqualTo(until);
  }

  @Test
  void onlyWhoStandsAboveMutes() {
    Caller cem = rooms.person("Cem");
    Await.of(rooms.join(cem, room));
    Await.of(rooms.give(ann, room, bob, Role.MODERATOR));
    Await.of(rooms.mute(bob, room, cem, HOUR));
    assertThat(reason(rooms.mute(cem, room, bob, HOUR))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.mute(bob, room, ann, HOUR))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.mute(bob, room, bob, HOUR))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.mute(bob, room, rooms.person("Dan"), HOUR)))
        .isEqualTo(Reason.NOT_FOUND);
    for (int seconds : List.of(0, -1, ModerationApi.MAX_SECONDS + 1)) {
      assertThat(Await.failure(rooms.mute(ann, room, bob, seconds)).details())
          .containsEntry("field", "seconds");
    }
    RoomId pair = Await.of(rooms.direct(ann, bob)).id();
    assertThat(reason(rooms.mute(ann, pair, bob, HOUR))).isEqualTo(Reason.FORBIDDEN);
    RoomId none = new RoomId(UUID.randomUUID());
    assertThat(reason(rooms.mute(ann, none, bob, HOUR))).isEqualTo(Reason.NOT_FOUND);
  }

  private Optional<Instant> mutedUntil(Caller who) {
    return Await.of(rooms.get(who, room)).membership().orElseThrow().mutedUntil();
  }

  private Member member(Caller who) {
    RoomsApi.Members asked = new RoomsApi.Members(ann, room, Optional.empty(), 10);
    return Await.of(rooms.bus.ask(RoomsApi.MEMBERS, asked)).members().stream()
        .filter(member -> member.id().equals(who.user()))
        .findFirst()
        .orElseThrow();
  }

  private static Standing standing(Draft entry) {
    return entry.change().orElseThrow().standing();
  }

  private Draft last() {
    List<Draft> drafts = rooms.logs.of(room.log());
    return drafts.get(drafts.size() - 1);
  }

  private static Reason reason(Future<?> refused) {
    return Await.failure(refused).reason();
  }
}
