package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.SettingsApi.Choose;
import io.parley.rooms.SettingsApi.Shown;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How people want to have their rooms, with logs as a node has them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsTest {
  private final TestTalk talk = new TestTalk();
  private Caller ann;
  private Caller bob;
  private RoomId room;

  @AfterAll
  void stop() {
    talk.close();
  }

  @BeforeEach
  void aRoomOfTwo() {
    ann = talk.person("Ann");
    bob = talk.person("Bob");
    room = talk.room(ann);
    talk.join(bob, room);
  }

  @Test
  void theyAreOnesOwnAndAllDevicesHearOfThem() {
    Shown before = shown(bob);
    Await.of(choose(bob, Optional.of(true), Optional.of(Notify.MENTIONS), Optional.empty()));

    assertThat(before).isEqualTo(new Shown(false, Notify.ALL, Optional.empty(), false));
    assertThat(shown(bob)).isEqualTo(new Shown(true, Notify.MENTIONS, Optional.empty(), false));
    assertThat(shown(ann)).as("hers").isEqualTo(before);
    List<ObjectNode> told = told(bob);
    assertThat(told).hasSize(1);
    JsonNode body = told.get(0).path("body");
    assertThat(body.path("room").asText()).isEqualTo(room.toString());
    assertThat(body.path("favourite").asBoolean()).isTrue();
    assertThat(body.path("notifications").asText()).isEqualTo("mentions");
    assertThat(body.has("hidden")).isFalse();
    assertThat(told(ann)).isEmpty();
  }

  @Test
  void whatIsAsItWasLeavesNoEntryAndTheRestStays() {
    Await.of(choose(bob, Optional.of(true), Optional.empty(), Optional.empty()));
    Await.of(choose(bob, Optional.of(true), Optional.empty(), Optional.empty()));
    Await.of(choose(bob, Optional.empty(), Optional.of(Notify.NONE), Optional.empty()));

    assertThat(shown(bob)).isEqualTo(new Shown(true, Notify.NONE, Optional.empty(), false));
    assertThat(told(bob)).hasSize(2);
  }

  @Test
  void aRoomIsQuietForAsLongAsIsSaidAndAnEndCanBeMadeOfIt() {
    Instant begun = Instant.now();
    Await.of(choose(bob, Optional.empty(), Optional.empty(), Optional.of(3_600)));
    Instant until = shown(bob).snoozedUntil().orElseThrow();
    assertThat(Duration.between(begun, until))
        .isBetween(Duration.ofSeconds(3_595), Duration.ofSeconds(3_660));

    Await.of(choose(bob, Optional.empty(), Optional.empty(), Optional.of(0)));
    assertThat(shown(bob).snoozedUntil()).isEmpty();
  }

  @Test
  void whatEndsEndsByItself() {
    Await.of(choose(bob, Optional.empty(), Optional.empty(), Optional.of(1)));

    await().atMost(Duration.ofSeconds(20)).until(() -> shown(bob).snoozedUntil().isEmpty());
  }

  @Test
  void aRoomThatWasPutAwayComesBackWithTheNextMessage() {
    hide(bob, true);
    assertThat(shown(bob).hidden()).isTrue();
    assertThat(shown(ann).hidden()).isFalse();
    assertThat(told(bob).get(0).path("body").path("hidden").asBoolean()).isTrue();

    says("hello", List.of());

    assertThat(shown(bob).hidden()).isFalse();
    hide(bob, true);
    assertThat(shown(bob).hidden()).as("put away once more").isTrue();
    hide(bob, false);
    assertThat(shown(bob).hidden()).isFalse();
  }

  @Test
  void allDevicesHearWhereTheRoomWasWhenItWasPutAway() {
    long seq = says("hello", List.of());
    hide(bob, true);
    says("hello again", List.of());
    hide(bob, false);

    JsonNode away = told(bob).get(0).path("body");
    assertThat(away.path("hiddenAt").path("seq").asLong()).isEqualTo(seq);
    assertThat(away.path("hiddenAt").path("n").asLong()).isEqualTo(1);
    JsonNode there = told(bob).get(1).path("body");
    assertThat(there.path("hidden").asBoolean(true)).isFalse();
    assertThat(there.has("hiddenAt")).isFalse();
  }

  @Test
  void whatIsNoMessageBringsNothingBack() {
    hide(bob, true);
    talk.join(talk.person("Cem"), room);

    assertThat(shown(bob).hidden()).isTrue();
  }

  @Test
  void aQuietRoomComesBackWithAMentionOnlyAndStaysWhenThatWasRead() {
    Await.of(choose(bob, Optional.empty(), Optional.of(Notify.NONE), Optional.empty()));
    hide(bob, true);
    says("hello", List.of());
    assertThat(shown(bob).hidden()).isTrue();

    long seq = says("@Bob", List.of(bob));
    assertThat(shown(bob).hidden()).isFalse();
    talk.read(bob, room, seq, Optional.empty());
    assertThat(shown(bob).hidden()).as("it was read").isFalse();
  }

  @Test
  void aRoomThatIsBackStaysWhenItIsToBeQuietFromThenOn() {
    hide(bob, true);
    says("hello", List.of());
    Await.of(choose(bob, Optional.empty(), Optional.of(Notify.MENTIONS), Optional.empty()));

    assertThat(shown(bob).hidden()).as("nobody put it away").isFalse();
    JsonNode told = told(bob).get(1).path("body");
    assertThat(told.path("hidden").asBoolean(true)).as("all devices hear so").isFalse();
    Await.of(choose(bob, Optional.empty(), Optional.of(Notify.ALL), Optional.empty()));
    hide(bob, true);
    says("hello again", List.of());
    Await.of(choose(bob, Optional.empty(), Optional.empty(), Optional.of(3_600)));
    assertThat(shown(bob).hidden()).as("snoozed").isFalse();
  }

  @Test
  void aRoomThatIsAwayStaysAwayWhenItIsToBeQuiet() {
    hide(bob, true);
    Await.of(choose(bob, Optional.empty(), Optional.of(Notify.MENTIONS), Optional.empty()));
    says("hello", List.of());

    assertThat(shown(bob).hidden()).isTrue();
    assertThat(told(bob).get(1).path("body").has("hidden")).isFalse();
    Await.of(choose(bob, Optional.of(true), Optional.empty(), Optional.empty()));
    assertThat(shown(bob).hidden()).as("a message is nothing there").isTrue();
  }

  @Test
  void asManyFavouritesAsAreAllowedHoweverManyAreAskedForAtOnce() {
    List<Future<?>> asked = new ArrayList<>();
    List<RoomId> many = new ArrayList<>();
    for (int i = 0; i < SettingsApi.MOST_FAVOURITES + 3; i++) {
      many.add(talk.room(ann));
    }
    many.forEach(each -> asked.add(choose(ann, each, Optional.of(true))));
    asked.forEach(each -> Await.of(each.otherwiseEmpty()));

    List<Failure> refused =
        asked.stream().filter(Future::failed).map(each -> Failure.from(each.cause())).toList();
    assertThat(refused).hasSize(3).allMatch(failure -> failure.reason() == Reason.TOO_LARGE);
    assertThat(refused.get(0).details())
        .containsEntry("field", "favourite")
        .containsEntry("limit", String.valueOf(SettingsApi.MOST_FAVOURITES));
  }

  @Test
  void strangersHaveNoWishesAndWhoSaysNothingIsToldSo() {
    Caller cem = talk.person("Cem");
    assertThat(Await.failure(choose(cem, room, Optional.of(true))).reason())
        .isEqualTo(Reason.NOT_MEMBER);
    assertThat(Await.failure(choose(bob, room, Optional.empty())).reason())
        .isEqualTo(Reason.INVALID);
    Failure refused =
        Await.failure(choose(bob, Optional.empty(), Optional.empty(), Optional.of(-1)));
    assertThat(refused.details()).containsEntry("field", "snooze");
  }

  @Test
  void theyGoWithOnesPlaceInTheRoom() {
    Await.of(choose(bob, Optional.of(true), Optional.of(Notify.NONE), Optional.empty()));
    talk.leave(bob, room);
    talk.join(bob, room);

    assertThat(shown(bob)).isEqualTo(new Shown(false, Notify.ALL, Optional.empty(), false));
  }

  private Shown shown(Caller who) {
    return talk.view(who, room).settings().orElseThrow();
  }

  private Future<?> choose(
      Caller who,
      Optional<Boolean> favourite,
      Optional<Notify> notifications,
      Optional<Integer> snooze) {
    return talk.bus.ask(
        SettingsApi.CHOOSE,
        new Choose(who, room, favourite, notifications, snooze, Optional.empty()));
  }

  private Future<?> choose(Caller who, RoomId which, Optional<Boolean> favourite) {
    return talk.bus.ask(
        SettingsApi.CHOOSE,
        new Choose(who, which, favourite, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private void hide(Caller who, boolean hidden) {
    Await.of(
        talk.bus.ask(
            SettingsApi.CHOOSE,
            new Choose(
                who,
                room,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(hidden))));
  }

  private long says(String text, List<Caller> mentioned) {
    ObjectNode body = Json.mapper().createObjectNode().put("text", text);
    if (!mentioned.isEmpty()) {
      mentioned.forEach(each -> body.withArray("mentions").add(each.user().toString()));
    }
    return Await.of(talk.writes(ann, room, "message", Optional.empty(), body));
  }

  private List<ObjectNode> told(Caller who) {
    LogApi.Read all =
        new LogApi.Read(
            LogId.user(who.user().value()), Optional.empty(), 0, Long.MAX_VALUE, 0, 500);
    return Await.of(talk.bus.ask(LogApi.READ, all)).entries().stream()
        .map(entry -> Json.object(entry.json().array()))
        .filter(entry -> entry.path("kind").asText().equals("room.settings"))
        .toList();
  }
}
