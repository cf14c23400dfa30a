package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.Await;
import io.parley.rooms.RoomsApi.Caller;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the owner of a log knows of who may read from where, once its history is open to all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenedTest {
  private final TestTalk talk = new TestTalk();

  @AfterAll
  void stop() {
    talk.close();
  }

  @Test
  void whoCameLaterAndOpensTheHistoryMayReadAllOfItWhateverElseTheyChange() {
    Caller ann = talk.person("Ann");
    Caller bob = talk.person("Bob");
    RoomId room = closed(ann);
    talk.join(bob, room);
    Await.of(talk.bus.ask(RoomsApi.ROLE, new RoomsApi.GiveRole(ann, room, bob.user(), Role.ADMIN)));
    assertThat(since(bob, room)).isEqualTo(2);

    Await.of(
        talk.bus.ask(
            RoomsApi.UPDATE,
            new RoomsApi.Update(
                bob,
                room,
                Optional.of("room " + UUID.randomUUID()),
                Optional.of("about it"),
                Optional.of(5),
                Optional.of(History.ALL),
                Optional.of(Door.REQUEST))));

    assertThat(since(ann, room)).as("the owner reads the rules for all").isZero();
    assertThat(since(bob, room)).isZero();
  }

  private RoomId closed(Caller owner) {
    Terms terms = new Terms(History.SINCE_JOIN, Door.OPEN);
    String name = "room " + UUID.randomUUID();
    return Await.of(
            talk.bus.ask(
                RoomsApi.CREATE,
                new RoomsApi.Create(owner, name, "", RoomType.PUBLIC, Optional.of(terms))))
        .id();
  }

  private long since(Caller who, RoomId room) {
    return Await.of(talk.logs.admit(room.log(), who.user(), 0)).since();
  }
}
