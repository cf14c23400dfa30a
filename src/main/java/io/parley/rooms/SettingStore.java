package io.parley.rooms;

import io.parley.rooms.ReaderStore.Reader;
import io.parley.rooms.RoomStore.Owed;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;

/** What is remembered of how people want to have their rooms. */
public interface SettingStore {

  /**
   * What a rule sees: how a member has a room, and how many favourites they have.
   *
   * @param favourites counted only where one more is asked for
   */
  record Held(Settings settings, int favourites) {}

  /** What a rule decided, and the entry that says so. */
  record Chosen(Settings settings, Owed told) {}

  /**
   * Locks how a member has a room, lets the rule decide and keeps what it says, in one transaction.
   * What one person asks for at once is done one after the other.
   *
   * @param counting whether the rule wants to know how many favourites they have
   * @param rule sees nothing where they are no member; empty changes nothing, and what it throws is
   *     what the future fails with. Fails UNAVAILABLE when the store cannot be reached
   */
  Future<Void> choose(
      Reader reader, boolean counting, Function<Optional<Held>, Optional<Chosen>> rule);
}
