package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.parley.log.Draft;
import io.parley.log.LogId;
import io.parley.rooms.RequestsApi.Asked;
import io.parley.rooms.RequestsApi.Request;
import io.parley.rooms.RoomsApi.Caller;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Asking to be let in, on a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsTest {
  private static final int ROUNDS = 25;

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
    room = rooms.create(ann, RoomType.PUBLIC, History.ALL, Door.REQUEST).id();
  }

  @Test
  void nobodyJustComesInWhereOneAsks() {
    Failure refused = Await.failure(rooms.join(bob, room));

    assertThat(refused.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(refused.details()).containsEntry("rule", "ask");
    assertThat(reason(rooms.ask(bob, rooms.create(ann, RoomType.PUBLIC).id(), "")))
        .as("where one comes")
        .isEqualTo(Reason.CONFLICT);
    assertThat(reason(rooms.ask(bob, rooms.create(ann, RoomType.PRIVATE).id(), "")))
        .as("of what one knows nothing")
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void whoAsksIsLetInByOneWhoMay() {
    Asked asked = Await.of(rooms.ask(bob, room, " please ")).asked().orElseThrow();
    Request shown = Await.of(rooms.requests(ann, room)).requests().get(0);

    assertThat(asked.note()).isEqualTo("please");
    assertThat(
            Await.of(rooms.bus.ask(RequestsApi.OWN, new RequestsApi.Mine(bob.user()))).requests())
        .containsExactly(new RequestsApi.Pending(room, asked));
    assertThat(asked.refused()).isFalse();
    assertThat(Duration.between(asked.at(), asked.until())).isEqualTo(Duration.ofDays(14));
    assertThat(shown.name()).isEqualTo("Bob");
    assertThat(shown.note()).isEqualTo("please");
    assertThat(Await.of(rooms.get(ann, room)).requests()).contains(1);
    assertThat(Await.of(rooms.get(bob, room)).requests()).as("not theirs to know").isEmpty();

    Await.of(rooms.admit(ann, room, bob));
    Await.of(rooms.admit(ann, room, bob));

    assertThat(rooms.role(bob, room)).isEqualTo(Role.MEMBER);
    assertThat(Await.of(rooms.requests(ann, room)).requests()).isEmpty();
    assertThat(outcomes(bob)).containsExactly("asked", "admitted");
    List<Draft> entries = rooms.logs.of(room.log());
    assertThat(entries.stream().map(Draft::kind)).containsExactly("create", "join");
    assertThat(entries.get(1).author()).isEqualTo(ann.user());
  }

  @Test
  void thoseWhoDecideAreToldHowManyAsk() {
    Await.of(rooms.ask(bob, room, ""));
    Await.of(rooms.withdraw(bob, room));

    List<JsonNode> told = rooms.logs.told(ann.user(), "requests");
    assertThat(told).hasSize(2);
    assertThat(told.get(0).path("requests").asInt()).isEqualTo(1);
    assertThat(told.get(1).path("requests").asInt()).isZero();
    assertThat(rooms.logs.told(bob.user(), "requests")).isEmpty();
    assertThat(outcomes(bob)).containsExactly("asked", "withdrawn");
  }

  @Test
  void theyAreToldWhenSomebodyAsksNoMoreHoweverThatCame() {
    Await.of(rooms.ask(bob, room, ""));
    Await.of(rooms.add(ann, room, bob));
    assertThat(counts()).as("brought in").containsExactly(1, 0);

    Caller cem = rooms.person("Cem");
    Await.of(rooms.ask(cem, room, ""));
    Await.of(rooms.accept(cem, rooms.invite(ann, room, 1)));
    assertThat(counts()).as("came by a link").containsExactly(1, 0, 1, 0);

    Caller dan = rooms.person("Dan");
    Await.of(rooms.ask(dan, room, ""));
    Await.of(rooms.ban(ann, room, dan));
    assertThat(counts()).as("banned").containsExactly(1, 0, 1, 0, 1, 0);
  }

  @Test
  void inAnArchiveNobodyAsksUntilItIsNoneAnyMore() {
    Await.of(rooms.ask(bob, room, ""));
    Await.of(rooms.archive(ann, room));

    assertThat(counts()).containsExactly(1, 0);
    assertThat(Await.of(rooms.get(ann, room)).requests()).contains(0);
    assertThat(Await.of(rooms.requests(ann, room)).requests()).isEmpty();
    Await.of(rooms.unarchive(ann, room));
    assertThat(counts()).containsExactly(1, 0, 1);
    assertThat(Await.of(rooms.get(ann, room)).requests()).contains(1);
  }

  @Test
  void whereTheDoorWasOpenedNobodyAsksAndNobodyWasRefused() {
    Caller cem = rooms.person("Cem");
    Await.of(rooms.ask(bob, room, "please"));
    Await.of(rooms.ask(cem, room, "please"));
    Await.of(rooms.refuse(ann, room, cem, ""));
    Await.of(rooms.open(ann, room, Optional.empty(), Optional.of(Door.OPEN)));

    assertThat(counts()).containsExactly(1, 2, 1, 0);
    assertThat(
            Await.of(rooms.bus.ask(RequestsApi.OWN, new RequestsApi.Mine(bob.user()))).requests())
        .as("and it counts against none of the rooms that he may ask for")
        .isEmpty();
    Await.of(rooms.open(ann, room, Optional.empty(), Optional.of(Door.REQUEST)));
    assertThat(Await.of(rooms.get(ann, room)).requests()).contains(0);
    Await.of(rooms.ask(cem, room, "once more"));
    assertThat(Await.of(rooms.requests(ann, room)).requests()).hasSize(1);
  }

  private List<Integer> counts() {
    return rooms.logs.told(ann.user(), "requests").stream()
        .map(told -> told.path("requests").asInt())
        .toList();
  }

  @Test
  void whoAsksAgainSaysItInOtherWordsAndKeepsTheirPlace() {
    Caller cem = rooms.person("Cem");
    Await.of(rooms.ask(bob, room, "hello"));
    Await.of(rooms.ask(cem, room, "me too"));
    Await.of(rooms.ask(bob, room, "hello, I am Bob"));
    Await.of(rooms.ask(bob, room, "hello, I am Bob"));

    assertThat(Await.of(rooms.requests(ann, room)).requests().stream().map(Request::note))
        .containsExactly("hello, I am Bob", "me too");
    assertThat(outcomes(bob)).hasSize(2);
    String tooLong = "x".repeat(501);
    assertThat(Await.failure(rooms.ask(bob, room, tooLong)).details())
        .containsEntry("field", "note");
  }

  @Test
  void whoIsRefusedHearsWhyAndAsksAgainAnotherDay() {
    Await.of(rooms.ask(bob, room, "please"));
    Await.of(rooms.refuse(ann, room, bob, "not yet"));
    Await.of(rooms.refuse(ann, room, bob, "not yet"));

    List<JsonNode> told = told(bob);
    assertThat(told.get(1).path("outcome").asText()).isEqualTo("refused");
    assertThat(told.get(1).path("word").asText()).isEqualTo("not yet");
    assertThat(told).hasSize(2);
    Asked asked = Await.of(rooms.get(bob, room)).asked().orElseThrow();
    assertThat(asked.refused()).isTrue();
    assertThat(asked.note()).as("nothing of it is left").isEmpty();
    Failure again = Await.failure(rooms.ask(bob, room, "now?"));
    assertThat(again.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(again.details()).containsKey("until");
    assertThat(reason(rooms.admit(ann, room, bob))).isEqualTo(Reason.NOT_FOUND);

    rooms.sql(
        "update room_requests set until = now() - interval '1 minute' where room = '" + room + "'");
    Await.of(rooms.ask(bob, room, "now?"));
    assertThat(Await.of(rooms.requests(ann, room)).requests()).hasSize(1);
  }

  @Test
  void aRequestEndsByItself() {
    Await.of(rooms.ask(bob, room, "please"));
    rooms.sql(
        "update room_requests set until = now() - interval '1 minute' where room = '" + room + "'");

    assertThat(Await.of(rooms.requests(ann, room)).requests()).isEmpty();
    assertThat(Await.of(rooms.get(bob, room)).asked()).isEmpty();
    assertThat(Await.of(rooms.get(ann, room)).requests()).contains(0);
    assertThat(reason(rooms.admit(ann, room, bob))).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void onlySomeMayDecideAndTheBannedAskNothing() {
    Caller cem = rooms.person("Cem");
    Await.of(rooms.add(ann, room, cem));
    Await.of(rooms.ask(bob, room, "please"));
    assertThat(reason(rooms.requests(cem, room))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.admit(cem, room, bob))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.refuse(cem, room, bob, ""))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.requests(bob, room))).isEqualTo(Reason.NOT_MEMBER);
    Await.of(rooms.give(ann, room, cem, Role.MODERATOR));
    assertThat(Await.of(rooms.requests(cem, room)).requests()).hasSize(1);

    Await.of(rooms.ban(ann, room, bob));

    assertThat(Await.of(rooms.requests(cem, room)).requests()).isEmpty();
    assertThat(reason(rooms.ask(bob, room, ""))).isEqualTo(Reason.BANNED);
    assertThat(reason(rooms.admit(cem, room, bob))).isEqualTo(Reason.BANNED);
  }

  @Test
  void asManyAskAsMayOfOneRoomAndOfOnePerson() {
    for (int i = 0; i < RequestsApi.MOST_OF_PERSON; i++) {
      RoomId other = rooms.create(ann, RoomType.PUBLIC, History.ALL, Door.REQUEST).id();
      Await.of(rooms.ask(bob, other, ""));
    }
    Failure tooMany = Await.failure(rooms.ask(bob, room, ""));
    assertThat(tooMany.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(tooMany.details())
        .containsEntry("limit", String.valueOf(RequestsApi.MOST_OF_PERSON));

    rooms.sql(
        "insert into room_requests (room, account, note, asked_at, until) select '"
            + room
            + "', gen_random_uuid(), '', now(), now() + interval '1 day' from generate_series(1, "
            + RequestsApi.MOST_OF_ROOM
            + ")");
    Failure full = Await.failure(rooms.ask(rooms.person("Dan"), room, ""));
    assertThat(full.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(full.details()).containsEntry("limit", String.valueOf(RequestsApi.MOST_OF_ROOM));
  }

  @Test
  void whoeverComesInOtherwiseAsksNoMore() {
    Await.of(rooms.ask(bob, room, ""));
    Await.of(rooms.add(ann, room, bob));
    Await.of(rooms.leave(bob, room));

    assertThat(Await.of(rooms.get(bob, room)).asked()).isEmpty();
    RoomId gone = rooms.create(ann, RoomType.PUBLIC, History.ALL, Door.REQUEST).id();
    Await.of(rooms.ask(bob, gone, ""));
    Await.of(rooms.delete(ann, gone));
    assertThat(rooms.found("select note from room_requests where room = '" + gone + "'")).isEmpty();
  }

  /** Whatever is done at once, one thing comes of it, and a ban holds. */
  @Test
  void ofAllThatIsDecidedAtOnceOneThingComes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<String, Integer> ended = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      String which = "seed " + seed + " round " + round;
      Caller cem = rooms.person("Cem");
      Await.of(rooms.ask(cem, room, "please"));
      boolean banned = random.nextBoolean();
      List<Supplier<Future<?>>> deeds = new ArrayList<>();
      deeds.add(() -> rooms.admit(ann, room, cem));
      deeds.add(() -> rooms.admit(ann, room, cem));
      deeds.add(() -> rooms.refuse(ann, room, cem, ""));
      deeds.add(() -> rooms.withdraw(cem, room));
      if (banned) {
        deeds.add(() -> rooms.ban(ann, room, cem));
      }
      Collections.shuffle(deeds, random);
      List<Future<?>> done = new ArrayList<>();
      deeds.forEach(deed -> done.add(deed.get()));
      done.forEach(each -> Await.of(each.otherwiseEmpty()));

      List<String> outcomes = outcomes(cem);
      assertThat(outcomes.subList(1, outcomes.size())).as(which).hasSizeLessThanOrEqualTo(1);
      boolean in = rooms.standing(room, cem).reads();
      boolean admitted = outcomes.contains("admitted");
      assertThat(in).as(which).isEqualTo(admitted && !banned);
      assertThat(joins(cem)).as(which).isEqualTo(admitted ? 1 : 0);
      ended.merge(outcomes.get(outcomes.size() - 1), 1, Integer::sum);
    }
    assertThat(ended.size()).as(ended + " seed " + seed).isGreaterThan(1);
  }

  private long joins(Caller who) {
    return rooms.logs.of(room.log()).stream()
        .filter(entry -> entry.kind().equals("join"))
        .filter(entry -> entry.body().contains(who.user().toString()))
        .count();
  }

  private List<JsonNode> told(Caller who) {
    return rooms.logs.of(LogId.user(who.user().value())).stream()
        .filter(entry -> entry.kind().equals("room.request"))
        .map(entry -> (JsonNode) Json.object(entry.body()))
        .toList();
  }

  private List<String> outcomes(Caller who) {
    return told(who).stream().map(body -> body.path("outcome").asText()).toList();
  }

  private static Reason reason(Future<?> asked) {
    return Await.failure(asked).reason();
  }
}
