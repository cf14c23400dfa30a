package io.parley.messages;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi;
import io.parley.log.PicksApi;
import io.parley.log.Standing;
import io.parley.log.ThreadsApi;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomsApi;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** The rules of reading messages back. */
final class Messages {
  private static final long JUST_COMING_MS = 200;

  private final Bus bus;

  Messages(Bus bus) {
    this.bus = bus;
  }

  Future<LogApi.HistoryPage> history(MessagesApi.History asked) {
    if (many(Stream.of(asked.before(), asked.after(), asked.around()))) {
      return Future.failedFuture(tooMany());
    }
    return asReader(
        asked.user(),
        asked.room(),
        since ->
            bus.ask(
                LogApi.HISTORY,
                new LogApi.History(
                    asked.room().log(),
                    asked.before(),
                    asked.after(),
                    asked.around(),
                    since,
                    asked.limit(),
                    Optional.of(asked.user()))));
  }

  private static boolean many(Stream<Optional<Long>> positions) {
    return positions.filter(Optional::isPresent).count() > 1;
  }

  private static Failure tooMany() {
    return Failure.of(Reason.INVALID, "only one of before, after and around may be given");
  }

  Future<ThreadsApi.Unfolded> thread(MessagesApi.Unfold asked) {
    if (many(Stream.of(asked.before(), asked.after(), asked.around()))) {
      return Future.failedFuture(tooMany());
    }
    return asReader(
        asked.user(),
        asked.room(),
        since ->
            bus.ask(
                ThreadsApi.UNFOLD,
                new ThreadsApi.Unfold(
                    asked.room().log(),
                    asked.root(),
                    asked.before(),
                    asked.after(),
                    asked.around(),
                    since,
                    asked.limit(),
                    asked.user())));
  }

  Future<LogApi.Page> sync(MessagesApi.Sync asked) {
    return asReader(
        asked.user(),
        asked.room(),
        since ->
            bus.ask(
                LogApi.READ,
                new LogApi.Read(
                    asked.room().log(),
                    Optional.of(asked.cursor()),
                    0,
                    Long.MAX_VALUE,
                    since,
                    asked.limit())));
  }

  Future<PicksApi.Picked> get(MessagesApi.Get asked) {
    return asReader(
        asked.user(),
        asked.room(),
        since ->
            bus.ask(
                PicksApi.PICK,
                new PicksApi.Pick(asked.room().log(), asked.seqs(), since, asked.user())));
  }

  Future<PicksApi.Picked> pins(MessagesApi.Pins asked) {
    return asReader(
        asked.user(),
        asked.room(),
        since ->
            bus.ask(
                PicksApi.PINNED,
                new PicksApi.Pinned(asked.room().log(), asked.before(), since, asked.user())));
  }

  Future<PicksApi.Picked> revisions(MessagesApi.Revisions asked) {
    return asReader(
        asked.user(),
        asked.room(),
        since ->
            bus.ask(
                PicksApi.WORDINGS,
                new PicksApi.Wordings(asked.room().log(), asked.target(), asked.after(), since)));
  }

  /**
   * Shows what was read only to those who may still read it afterwards: somebody removed meanwhile
   * would see entries from after their removal.
   */
  private <T> Future<T> asReader(UserId user, RoomId room, LongFunction<Future<T>> read) {
    return reader(user, room)
        .compose(
            before ->
                read.apply(before.since())
                    .compose(
                        page ->
                            reader(user, room)
                                .compose(
                                    after ->
                                        after.since() == before.since()
                                            ? Future.succeededFuture(page)
                                            : asReader(user, room, read))));
  }

  private Future<Standing> reader(UserId user, RoomId room) {
    return bus.ask(RoomsApi.STANDINGS, new RoomsApi.Standings(room.log(), List.of(user)))
        .map(found -> found.standings().get(user))
        .map(Standing::orRefused)
        .map(Messages::placed);
  }

  /** From where on they may read is known a moment after they came. */
  private static Standing placed(Standing standing) {
    if (!standing.placed()) {
      throw Failure.of(Reason.UNAVAILABLE, "you are just coming in; ask again in a moment")
          .with("retryAfterMs", JUST_COMING_MS);
    }
    return standing;
  }
}
