package io.parley.messages;

import io.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Who listens to what is asked of messages. */
public final class MessagesVerticle extends VerticleBase {
  private final Bus bus;
  private final Messages messages;

  public MessagesVerticle(Bus bus) {
    this.bus = bus;
    this.messages = new Messages(bus);
  }

  @Override
  public Future<?> start() {
    return Future.all(
        bus.answer(MessagesApi.HISTORY, messages::history),
        bus.answer(MessagesApi.THREAD, messages::thread),
        bus.answer(MessagesApi.SYNC, messages::sync),
        bus.answer(MessagesApi.GET, messages::get),
        bus.answer(MessagesApi.PINS, messages::pins),
        bus.answer(MessagesApi.REVISIONS, messages::revisions));
  }
}
