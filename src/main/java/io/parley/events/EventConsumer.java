package io.parley.events;

import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/**
 * Somebody who is told of events. May be asked from several threads, though not twice at once for
 * what stands in the same room.
 */
public interface EventConsumer {

  /** By which it is remembered how far it has come; never changes. */
  String name();

  /** What it wants to hear of. */
  Set<EventKind> kinds();

  /**
   * Takes some events, those of a room in the order of their places. What fails is brought again,
   * as often as it takes, unless it is fleeting; nothing later of the same room comes before.
   */
  Future<Void> take(List<Event> events);
}
