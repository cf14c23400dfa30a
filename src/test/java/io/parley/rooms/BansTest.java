package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.parley.log.Draft;
import io.parley.log.LogId;
import io.parley.log.Standing;
import io.parley.log.Standing.Access;
import io.parley.rooms.ModerationApi.BanPage;
import io.parley.rooms.ModerationApi.Banned;
import io.parley.rooms.RoomsApi.Caller;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BansTest {
  private static final int RACES = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TestRooms rooms = new TestRooms();
  private Caller ann;
  private Caller bob;
  private Caller cem;
  private RoomId room;

  @AfterAll
  void stop() {
    rooms.close();
  }

  @BeforeEach
  void people() {
    ann = rooms.person("Ann");
    bob = rooms.person("Bob");
    cem = rooms.person("Cem");
    room = rooms.create(ann, RoomType.PUBLIC).id();
    Await.of(rooms.join(bob, room));
  }

  @Test
  void aBannedMemberIsNoneAnyMoreAndTheLogDoesNotSayWhy() {
    Await.of(rooms.ban(ann, room, bob, Optional.of(" spam, mostly "), Optional.of(3600)));

    Draft entry = last(room.log());
    assertThat(entry.kind()).isEqualTo("ban");
    assertThat(entry.body())
        .startsWith("{\"user\":{\"id\":\"" + bob.user() + "\",\"name\":\"Bob\"},\"until\":\"")
        .endsWith("\",\"member\":true,\"members\":1}")
        .doesNotContain("spam");
    Draft.Change change = entry.change().orElseThrow();
    assertThat(change.version()).isEqualTo(3);
    assertThat(change.standing().access()).isEqualTo(Access.BANNED);
    assertThat(change.standing()).isEqualTo(rooms.standing(room, bob));
    assertThat(change.standing().bannedUntil()).isPresent();
    assertThat(last(LogId.user(bob.user().value())).kind()).isEqualTo("room.removed");
    assertThat(last(LogId.user(bob.user().value())).body())
        .isEqualTo("{\"room\":\"" + room + "\",\"banned\":true}");
    assertThat(Await.of(rooms.get(ann, room)).memberCount()).isEqualTo(1);
  }

  @Test
  void theBannedAreToldWhyAndUntilWhenWhateverTheyTry() {
    Await.of(rooms.ban(ann, room, bob, Optional.of("spam"), Optional.of(3600)));

    Banned banned = bans(ann).get(0);
    for (Future<?> tried :
        List.of(rooms.join(bob, room), rooms.get(bob, room), read(bob), members(bob))) {
      Failure refused = Await.failure(tried);
      assertThat(refused.reason()).isEqualTo(Reason.BANNED);
      assertThat(refused.detail()).isEqualTo("you are banned from this room: spam");
      assertThat(refused.details().get("until")).isEqualTo(Json.time(banned.until().orElseThrow()));
    }
    Failure added = Await.failure(rooms.add(ann, room, bob));
    assertThat(added.reason()).isEqualTo(Reason.BANNED);
    assertThat(added.details()).containsKey("until");
  }

  @Test
  void whoIsNoMemberIsBannedAsWellAlsoFromWhatTheyCannotSee() {
    RoomId hidden = rooms.create(ann, RoomType.PRIVATE).id();
    Await.of(rooms.ban(ann, hidden, cem));

    assertThat(reason(rooms.add(ann, hidden, cem))).isEqualTo(Reason.BANNED);
    assertThat(rooms.standing(hidden, cem).access()).isEqualTo(Access.BANNED);
    assertThat(Await.of(rooms.get(ann, hidden)).memberCount()).isEqualTo(1);
    assertThat(last(LogId.user(cem.user().value())).kind()).isEqualTo("room.banned");
    assertThat(last(hidden.log()).body()).endsWith("\"member\":false,\"members\":1}");
    assertThat(Await.failure(rooms.join(cem, hidden)).details())
        .as("for good")
        .doesNotContainKey("until");
  }

  @Test
  void whoseBanIsLiftedMayComeAgainAndIsNoMemberUntilThen() {
    Await.of(rooms.ban(ann, room, bob));
    Await.of(rooms.unban(ann, room, bob));
    Await.of(rooms.unban(ann, room, bob));

    assertThat(last(room.log()).kind()).isEqualTo("unban");
    assertThat(last(room.log()).change().orElseThrow().standing())
        .isEqualTo(rooms.standing(room, bob));
    assertThat(rooms.standing(room, bob).access()).isEqualTo(Access.STRANGER);
    assertThat(bans(ann)).isEmpty();
    Await.of(rooms.join(bob, room));
    assertThat(rooms.logs.of(room.log()))
        .extracting(Draft::kind)
        .containsExactly("create", "join", "ban", "unban", "join");
  }

  @Test
  void aBanThatEndsByItselfLeavesNoEntryAndNothingElse() {
    Await.of(rooms.ban(ann, room, bob, Optional.empty(), Optional.of(1)));
    assertThat(rooms.standing(room, bob).access()).isEqualTo(Access.BANNED);

    await().atMost(PATIENCE).until(() -> bans(ann).isEmpty());

    assertThat(rooms.standing(room, bob).access()).isEqualTo(Access.STRANGER);
    Await.of(rooms.unban(ann, room, bob));
    assertThat(last(room.log()).kind()).as("there was none").isEqualTo("ban");
    Await.of(rooms.join(bob, room));
    assertThat(rooms.standing(room, bob).access()).isEqualTo(Access.POST);
  }

  @Test
  void aNewBanTakesThePlaceOfTheOldOneAndTheSameIsNone() {
    Await.of(rooms.ban(ann, room, bob, Optional.of("one"), Optional.of(60)));
    Await.of(rooms.ban(ann, room, bob, Optional.of("two"), Optional.empty()));
    Await.of(rooms.ban(ann, room, bob, Optional.of("two"), Optional.empty()));

    assertThat(bans(ann)).extracting(Banned::reason).containsExactly("two");
    assertThat(bans(ann).get(0).until()).isEmpty();
    assertThat(rooms.logs.of(room.log())).hasSize(4);
  }

  @Test
  void onlyWhoStandsAboveBansAndOnlyWhoBansSeesWhoIs() {
    Await.of(rooms.join(cem, room));
    Await.of(rooms.give(ann, room, bob, Role.ADMIN));
    Await.of(rooms.give(ann, room, cem, Role.ADMIN));
    assertThat(reason(rooms.ban(bob, room, cem))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.ban(bob, room, ann))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.ban(bob, room, bob))).isEqualTo(Reason.FORBIDDEN);
    Await.of(rooms.give(ann, room, cem, Role.MODERATOR));
    assertThat(reason(rooms.ban(cem, room, rooms.person("Dan")))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(page(cem, Optional.empty(), 10))).isEqualTo(Reason.FORBIDDEN);

    Await.of(rooms.ban(bob, room, cem));

    assertThat(bans(bob)).extracting(Banned::id).containsExactly(cem.user());
    assertThat(bans(bob).get(0).by().name()).isEqualTo("Bob");
    RoomId pair = Await.of(rooms.direct(ann, bob)).id();
    assertThat(reason(rooms.ban(ann, pair, bob))).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void bansAreListedPageByPageInTheOrderTheyWereMade() {
    List<Caller> people = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      people.add(rooms.person("P" + i));
      Await.of(rooms.ban(ann, room, people.get(i)));
    }

    List<Banned> seen = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      BanPage page = Await.of(page(ann, after, 2));
      assertThat(page.bans()).hasSizeLessThanOrEqualTo(2);
      seen.addAll(page.bans());
      after = page.next();
    } while (after.isPresent());

    assertThat(seen)
        .extracting(Banned::name)
        .containsExactlyInAnyOrderElementsOf(people.stream().map(Caller::name).toList());
    assertThat(seen).extracting(Banned::bannedAt).isSorted();
  }

  @Test
  void aReasonIsShortAndATimeIsATime() {
    Optional<String> longer = Optional.of("x".repeat(501));
    assertThat(Await.failure(rooms.ban(ann, room, bob, longer, Optional.empty())).details())
        .containsEntry("field", "reason");
    for (int seconds : List.of(0, -1, ModerationApi.MAX_SECONDS + 1)) {
      Failure refused =
          Await.failure(rooms.ban(ann, room, bob, Optional.empty(), Optional.of(seconds)));
      assertThat(refused.details()).containsEntry("field", "seconds");
    }
    Caller nobody = new Caller(new UserId(UUID.randomUUID()), "");
    assertThat(reason(rooms.ban(ann, room, nobody))).isEqualTo(Reason.NOT_FOUND);
  }

  /** Whichever comes first: in the end they are out, and the log says so last. */
  @Test
  void whenSomebodyComesWhileTheyAreBannedTheyAreOut() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < RACES; round++) {
      String name = "seed " + seed + " round " + round;
      Caller dan = rooms.person("Dan");
      List<Future<?>> both = new ArrayList<>();
      List<Runnable> acts =
          new ArrayList<>(
              List.of(
                  () -> both.add(rooms.join(dan, room)),
                  () -> both.add(rooms.ban(ann, room, dan)),
                  () -> both.add(rooms.add(ann, room, dan))));
      Collections.shuffle(acts, random);
      acts.forEach(Runnable::run);
      Await.of(Future.join(both).otherwiseEmpty());

      assertThat(rooms.standing(room, dan).access()).as(name).isEqualTo(Access.BANNED);
      assertThat(reason(rooms.get(dan, room))).as(name).isEqualTo(Reason.BANNED);
      List<String> kinds = kindsAbout(dan);
      assertThat(kinds.get(kinds.size() - 1)).as(name).isEqualTo("ban");
      assertThat(Collections.frequency(kinds, "ban")).as(name).isEqualTo(1);
    }
    assertThat(versions()).as("seed " + seed).isSorted().doesNotHaveDuplicates();
  }

  /** Whatever stands last in the log is how it is. */
  @Test
  void whenABanIsLiftedWhileAnotherIsMadeTheLogSaysHowItIs() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Await.of(rooms.give(ann, room, bob, Role.ADMIN));
    for (int round = 0; round < RACES; round++) {
      String name = "seed " + seed + " round " + round;
      Caller dan = rooms.person("Dan");
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4 + random.nextInt(4); i++) {
        Caller by = random.nextBoolean() ? ann : bob;
        all.add(
            switch (random.nextInt(3)) {
              case 0 -> rooms.ban(by, room, dan);
              case 1 -> rooms.unban(by, room, dan);
              default -> rooms.join(dan, room);
            });
      }
      Await.of(Future.join(all).otherwiseEmpty());

      List<String> kinds = kindsAbout(dan);
      Access expected =
          switch (kinds.isEmpty() ? "" : kinds.get(kinds.size() - 1)) {
            case "ban" -> Access.BANNED;
            case "join" -> Access.POST;
            default -> Access.STRANGER;
          };
      Standing standing = rooms.standing(room, dan);
      assertThat(standing.access()).as(name + " " + kinds).isEqualTo(expected);
    }
    assertThat(versions()).as("seed " + seed).isSorted().doesNotHaveDuplicates();
  }

  private List<String> kindsAbout(Caller who) {
    return rooms.logs.of(room.log()).stream()
        .filter(draft -> draft.change().orElseThrow().user().equals(who.user()))
        .map(Draft::kind)
        .toList();
  }

  private List<Long> versions() {
    return rooms.logs.of(room.log()).stream()
        .map(draft -> draft.change().orElseThrow().version())
        .toList();
  }

  private Future<RoomsApi.Marked> read(Caller who) {
    return rooms.bus.ask(RoomsApi.READ, new RoomsApi.Read(who.user(), room, 1, Optional.empty()));
  }

  private Future<RoomsApi.MemberPage> members(Caller who) {
    return rooms.bus.ask(RoomsApi.MEMBERS, new RoomsApi.Members(who, room, Optional.empty(), 10));
  }

  private Future<BanPage> page(Caller by, Optional<String> after, int limit) {
    return rooms.bus.ask(ModerationApi.BANS, new ModerationApi.Bans(by, room, after, limit));
  }

  private List<Banned> bans(Caller by) {
    return Await.of(page(by, Optional.empty(), 100)).bans();
  }

  private Draft last(LogId log) {
    List<Draft> drafts = rooms.logs.of(log);
    return drafts.get(drafts.size() - 1);
  }

  private static Reason reason(Future<?> refused) {
    return Await.failure(refused).reason();
  }
}
