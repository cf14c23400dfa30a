package io.parley.bridge;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.Cursor;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * How a socket comes to hear a log: the node listens, the owner admits the user at a head, what was
 * missed up to that head is sent, then {@code ready}, then everything after it.
 *
 * <p>Nothing is delivered twice, nothing is left out, and no entry after one that expels the user
 * is ever read for them.
 */
final class Registrations {
  private static final int PAGE = 500;

  private final Turn turn;
  private final Hub hub;
  private final LogClient logs;
  private final BridgeMetrics metrics;
  private final int maximum;
  private final int backlog;

  /**
   * @param maximum logs that one socket may hear
   * @param backlog missed entries that are sent; whoever has missed more is told to page
   */
  Registrations(
      Turn turn, Hub hub, LogClient logs, BridgeMetrics metrics, int maximum, int backlog) {
    this.turn = turn;
    this.hub = hub;
    this.logs = logs;
    this.metrics = metrics;
    this.maximum = maximum;
    this.backlog = backlog;
  }

  /** Where the socket stood before. */
  private sealed interface Position {
    /** An entry that stands, as this node knows for certain. */
    default long seen() {
      return 0;
    }

    /** Nowhere: it wants what comes from now on. */
    record Now() implements Position {}

    /** Where its cursor says. */
    record At(String cursor) implements Position {}

    /** Where this node last saw it. */
    record After(long seq) implements Position {
      @Override
      public long seen() {
        return seq;
      }
    }
  }

  /**
   * Registers a socket; counted at once, whatever comes of it. Fails ALREADY_EXISTS, TOO_LARGE,
   * FORBIDDEN, NOT_FOUND, NOT_MEMBER, BANNED, UNAVAILABLE; the socket then does not hear the log.
   */
  Future<Void> register(BridgeSocket socket, LogId log, Optional<String> cursor) {
    if (socket.hears(log)) {
      return Future.failedFuture(
          Failure.of(Reason.ALREADY_EXISTS, "this socket hears the address already"));
    }
    if (socket.registrations() >= maximum) {
      return Future.failedFuture(
          Failure.of(Reason.TOO_LARGE, "a socket may hear " + maximum + " addresses")
              .with("limit", maximum));
    }
    if (log.scope() == LogId.Scope.USER && !log.equals(socket.ownLog())) {
      return Future.failedFuture(Failure.of(Reason.FORBIDDEN, "this address is somebody else's"));
    }
    Subscription subscription = new Subscription(socket, log);
    socket.add(subscription);
    Position from = cursor.<Position>map(Position.At::new).orElseGet(Position.Now::new);
    return join(subscription, hub.enter(subscription), from);
  }

  /** Brings a subscription up to date after its session was renewed. */
  Future<Void> resume(Subscription subscription) {
    Subscription again = new Subscription(subscription.socket(), subscription.log());
    long last = subscription.last();
    Audience audience = hub.enter(again);
    hub.leave(subscription);
    subscription.socket().add(again);
    return join(again, audience, new Position.After(last));
  }

  /** Ends a subscription; what is under way for it comes to nothing. */
  void end(Subscription subscription) {
    hub.leave(subscription);
  }

  private Future<Void> join(Subscription subscription, Audience audience, Position from) {
    return audience
        .open()
        .compose(open -> admit(subscription, from.seen()))
        .compose(
            admitted ->
                missed(subscription, from, admitted)
                    .compose(done -> catchUp(subscription, audience)))
        .recover(cause -> refuse(subscription, cause));
  }

  private Future<LogApi.Admitted> admit(Subscription subscription, long seen) {
    return turn.here(logs.admit(subscription.log(), subscription.socket().user(), seen))
        .onSuccess(admitted -> subscription.since(admitted.since()));
  }

  private Future<Void> missed(Subscription subscription, Position from, LogApi.Admitted admitted) {
    LogApi.Head head = admitted.head();
    if (from instanceof Position.At at) {
      return at.cursor().equals(head.cursor())
          ? ready(subscription, head, true, false)
          : since(subscription, at.cursor(), admitted);
    }
    if (from instanceof Position.After after && after.seq() + 1 < admitted.since()) {
      return ready(subscription, head, false, true);
    }
    if (from instanceof Position.After after && after.seq() < head.seq()) {
      return backlog(subscription, Optional.empty(), after.seq(), admitted);
    }
    return ready(subscription, head, true, false);
  }

