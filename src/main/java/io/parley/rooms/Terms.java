package io.parley.rooms;

/**
 * On which terms people come into a room.
 *
 * @param history what they may read of what was said before
 * @param door how they come by themselves, where the room is public
 */
public record Terms(History history, Door door) {
  /** Those of a room of which nothing was said. */
  public static final Terms USUAL = new Terms(History.ALL, Door.OPEN);
}
