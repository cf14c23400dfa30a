package io.parley.threads;

import io.parley.bus.Bus;
import io.parley.log.LogClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Who listens to what is asked of followed threads. */
public final class FollowsVerticle extends VerticleBase {
  private final Bus bus;
  private final Follows follows;

  public FollowsVerticle(Bus bus, FollowStore store, LogClient logs) {
    this.bus = bus;
    this.follows = new Follows(store, bus, new ThreadNotes(store, bus, logs));
  }

  @Override
  public Future<?> start() {
    return Future.all(
        List.of(
            bus.answer(FollowsApi.FOLLOW, follows::follow),
            bus.answer(FollowsApi.UNFOLLOW, follows::unfollow),
            bus.answer(FollowsApi.READ, follows::read),
            bus.answer(FollowsApi.LOOK, follows::look),
            bus.answer(FollowsApi.LIST, follows::list),
            bus.answer(FollowsApi.EXPLAIN, follows::explain)));
  }
}
