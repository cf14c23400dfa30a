package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.log.Admission;
import io.parley.log.LogId;
import io.parley.log.Rules;
import io.vertx.core.Future;
import java.util.List;

/**
 * Tells the owners of room logs who may do what, by asking whoever keeps the rooms: in their own
 * process, as owners of new logs have no time to wait for a node that was lost.
 */
public final class RoomAdmission implements Admission {
  private final Bus bus;

  public RoomAdmission(Bus bus) {
    this.bus = bus;
  }

  @Override
  public Future<Known> standings(LogId log, List<UserId> users) {
    return bus.askNear(RoomsApi.STANDINGS, new RoomsApi.Standings(log, users))
        .map(found -> new Known(found.standings(), found.rules().orElse(Rules.NONE)));
  }

  @Override
  public Future<Integer> members(LogId log) {
    return bus.askNear(RoomsApi.COUNT, new RoomsApi.Count(log)).map(RoomsApi.Counted::members);
  }
}
