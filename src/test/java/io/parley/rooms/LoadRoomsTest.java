package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.stores.postgres.PostgresTools;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LoadRoomsTest {
  private static final Clock CLOCK = Clock.systemUTC();

  private static final Vertx VERTX = Vertx.vertx();
  private static final RoomStore STORE =
      new PostgresTools(VERTX, TestPostgres.database(), CLOCK).rooms();

  private final LoadRooms rooms = new LoadRooms(STORE, CLOCK, UUID::randomUUID);
  private final List<Caller> people =
      IntStream.range(0, 30)
          .mapToObj(index -> new Caller(new UserId(UUID.randomUUID()), "p" + index))
          .toList();

  @AfterAll
  static void close() {
    Await.of(VERTX.close());
  }

  @Test
  void everybodyIsThereAndTheFirstOwnsIt() {
    RoomId made = Await.of(rooms.make("load " + UUID.randomUUID(), people));

    List<Membership> members = Await.of(STORE.members(made, Optional.empty(), 100));
    assertThat(members)
        .extracting(Membership::user)
        .containsExactlyInAnyOrderElementsOf(people.stream().map(Caller::user).toList());
    assertThat(members)
        .filteredOn(member -> member.role() == Role.OWNER)
        .extracting(Membership::user)
        .containsExactly(people.get(0).user());
    assertThat(Await.of(STORE.memberCount(made))).isEqualTo(30);
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    String name = "load " + UUID.randomUUID();
    Await.of(rooms.make(name, people.subList(0, 1)));

    assertThat(Await.failure(rooms.make(name, people.subList(1, 2))).reason())
        .isEqualTo(Reason.ALREADY_EXISTS);
  }
}
