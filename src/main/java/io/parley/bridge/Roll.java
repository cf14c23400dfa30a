package io.parley.bridge;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Pages;
import io.parley.config.PresenceConfig;
import io.parley.presence.PresenceApi;
import io.parley.presence.PresenceApi.Lease;
import io.parley.presence.PresenceApi.Renew;
import io.parley.presence.PresenceApi.Renewed;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of this node whose people are known, told to presence in few messages: what has
 * changed each second, everybody three times within a lease, and everybody at once when presence
 * has forgotten. From any thread.
 */
final class Roll {
  private static final Logger LOG = LoggerFactory.getLogger(Roll.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final int AT_ONCE = 1_000;

  /** Beyond, whoever has gone is here until their lease ends. */
  private static final int MOST_GONE = 50_000;

  private final Bus bus;
  private final String node;
  private final long lease;
  private final LongSupplier nanos;
  private final Map<Long, Lease> here = new LinkedHashMap<>();
  private final Map<Long, Lease> news = new LinkedHashMap<>();
  private final Map<Long, Lease> gone = new LinkedHashMap<>();
  private long last;
  private boolean telling;
  private boolean all = true;
  private boolean unheard;
  private long since;
  private long renewedAt;
  private long beatAt;

  Roll(Bus bus, String node, PresenceConfig config, LongSupplier nanos) {
    this.bus = bus;
    this.node = node;
    this.lease = config.lease().toNanos();
    this.nanos = nanos;
    this.renewedAt = nanos.getAsLong();
    this.beatAt = renewedAt - BEAT.toNanos();
  }

  /** Somebody has come, and uses their device. Answers the number of the connection. */
  synchronized long enter(UserId user) {
    long connection = ++last;
    put(new Lease(user, connection, false));
    return connection;
  }

  synchronized void idle(long connection, boolean idle) {
    Lease known = here.get(connection);
    if (known != null && known.idle() != idle) {
      put(new Lease(known.user(), connection, idle));
    }
  }

  synchronized void leave(long connection) {
    Lease known = here.remove(connection);
    news.remove(connection);
    if (known != null && gone.size() < MOST_GONE) {
      gone.put(connection, known);
    }
  }

  private void put(Lease lease) {
    here.put(lease.connection(), lease);
    news.put(lease.connection(), lease);
  }

  /**
   * Tells what is due; each second, while nothing is under way.
   *
   * @param changes whether changes are due; that the node lives and who is still here always is
   */
  Future<Void> tell(boolean changes) {
    List<Renew> pages;
    synchronized (this) {
      if (telling) {
        return Future.succeededFuture();
      }
      pages = take(changes, nanos.getAsLong());
      telling = !pages.isEmpty();
    }
    return pages.isEmpty()
        ? Future.succeededFuture()
        : Pages.through(0, at -> send(pages, at)).transform(this::told);
  }

  private List<Renew> take(boolean changes, long now) {
    all |= now - renewedAt > lease / 3;
    boolean some = all || (changes && !(news.isEmpty() && gone.isEmpty()));
    if (!some && now - beatAt < BEAT.toNanos()) {
      return List.of();
    }
    List<Lease> coming = some ? List.copyOf((all ? here : news).values()) : List.of();
    List<Lease> going = some ? List.copyOf(gone.values()) : List.of();
    if (all) {
      renewedAt = now;
    }
    if (some) {
      news.clear();
      all = false;
    }
    beatAt = now;
    return pages(coming, going);
  }

  /** At least one, by which presence knows that the node lives. */
  private List<Renew> pages(List<Lease> coming, List<Lease> going) {
    List<Renew> pages = new ArrayList<>();
    for (int from = 0; from < coming.size(); from += AT_ONCE) {
      pages.add(new Renew(node, part(coming, from), List.of()));
    }
    for (int from = 0; from < going.size(); from += AT_ONCE) {
      pages.add(new Renew(node, List.of(), part(going, from)));
    }
    return pages.isEmpty() ? List.of(new Renew(node, List.of(), List.of())) : pages;
  }

  private static List<Lease> part(List<Lease> leases, int from) {
    return List.copyOf(leases.subList(from, Math.min(leases.size(), from + AT_ONCE)));
  }

  private Future<Optional<Integer>> send(List<Renew> pages, int at) {
    Renew page = pages.get(at);
    return bus.ask(PresenceApi.RENEW, page, PATIENCE)
        .onSuccess(renewed -> heard(page, renewed))
        .map(renewed -> at + 1 < pages.size() ? Optional.of(at + 1) : Optional.empty());
  }

  private synchronized void heard(Renew page, Renewed renewed) {
    page.gone().forEach(lease -> gone.remove(lease.connection()));
    all |= since != 0 && since != renewed.since();
    since = renewed.since();
  }

  /** What nobody has heard is told again, with everything else. */
  private synchronized Future<Void> told(AsyncResult<Void> outcome) {
    telling = false;
    all |= outcome.failed();
    if (outcome.failed() && !unheard) {
      LOG.warn("nobody can be told who is here: {}", outcome.cause().getMessage());
    } else if (outcome.succeeded() && unheard) {
      LOG.info("it is known again who is here");
    }
    unheard = outcome.failed();
    return Future.succeededFuture();
  }
}
