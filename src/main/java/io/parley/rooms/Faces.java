package io.parley.rooms;

import io.parley.failure.Failure;
import io.parley.log.Rules;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomStore.Owed;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.RoomView;
import io.parley.rooms.RoomsApi.Update;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of what rooms are called, are about, and how fast people write in them. */
final class Faces {
  private static final int MAX_DESCRIPTION = 500;

  private final RoomStore store;
  private final Outbox outbox;
  private final RoomViews views;
  private final Entries entries;

  Faces(RoomStore store, Outbox outbox, RoomViews views, Entries entries) {
    this.store = store;
    this.outbox = outbox;
    this.views = views;
    this.entries = entries;
  }

  Future<RoomView> update(Update update) {
    if (update.name().isEmpty() && update.description().isEmpty() && update.slowMode().isEmpty()) {
      return Future.failedFuture(Failure.invalid("name", "description or slowMode must be given"));
    }
    Optional<RoomName> name = update.name().map(RoomName::parse);
    Optional<String> about = update.description().map(Faces::description);
    Optional<Integer> slow = update.slowMode().map(Faces::pause);
    Caller caller = update.caller();
    return store
        .change(
            update.room(),
            caller.user(),
            caller.user(),
            locked -> decide(locked, caller, name, about, slow))
        .compose(done -> outbox.flush(update.room().log()))
        .compose(done -> views.one(caller, update.room()));
  }

  /** What does not change leaves no entry; each that does has a version of its own. */
  private Optional<Change> decide(
      Locked locked,
      Caller caller,
      Optional<RoomName> name,
      Optional<String> about,
      Optional<Integer> slow) {
    Membership actor = Permits.permitted(locked, Action.UPDATE);
    slow.ifPresent(given -> Action.SLOW_DOWN.require(actor.role()));
    Room before = locked.room();
    Room after = before.called(name.orElse(before.name()), about.orElse(before.description()));
    List<Owed> owed = new ArrayList<>();
    long version = before.version();
    if (!after.name().equals(before.name())) {
      owed.add(entries.renamed(after, actor, caller, ++version));
    }
    if (!after.description().equals(before.description())) {
      owed.add(entries.described(after, actor, caller, ++version));
    }
    if (slow.filter(seconds -> seconds != before.rules().slowSeconds()).isPresent()) {
      after = after.under(new Rules(before.rules().archived(), slow.get(), ++version));
      owed.add(entries.ruled(after, Entries.SLOW_MODE, actor, caller));
    }
    return owed.isEmpty() ? Optional.empty() : Optional.of(Change.appearing(after, owed));
  }

  /** Checks what somebody typed. Fails INVALID. */
  static String description(String typed) {
    return sentence("description", typed);
  }

  /** The same of anything that is said in a few words. */
  static String sentence(String field, String typed) {
    String text = typed.strip();
    if (text.codePointCount(0, text.length()) > MAX_DESCRIPTION) {
      throw Failure.invalid(field, "must have at most " + MAX_DESCRIPTION + " characters");
    }
    return text;
  }

  private static int pause(int seconds) {
    if (seconds < 0 || seconds > Rules.MAX_SLOW_SECONDS) {
      throw Failure.invalid(
          "slowMode", "must be a whole number from 0 to " + Rules.MAX_SLOW_SECONDS);
    }
    return seconds;
  }
}
