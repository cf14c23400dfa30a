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

/**
 * The rules of what rooms are called, are about, how fast people write in them, and on which terms
 * they come.
 */
final class Faces {
  private static final int MAX_DESCRIPTION = 500;
  private static final Wanted NOTHING =
      new Wanted(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private final RoomStore store;
  private final Outbox outbox;
  private final RoomViews views;
  private final Entries entries;
  private final Knocks knocks;

  Faces(RoomStore store, Outbox outbox, RoomViews views, Entries entries, Knocks knocks) {
    this.store = store;
    this.outbox = outbox;
    this.views = views;
    this.entries = entries;
    this.knocks = knocks;
  }

  /** What somebody wants to be another, checked as far as it can be without the room. */
  private record Wanted(
      Optional<RoomName> name,
      Optional<String> about,
      Optional<Integer> slow,
      Optional<History> history,
      Optional<Door> door) {
    static Wanted of(Update update) {
      Wanted wanted =
          new Wanted(
              update.name().map(RoomName::parse),
              update.description().map(Faces::description),
              update.slowMode().map(Faces::pause),
              update.history(),
              update.door());
      if (wanted.equals(NOTHING)) {
        throw Failure.invalid("name", "description, slowMode, history or join must be given");
      }
      return wanted;
    }
  }

  Future<RoomView> update(Update update) {
    Wanted wanted = Wanted.of(update);
    Caller caller = update.caller();
    return store
        .change(
            update.room(), caller.user(), caller.user(), locked -> decide(locked, caller, wanted))
        .compose(done -> outbox.flush(update.room().log()))
        .compose(
            done -> wanted.door.isPresent() ? knocks.tell(update.room()) : Future.succeededFuture())
        .compose(done -> views.one(caller, update.room()));
  }

  /** What does not change leaves no entry; each that does has a version of its own. */
  private Optional<Change> decide(Locked locked, Caller caller, Wanted wanted) {
    Membership actor = Permits.permitted(locked, Action.UPDATE);
    wanted.slow.ifPresent(given -> Action.SLOW_DOWN.require(actor.role()));
    Room before = locked.room();
    Room after =
        before.called(wanted.name.orElse(before.name()), wanted.about.orElse(before.description()));
    List<Owed> owed = new ArrayList<>();
    long version = before.version();
    if (!after.name().equals(before.name())) {
      owed.add(entries.renamed(after, actor, caller, ++version));
    }
    if (!after.description().equals(before.description())) {
      owed.add(entries.described(after, actor, caller, ++version));
    }
    if (wanted.slow.filter(seconds -> seconds != before.rules().slowSeconds()).isPresent()) {
      after = after.under(new Rules(before.rules().archived(), wanted.slow.get(), ++version));
      owed.add(entries.ruled(after, Entries.SLOW_MODE, actor, caller));
    }
    after = after.on(terms(before, wanted, actor));
    owed.addAll(told(before, after, actor, caller, version));
    return owed.isEmpty() ? Optional.empty() : Optional.of(Change.appearing(after, owed));
  }

  private static Terms terms(Room before, Wanted wanted, Membership actor) {
    if (wanted.history.isPresent() || wanted.door.isPresent()) {
      Action.TERMS.require(actor.role());
    }
    Door door = wanted.door.orElse(before.terms().door());
    fitting(before.type(), door);
    return new Terms(wanted.history.orElse(before.terms().history()), door);
  }

  /** Fails INVALID: nobody asks to be let into a room of which they know nothing. */
  static void fitting(RoomType type, Door door) {
    if (door != Door.OPEN && type != RoomType.PUBLIC) {
      throw Failure.invalid("join", "can be request for public rooms only");
    }
  }

  /**
   * An opened history comes last: owners forget at it what they remember of everybody, and what an
   * entry after it says of its author is from before.
   */
  private List<Owed> told(Room before, Room after, Membership actor, Caller caller, long version) {
    List<Owed> owed = new ArrayList<>();
    long next = version;
    if (after.terms().door() != before.terms().door()) {
      owed.add(entries.opened(after, actor, caller, ++next));
    }
    if (after.terms().history() != before.terms().history()) {
      owed.add(entries.remembering(after, actor, caller, ++next));
    }
    return owed;
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
