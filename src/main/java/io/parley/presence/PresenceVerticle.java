package io.parley.presence;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.presence.PresenceApi.Lease;
import io.parley.presence.PresenceApi.Renew;
import io.parley.presence.PresenceApi.Renewed;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;

/** Answers for presence. */
public final class PresenceVerticle extends VerticleBase {
  /** A grace has ended for good after that. */
  private static final Duration MARGIN = Duration.ofMillis(500);

  private final Bus bus;
  private final Presences presences;
  private final Duration grace;

  /**
   * @param grace how long somebody may be away without it showing
   */
  public PresenceVerticle(Bus bus, Presences presences, Duration grace) {
    this.bus = bus;
    this.presences = presences;
    this.grace = grace;
  }

  @Override
  public Future<?> start() {
    return Future.all(
        bus.answer(PresenceApi.RENEW, this::renew),
        bus.answer(PresenceApi.LOOK, presences::look),
        bus.answer(PresenceApi.LOOK_OPENLY, presences::lookOpenly),
        bus.answer(PresenceApi.CHOOSE, presences::choose),
        bus.answer(PresenceApi.OWN, presences::own));
  }

  /** The end of a grace, which begins with the answer, is told by nobody else. */
  private Future<Renewed> renew(Renew request) {
    return presences.renew(request).onSuccess(renewed -> lookAgain(request.gone()));
  }

  private void lookAgain(List<Lease> gone) {
    List<UserId> people = gone.stream().map(Lease::user).distinct().toList();
    if (!people.isEmpty()) {
      vertx.setTimer(grace.plus(MARGIN).toMillis(), due -> presences.announce(people));
    }
  }
}
