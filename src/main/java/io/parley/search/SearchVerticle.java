package io.parley.search;

import io.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Who listens to what is looked for. */
public final class SearchVerticle extends VerticleBase {
  private final Bus bus;
  private final Searches searches;

  public SearchVerticle(Bus bus, SearchStore store) {
    this.bus = bus;
    this.searches = new Searches(store, bus);
  }

  @Override
  public Future<?> start() {
    return bus.answer(SearchApi.MESSAGES, searches::search);
  }
}
