package io.parley.bridge;

import io.parley.accounts.SessionId;
import io.parley.accounts.SessionsApi;
import io.parley.accounts.SessionsApi.EndedPlace;
import io.parley.accounts.SessionsApi.EndedSessions;
import io.parley.accounts.SessionsApi.EndedSince;
import io.parley.bus.Bus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node reads of the ends of sessions, once for all its event loops, in case it does not
 * hear of them.
 *
 * <p>No socket outlives its session by more than a few seconds while the store answers. When it has
 * not for too long, nobody is served any more: who has been signed out in the meantime cannot be
 * told from who has not.
 */
final class Revocations {
  private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

  private final Vertx vertx;
  private final Context context;
  private final Bus bus;
  private final Paces paces;
  private final LongSupplier nanos;
  private final Consumer<SessionId> ended;
  private final Runnable blind;
  private Optional<EndedPlace> place = Optional.empty();
  private boolean asking;
  private long knownAt;

  /**
   * @param ended told of each session that has ended, of some more than once
   * @param blind told when nothing was known for too long; on some event loop, as all of this
   */
  Revocations(
      Vertx vertx,
      Bus bus,
      Paces paces,
      LongSupplier nanos,
      Consumer<SessionId> ended,
      Runnable blind) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.bus = bus;
    this.paces = paces;
    this.nanos = nanos;
    this.ended = ended;
    this.blind = blind;
    this.knownAt = nanos.getAsLong();
  }

  /** Begins to read. */
  void start() {
    context.runOnContext(
        nothing -> {
          knownAt = nanos.getAsLong();
          vertx.setPeriodic(1, paces.revocations().toMillis(), timer -> look());
        });
  }

  private void look() {
    if (!asking) {
      asking = true;
      long asked = nanos.getAsLong();
      read()
          .onSuccess(all -> knownAt = asked)
          .onFailure(cause -> LOG.debug("the ends of sessions are not known: {}", cause.toString()))
          .onComplete(done -> asking = false);
    }
    long unknown = nanos.getAsLong() - knownAt;
    if (unknown > paces.blind().toNanos()) {
      LOG.warn("the ends of sessions were not known for {}; all sockets are closed", paces.blind());
      knownAt = nanos.getAsLong();
      blind.run();
    }
  }

  /** Completes when no more has ended until now. */
  private Future<EndedSessions> read() {
    return bus.ask(SessionsApi.ENDED_SINCE, new EndedSince(place))
        .onSuccess(this::take)
        .compose(page -> page.more() ? read() : Future.succeededFuture(page));
  }

  private void take(EndedSessions page) {
    page.ended().forEach(each -> ended.accept(each.session()));
    place = Optional.of(page.next());
  }
}
