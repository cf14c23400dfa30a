package io.parley.log;

import io.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers for what somebody has left in logs. */
public final class AuthorsVerticle extends VerticleBase {
  private final Bus bus;
  private final LogStore logs;
  private final AuthorStore store;

  public AuthorsVerticle(Bus bus, LogStore logs, AuthorStore store) {
    this.bus = bus;
    this.logs = logs;
    this.store = store;
  }

  @Override
  public Future<?> start() {
    return logs.identity().compose(this::listen);
  }

  private Future<?> listen(LogStore.Identity identity) {
    Authors authors = new Authors(store, new EntryJson(identity.epoch()));
    return Future.all(
        bus.answer(AuthorsApi.RENAME, authors::rename),
        bus.answer(AuthorsApi.RENAME_MEMBER, authors::renameMember),
        bus.answer(AuthorsApi.SAID, authors::said));
  }
}
