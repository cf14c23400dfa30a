package io.parley.events;

import io.parley.accounts.Turnover.Place;
import io.parley.accounts.Turnover.Turn;
import io.parley.bus.Pages;
import io.parley.observability.Trouble;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Tells somebody what follows from rows that have a time, such as accounts: at least once, oldest
 * first, except that one which became readable late comes later. One node at a time does it. What
 * is not five minutes old is looked at again each minute, and only what is older is done for good;
 * whoever takes over tells those minutes again.
 */
final class Walk {
  /** Longer by far than a row takes to become readable, and than clocks are apart. */
  static final Duration BACK = Duration.ofMinutes(5);

  static final Duration CLAIM = Duration.ofSeconds(20);

  /** For so long nobody else can have it, with what is under way at the end of that. */
  private static final Duration SURE = CLAIM.minusSeconds(2);

  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final Duration SWEEP = Duration.ofMinutes(1);
  private static final long SLACK_MS = 10_000;
  private static final int AT_ONCE = 200;
  private static final int MAX_REMEMBERED = 20_000;

  private final String name;
  private final BiFunction<Place, Integer, Future<List<Turn>>> rows;
  private final Function<Turn, Event> event;
  private final EventStore positions;
  private final Courier courier;
  private final String holder;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Trouble trouble;
  private final Lately<UUID, Boolean> done = new Lately<>(MAX_REMEMBERED);
  private boolean held;
  private boolean busy;
  private boolean left;
  private long claimed;
  private long told;
  private long front;
  private long swept;
  private Future<Void> looking = Future.succeededFuture();

  /**
   * @param name of the position
   * @param rows those after a place, so many at most
   * @param holder this node, in this life
   * @param nanos monotonic time
   */
  Walk(
      String name,
      BiFunction<Place, Integer, Future<List<Turn>>> rows,
      Function<Turn, Event> event,
      EventStore positions,
      Courier courier,
      String holder,
      Clock clock,
      LongSupplier nanos) {
    this.name = name;
    this.rows = rows;
    this.event = event;
    this.positions = positions;
    this.courier = courier;
    this.holder = holder;
    this.clock = clock;
    this.nanos = nanos;
    this.trouble = new Trouble(name);
  }

  Future<Void> begin() {
    return positions.begin(name, clock.millis());
  }

  /** Whether it is this node that tells, and nobody else for certain. */
  boolean held() {
    return held && nanos.getAsLong() - claimed < SURE.toNanos();
  }

  /**
   * Leaves it to others, for good, once what is being told has been told. When that takes long, the
   * claim runs out by itself.
   */
  Future<Void> leave() {
    left = true;
    held = false;
    return looking
        .timeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
        .transform(
            (looked, late) ->
                late == null ? positions.release(name, holder) : Future.succeededFuture());
  }

  /** Tells what is new. Never fails: what could not be told is told the next time. */
  Future<Void> look() {
    if (busy || left) {
      return Future.succeededFuture();
    }
    busy = true;
    looking =
        claim()
            .compose(place -> place.map(this::walk).orElseGet(this::another))
            .onComplete(looked -> busy = false)
            .onFailure(trouble::fails)
            .otherwiseEmpty();
    return looking;
  }

  private Future<Optional<Long>> claim() {
    long asked = nanos.getAsLong();
    return positions
        .claim(name, holder, CLAIM)
        .onSuccess(place -> claimed = asked)
        .map(place -> left ? Optional.empty() : place);
  }

  private Future<Void> another() {
    held = false;
    trouble.isOthers();
    return Future.succeededFuture();
  }

  private Future<Void> walk(long place) {
    long now = clock.millis();
    told = place;
    if (!held) {
      held = true;
      front = place;
      swept = 0;
      done.clear();
    }
    if (!courier.ready()) {
      return Future.succeededFuture();
    }
    boolean all = now - swept >= SWEEP.toMillis();
    long from = all ? place : Math.max(place, front - SLACK_MS);
    return Pages.through(Place.before(from), after -> page(after, now, all))
        .compose(looked -> held ? ended(now, all) : Future.succeededFuture())
        .onSuccess(looked -> trouble.works());
  }

  private Future<Void> ended(long now, boolean all) {
    front = now;
    if (!all) {
      return Future.succeededFuture();
    }
    swept = now;
    return advance(now, now);
  }

  /** Who goes through all of it notes how far, page by page: a failure shall not undo the rest. */
  private Future<Optional<Place>> page(Place after, long now, boolean all) {
    return rows.apply(after, AT_ONCE)
        .compose(turns -> bring(turns).map(brought -> next(turns)))
        .compose(
            next ->
                all && next.isPresent()
                    ? advance(next.get().at(), now).map(next)
                    : Future.succeededFuture(next));
  }

  /** Later than five minutes ago nothing is done for good. */
  private Future<Void> advance(long through, long now) {
    long settled = Math.min(through, now - BACK.toMillis());
    return settled > told
        ? positions.advance(name, holder, settled).onSuccess(noted -> told = settled)
        : Future.succeededFuture();
  }

  /** The claim is renewed before anything is told, so that it outlasts the telling. */
  private Future<Void> bring(List<Turn> turns) {
    List<Turn> fresh =
        turns.stream().filter(turn -> !done.containsKey(turn.user().value())).toList();
    return fresh.isEmpty()
        ? Future.succeededFuture()
        : claim().compose(place -> place.isEmpty() ? another() : tell(fresh));
  }

  private Future<Void> tell(List<Turn> fresh) {
    return courier
        .bring(fresh.stream().map(event).toList())
        .onSuccess(taken -> fresh.forEach(turn -> done.put(turn.user().value(), true)));
  }

  private Optional<Place> next(List<Turn> turns) {
    return held && turns.size() == AT_ONCE
        ? Optional.of(turns.get(AT_ONCE - 1).place())
        : Optional.empty();
  }
}
