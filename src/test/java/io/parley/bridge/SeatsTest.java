package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeatsTest {
  private final List<UserId> gone = new ArrayList<>();
  private final Seats seats = new Seats(5, System::nanoTime, gone::add);
  private final UserId ana = new UserId(UUID.randomUUID());
  private final UserId bob = new UserId(UUID.randomUUID());

  private record Chair(UserId user, SessionId session) implements Seats.Seat {
    static Chair of(UserId user) {
      return new Chair(user, new SessionId(UUID.randomUUID()));
    }

    @Override
    public void close(CloseCode code) {
      throw new IllegalStateException("nobody has to go");
    }

    @Override
    public void rename(String name) {
      throw new IllegalStateException("nobody has another name");
    }
  }

  @Test
  void whoLeavesWithTheirLastSocketIsToldOf() {
    Chair phone = Chair.of(ana);
    Chair desk = Chair.of(ana);
    List.of(phone, desk, Chair.of(bob)).forEach(seats::take);
    assertThat(seats.taken()).containsExactlyInAnyOrder(ana, bob);

    seats.leave(phone);
    assertThat(gone).isEmpty();
    seats.leave(desk);
    seats.leave(desk);

    assertThat(gone).containsExactly(ana);
    assertThat(seats.taken()).containsExactly(bob);
  }
}
