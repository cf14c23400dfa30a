package io.parley.bridge;

import io.parley.accounts.Identity;
import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One peer, from its first frame to the last: who it is, what it hears, how long it lives.
 *
 * <p>Belongs to one event loop, except for {@link #close} and {@link #rename}.
 */
final class BridgeSocket implements Wire.Listener, Seats.Seat {
  private final Wire wire;
  private final Desk desk;
  private final Consumer<BridgeSocket> farewell;
  private final Intake intake;
  private final Map<LogId, Subscription> subscriptions = new HashMap<>(4);
  private final long openedAt;
  private long heardAt;
  private long pingedAt;
  private long closedAt;
  private @Nullable Session session;
  private Overload.Step told = Overload.Step.NONE;
  private boolean suspended;
  private boolean closed;
  private boolean gone;

  /**
   * @param farewell told once, when the connection is gone
   */
  BridgeSocket(Wire wire, Desk desk, Consumer<BridgeSocket> farewell) {
    this.wire = wire;
    this.desk = desk;
    this.farewell = farewell;
    this.intake = new Intake(this, wire, desk);
    this.openedAt = desk.nanos().getAsLong();
    this.heardAt = openedAt;
    this.pingedAt = openedAt;
  }

  // What the wire tells.

  @Override
  public void text(String text) {
    if (!closed) {
      intake.take(text);
    }
  }

  @Override
  public void alive() {
    heardAt = desk.nanos().getAsLong();
    intake.sign(heardAt);
  }

  @Override
  public void violated(CloseCode code) {
    shut(code);
  }

  @Override
  public void slow() {
    close(CloseCode.SLOW);
  }

  @Override
  public void gone() {
    if (!gone) {
      gone = true;
      closed = true;
      letGo();
      farewell.accept(this);
    }
  }

  // Who it is.

  /** The session, once somebody has signed in. */
  @Nullable Session open() {
    return session;
  }

  @Override
  public UserId user() {
    return known().user();
  }

  @Override
  public SessionId session() {
    return known().session();
  }

  /** The log of the socket's own user. */
  LogId ownLog() {
    return LogId.user(user().value());
  }

  boolean belongsTo(UserId user) {
    return session != null && session.identity().user().equals(user);
  }

  /**
   * Takes a checked identity. The first one stays; a later token of the same session prolongs it.
   * Fails FORBIDDEN for another session.
   */
  Identity settle(Identity identity, String token) {
    if (closed) {
      return identity;
    }
    if (session != null) {
      session = session.renewed(identity, token);
    } else {
      session = Session.of(identity, token);
      if (!desk.seats().take(this)) {
        shut(CloseCode.REVOKED);
      }
    }
    if (suspended && !session.expired(desk.clock().instant())) {
      suspended = false;
      List.copyOf(subscriptions.values()).forEach(this::resume);
    }
    return session.identity();
  }

  @Override
  public void rename(String name) {
    desk.turn().run(() -> session = session == null ? null : session.named(name));
  }

  private Identity known() {
    if (session == null) {
      throw new IllegalStateException("nobody has signed in");
    }
    return session.identity();
  }

  // What it hears.

  boolean hears(LogId log) {
    return subscriptions.containsKey(log);
  }

  int registrations() {
    return subscriptions.size();
  }

  void add(Subscription subscription) {
    subscriptions.put(subscription.log(), subscription);
  }

  void remove(Subscription subscription) {
    subscriptions.remove(subscription.log(), subscription);
  }

  void unregister(LogId log) {
    Subscription subscription = subscriptions.remove(log);
    if (subscription != null) {
      desk.registrations().end(subscription);
    }
  }

  /** Sends messages that others may be sent, too. */
  void deliver(Frames frames, boolean fleeting) {
    if (!closed) {
      wire.send(frames, fleeting);
    }
  }

  /** Tells how the node is doing when that has changed; false when there is nothing to tell. */
  boolean inform(Overload.Step step) {
    if (told == step || session == null || suspended || closed) {
      return false;
    }
    told = step;
    send(Frames.of(Envelope.message(ownLog().toString(), Overload.news(ownLog(), step))), true);
    return true;
  }

  /** Sends one message. */
  void send(byte[] message) {
    send(Frames.of(message), false);
  }

  private void send(Frames own, boolean fleeting) {
    deliver(own, fleeting);
    own.release();
  }

  /** The user may not hear a log any more. */
  void expelled(Subscription subscription, Failure why) {
    remove(subscription);
    desk.registrations().end(subscription);
    intake.refuse(subscription.address(), why);
  }

  /** The session is over: nothing more is delivered until it is renewed. */
  void suspend() {
    if (suspended) {
      return;
    }
    suspended = true;
    for (Subscription subscription : List.copyOf(subscriptions.values())) {
      if (subscription.is(Subscription.State.LIVE)) {
        subscription.become(Subscription.State.SUSPENDED);
      } else {
        unregister(subscription.log());
        intake.refuse(
            subscription.address(), Failure.of(Reason.TOKEN_EXPIRED, "renew the session first"));
      }
    }
  }

  private void resume(Subscription subscription) {
    intake.work(subscription.address(), desk.registrations().resume(subscription), done -> {});
  }

  // How long it lives.

  /** Looks after the socket; called every now and then. */
  void tend(long now, Instant time) {
    wire.tend(now);
    if (closed) {
      if (now - closedAt > desk.config().maxUnsentAge().toNanos()) {
        wire.abort();
      }
    } else if (now - heardAt > desk.config().liveness().toNanos()) {
      shut(CloseCode.DEAD);
    } else if (now - wire.waitingSince() > desk.config().maxUnsentAge().toNanos()) {
      shut(CloseCode.SLOW);
    } else if (session != null) {
      tend(session, time);
    } else if (now - openedAt > desk.config().authentication().toNanos()) {
      shut(CloseCode.UNAUTHENTICATED);
    }
    if (!closed && now - pingedAt > desk.config().heartbeat().toNanos()) {
      pingedAt = now;
      wire.ping();
    }
  }

  private void tend(Session open, Instant time) {
    if (open.over(time)) {
      shut(CloseCode.UNAUTHENTICATED);
    } else if (open.expired(time)) {
      suspend();
    } else if (open.mustWarn(time)) {
      session = open.hasWarned();
      send(Envelope.expiring(ownLog(), open.identity().expiresAt()));
    }
  }

  long waiting() {
    return wire.waiting();
  }

  boolean closed() {
    return closed;
  }

  /** Closes from any thread, soon. */
  @Override
  public void close(CloseCode code) {
    desk.turn().run(() -> shut(code));
  }

  /** Closes now. */
  void shut(CloseCode code) {
    if (closed) {
      return;
    }
    closed = true;
    closedAt = desk.nanos().getAsLong();
    desk.metrics().closed(code);
    letGo();
    wire.close(code);
  }

  private void letGo() {
    intake.clear();
    List.copyOf(subscriptions.values()).forEach(desk.registrations()::end);
    subscriptions.clear();
    if (session != null) {
      desk.seats().leave(this);
    }
  }
}
