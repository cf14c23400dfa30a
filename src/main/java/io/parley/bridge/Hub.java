package io.parley.bridge;

import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Who listens to what on one event loop: takes each entry once and writes it to every socket that
 * wants it.
 */
final class Hub implements Ear {
  /** How a note of who is typing begins, as its log encodes it. */
  private static final byte[] TYPING = "{\"kind\":\"typing\"".getBytes(StandardCharsets.US_ASCII);

  private final Turn turn;
  private final Feeds feeds;
  private final BridgeMetrics metrics;
  private final Runnable forsaken;
  private final Overload overload;
  private final Batches batches;
  private final Map<LogId, Audience> audiences = new HashMap<>();

  /**
   * @param forsaken what to do when the node has lost touch with all owners
   */
  Hub(
      Vertx vertx,
      Turn turn,
      Feeds feeds,
      BridgeMetrics metrics,
      Overload overload,
      Runnable forsaken) {
    this.turn = turn;
    this.feeds = feeds;
    this.metrics = metrics;
    this.forsaken = forsaken;
    this.overload = overload;
    this.batches = new Batches(vertx, () -> overload.at(Overload.Step.BATCHES), this::deliver);
  }

  /** Adds a subscription, still silent, to the audience of its log. */
  Audience enter(Subscription subscription) {
    metrics.registered();
    Audience audience = audiences.computeIfAbsent(subscription.log(), this::open);
    audience.add(subscription);
    return audience;
  }

  /** Takes a subscription out; nothing reaches it any more. */
  void leave(Subscription subscription) {
    if (subscription.is(Subscription.State.GONE)) {
      return;
    }
    subscription.become(Subscription.State.GONE);
    metrics.unregistered();
    Audience audience = audiences.get(subscription.log());
    if (audience != null) {
      audience.remove(subscription);
      if (audience.isEmpty()) {
        audiences.remove(subscription.log());
        feeds.leave(subscription.log(), this);
      }
    }
  }

  @Override
  public void hear(Parcel parcel) {
    turn.run(() -> batches.take(parcel));
  }

  @Override
  public void forsaken() {
    turn.run(forsaken);
  }

  private Audience open(LogId log) {
    Audience audience = new Audience(log);
    turn.here(feeds.listen(log, this)).onSuccess(audience::opened).onFailure(audience::failed);
    return audience;
  }

  private void deliver(Parcel parcel) {
    long sent = 0;
    for (Run run : parcel.runs()) {
      Audience audience = audiences.get(run.log());
      if (audience != null) {
        sent += audience.deliver(run.entries());
      }
    }
    for (LogApi.Fleeting signal : parcel.fleeting()) {
      Audience audience = audiences.get(signal.log());
      if (audience != null && !leftOut(signal)) {
        sent += audience.deliver(signal.json());
      }
    }
    metrics.delivered(sent);
  }

  private boolean leftOut(LogApi.Fleeting signal) {
    return overload.at(Overload.Step.NO_TYPING) && typing(signal.json().array());
  }

  private static boolean typing(byte[] json) {
    return json.length >= TYPING.length
        && Arrays.equals(json, 0, TYPING.length, TYPING, 0, TYPING.length);
  }
}
