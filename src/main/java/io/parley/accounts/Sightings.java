package io.parley.accounts;

import io.parley.accounts.ProfilesApi.Sighting;
import io.parley.bus.Bus;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who was here, as one node sees it: everybody who proves who they are, and whose sockets it holds.
 * Gathered for a while and told at once, each person at most once in a minute.
 *
 * <p>From any thread. What is not told yet is lost with the node: it is true to the minute only.
 */
public final class Sightings implements Authenticator {
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final int AT_ONCE = 1_000;
  private static final int MOST = 500_000;

  private final Authenticator authenticator;
  private final Bus bus;
  private final Clock clock;
  private final Map<UserId, Instant> fresh = new ConcurrentHashMap<>();
  private final Map<UserId, Instant> told = new ConcurrentHashMap<>();

  /** Notes whoever another authenticator lets in. */
  public Sightings(Authenticator authenticator, Bus bus, Clock clock) {
    this.authenticator = authenticator;
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public Future<Identity> authenticate(String accessToken) {
    return authenticator.authenticate(accessToken).onSuccess(identity -> seen(identity.user()));
  }

  /** Somebody is here, or was until now. */
  public void seen(UserId user) {
    if (fresh.size() < MOST) {
      fresh.put(user, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
  }

  /** Tells of those who were seen and of whom was not told lately; the others wait their time. */
  public void tell() {
    Instant due = clock.instant().minus(AGAIN);
    told.values().removeIf(at -> at.isBefore(due));
    List<Sighting> batch = new ArrayList<>();
    Iterator<Map.Entry<UserId, Instant>> each = fresh.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<UserId, Instant> next = each.next();
      if (!told.containsKey(next.getKey())) {
        each.remove();
        told.put(next.getKey(), clock.instant());
        batch.add(new Sighting(next.getKey(), next.getValue()));
      }
      if (batch.size() == AT_ONCE) {
        send(batch);
        batch = new ArrayList<>();
      }
    }
    if (!batch.isEmpty()) {
      send(batch);
    }
  }

  private void send(List<Sighting> batch) {
    bus.tell(ProfilesApi.SEEN, new ProfilesApi.Seen(List.copyOf(batch)));
  }
}
