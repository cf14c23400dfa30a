package io.parley.log;

import io.parley.bus.Contract;
import io.parley.bus.Topic;

/** What passes in rooms, for those who do not listen to each of them. */
public interface FleetingApi {

  /**
   * Fleeting messages of rooms as their listeners are told them, such as who is typing, at most
   * once a second from each owner. Only of rooms that somebody listens to. May be lost.
   */
  Topic<LogApi.Notes> TOLD = new Topic<>("fleeting.told", LogApi.Notes.class);

  Contract CONTRACT = Contract.of(FleetingApi.class);
}
