package io.parley.accounts;

import io.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for profiles. */
public final class ProfilesVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ProfilesVerticle.class);

  private final Bus bus;
  private final ProfileStore store;
  private final Profiles profiles;

  public ProfilesVerticle(Bus bus, ProfileStore store) {
    this.bus = bus;
    this.store = store;
    this.profiles = new Profiles(store, bus);
  }

  @Override
  public Future<?> start() {
    return Future.all(
        bus.answer(ProfilesApi.OWN, profiles::own),
        bus.answer(ProfilesApi.UPDATE, profiles::update),
        bus.answer(ProfilesApi.LOOK, profiles::look),
        bus.hear(ProfilesApi.SEEN, this::seen));
  }

  private void seen(ProfilesApi.Seen seen) {
    store
        .seen(seen.sightings())
        .onFailure(cause -> LOG.warn("some were seen, and nobody remembers it", cause));
  }
}
