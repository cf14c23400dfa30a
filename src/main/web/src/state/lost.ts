/** A room that one was removed from. */
export interface Lost {
  room: string;
  /** The page stays where it is, and tells what the room is to somebody from outside. */
  stays: boolean;
  /** What it was called, if there is no such room any more. */
  deleted: string | undefined;
}
