package io.parley.rooms;

import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.rooms.Membership.Marker;
import io.parley.rooms.ReaderStore.Reader;
import io.parley.rooms.RoomsApi.RoomView;
import io.parley.rooms.SettingStore.Chosen;
import io.parley.rooms.SettingStore.Held;
import io.parley.rooms.SettingsApi.Choose;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The rules of how people want to have their rooms. */
final class Preferences {
  private final RoomStore rooms;
  private final SettingStore store;
  private final Outbox outbox;
  private final RoomViews views;
  private final Tidings tidings;
  private final Bus bus;
  private final Clock clock;

  Preferences(
      RoomStore rooms,
      SettingStore store,
      Outbox outbox,
      RoomViews views,
      Tidings tidings,
      Bus bus,
      Clock clock) {
    this.rooms = rooms;
    this.store = store;
    this.outbox = outbox;
    this.views = views;
    this.tidings = tidings;
    this.bus = bus;
    this.clock = clock;
  }

  /** {@link SettingsApi#CHOOSE}. */
  Future<RoomView> choose(Choose choose) {
    check(choose);
    Reader reader = new Reader(choose.room(), choose.caller().user());
    boolean counting = choose.favourite().orElse(false);
    return rooms
        .find(reader.room(), reader.user())
        .map(found -> RoomViews.member(found.orElseThrow(RoomViews::notFound)))
        .compose(member -> head(choose, member.reading().settings()))
        .compose(head -> store.choose(reader, counting, held -> decide(held, choose, head)))
        .compose(done -> outbox.flush(LogId.user(reader.user().value())).otherwiseEmpty())
        .compose(done -> views.one(choose.caller(), choose.room()));
  }

  private static void check(Choose choose) {
    if (choose.favourite().isEmpty()
        && choose.notifications().isEmpty()
        && choose.snooze().isEmpty()
        && choose.hidden().isEmpty()) {
      throw Failure.invalid("favourite", "notifications, snooze or hidden must be given");
    }
    if (choose.snooze().filter(Preferences::unfit).isPresent()) {
      throw Failure.invalid(
          "snooze", "must be a whole number from 0 to " + SettingsApi.MAX_SNOOZE_SECONDS);
    }
  }

  private static boolean unfit(int seconds) {
    return seconds < 0 || seconds > SettingsApi.MAX_SNOOZE_SECONDS;
  }

  /** Where the room is, if it is to be put away, or was, and may be back. */
  private Future<Optional<Marker>> head(Choose choose, Settings now) {
    return choose.hidden().orElse(now.hidden().isPresent())
        ? bus.ask(LogApi.HEADS, new LogApi.Heads(List.of(choose.room().log())))
            .map(found -> found.heads().get(0))
            .map(head -> Optional.of(new Marker(head.seq(), head.n())))
        : Future.succeededFuture(Optional.empty());
  }

  private Optional<Chosen> decide(Optional<Held> found, Choose choose, Optional<Marker> head) {
    Held held = found.orElseThrow(RoomViews::notMember);
    Settings before = held.settings();
    boolean more = choose.favourite().orElse(false) && !before.favourite();
    if (more && held.favourites() >= SettingsApi.MOST_FAVOURITES) {
      throw Failure.of(
              Reason.TOO_LARGE,
              "you have " + held.favourites() + " favourites already; give one of them up first")
          .with("field", "favourite")
          .with("limit", SettingsApi.MOST_FAVOURITES);
    }
    Settings after =
        new Settings(
            choose.favourite().orElse(before.favourite()),
            choose.notifications().orElse(before.notifications()),
            choose.snooze().map(this::until).orElse(before.snoozedUntil()),
            hidden(before, choose, head));
    return after.equals(before)
        ? Optional.empty()
        : Optional.of(
            new Chosen(
                after,
                tidings.preferred(
                    choose.caller().user(), choose.room(), after, moved(before, after, choose))));
  }

  /**
   * Where the room was put away, if it still is. One that is back is there to stay, though messages
   * would not bring it back any more as it is to be from now on.
   */
  private static Optional<Marker> hidden(Settings before, Choose choose, Optional<Marker> head) {
    if (choose.hidden().isPresent()) {
      return choose.hidden().get() ? head : Optional.empty();
    }
    return before
        .hidden()
        .filter(then -> !Hiding.back(before, then, head.map(Marker::n).orElse(0L)));
  }

  /** Whether it is put away or there, where that is said or settled just now. */
  private static Optional<Boolean> moved(Settings before, Settings after, Choose choose) {
    return after.hidden().isEmpty() && before.hidden().isPresent()
        ? Optional.of(false)
        : choose.hidden();
  }

  private Optional<Instant> until(int seconds) {
    return seconds == 0
        ? Optional.empty()
        : Optional.of(clock.instant().truncatedTo(ChronoUnit.MILLIS).plusSeconds(seconds));
  }
}
