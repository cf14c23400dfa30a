package io.parley.cli.history;

import java.util.List;

/** All that one client did and was told, in order; the first event says who it is. */
public record History(List<Event> events) {
  public History {
    events = List.copyOf(events);
    if (events.isEmpty() || !(events.get(0) instanceof Event.Began)) {
      throw new IllegalArgumentException("a history begins with who the client is");
    }
  }

  public String client() {
    return began().client();
  }

  /** The account, by id. */
  public String user() {
    return began().user();
  }

  /** The events of one type, in order. */
  <E extends Event> List<E> all(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Event.Began began() {
    return (Event.Began) events.get(0);
  }
}