  private Future<Void> since(Subscription subscription, String text, LogApi.Admitted admitted) {
    Optional<Cursor> cursor = Cursor.parse(text);
    if (cursor.isEmpty()) {
      return ready(subscription, admitted.head(), false, true);
    }
    return cursor.get().seq() <= admitted.head().seq()
        ? backlog(subscription, Optional.of(text), 0, admitted)
        : ahead(subscription, text, cursor.get(), admitted);
  }

  /**
   * The socket claims to have seen more than the owner knows. If the store has that entry, another
   * owner wrote it, and the user is admitted at a head that is no older.
   */
  private Future<Void> ahead(
      Subscription subscription, String text, Cursor cursor, LogApi.Admitted admitted) {
    LogApi.Read question =
        new LogApi.Read(
            subscription.log(), Optional.of(text), 0, cursor.seq(), admitted.since(), 1);
    return turn.here(logs.read(question))
        .compose(
            page ->
                page.reset()
                    ? ready(subscription, admitted.head(), false, true)
                    : admit(subscription, cursor.seq())
                        .compose(anew -> backlog(subscription, Optional.of(text), 0, anew)));
  }

  private Future<Void> backlog(
      Subscription subscription, Optional<String> cursor, long after, LogApi.Admitted admitted) {
    LogApi.Head head = admitted.head();
    LogApi.Read question =
        new LogApi.Read(subscription.log(), cursor, after, head.seq(), admitted.since(), backlog);
    return turn.here(logs.read(question))
        .compose(
            page -> {
              boolean complete = !page.more() && !page.reset();
              if (complete) {
                send(subscription, page.entries());
              }
              return ready(subscription, head, complete, page.reset());
            });
  }

  private Future<Void> ready(
      Subscription subscription, LogApi.Head head, boolean complete, boolean reset) {
    if (!subscription.is(Subscription.State.GONE)) {
      subscription.socket().send(Envelope.ready(subscription.log(), head, complete, reset));
      subscription.reached(head.seq());
    }
    return Future.succeededFuture();
  }

  /** What came to the audience since the head; reads again until nothing new came meanwhile. */
  private Future<Void> catchUp(Subscription subscription, Audience audience) {
    if (subscription.last() >= audience.last()) {
      if (subscription.is(Subscription.State.JOINING)) {
        subscription.become(Subscription.State.LIVE);
      }
      return Future.succeededFuture();
    }
    if (subscription.is(Subscription.State.GONE)) {
      return Future.succeededFuture();
    }
    long through = audience.last();
    LogApi.Read question =
        new LogApi.Read(
            subscription.log(),
            Optional.empty(),
            subscription.last(),
            through,
            subscription.since(),
            PAGE);
    return turn.here(logs.read(question))
        .compose(
            page -> {
              if (after(subscription, page.entries()) && !page.more()) {
                subscription.reached(through);
              }
              return catchUp(subscription, audience);
            });
  }

  /**
   * Entries after the head of admission count in full: one of them may end the subscription, or
   * open the log, and then what follows it has to be read again as it is for everybody.
   *
   * @return whether all of them were sent
   */
  private boolean after(Subscription subscription, List<LogApi.Encoded> entries) {
    for (int i = 0; i < entries.size(); i++) {
      LogApi.Encoded entry = entries.get(i);
      if (Expulsion.by(entry, subscription.socket())) {
        send(subscription, entries.subList(0, i + 1));
        subscription.socket().expelled(subscription, Expulsion.told(entry));
        return false;
      }
      if (subscription.since() > 0 && Curtain.lifts(entry)) {
        send(subscription, entries.subList(0, i + 1));
        subscription.since(0);
        return false;
      }
    }
    send(subscription, entries);
    return true;
  }

  private void send(Subscription subscription, List<LogApi.Encoded> entries) {
    if (entries.isEmpty() || subscription.is(Subscription.State.GONE)) {
      return;
    }
    Frames frames = Audience.frames(entries);
    subscription.socket().deliver(frames, false);
    frames.release();
    subscription.reached(entries.get(entries.size() - 1).seq());
    metrics.delivered(entries.size());
  }

  private Future<Void> refuse(Subscription subscription, Throwable cause) {
    if (subscription.is(Subscription.State.GONE)) {
      return Future.succeededFuture();
    }
    subscription.socket().remove(subscription);
    hub.leave(subscription);
    return Future.failedFuture(cause);
  }
}
