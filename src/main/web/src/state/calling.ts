import type { Calls } from '../client/people';
import type { Entry } from '../client/protocol';
import type { RoomState } from './room';
import { quiet } from './wishes';

/** What is older has been missed, and stands behind a badge. */
const FRESH_MS = 2 * 60_000;

/** How it is just now for whoever may be called. */
export interface Situation {
  me: string;
  /** What the account wants to be called for. */
  wants: Calls;
  /** Nobody wants to be disturbed. */
  resting: boolean;
  /** The room that is looked at in a tab in front, whichever. */
  looking: string | undefined;
  /** By the clock of the server. */
  now: number;
}

type Where = Pick<RoomState, 'id' | 'type' | 'read' | 'notifications' | 'snoozedUntil'>;

/** Whether a message calls somebody. */
export function calls(room: Where, entry: Entry, situation: Situation): boolean {
  const { me, resting, looking, now } = situation;
  if (entry.kind !== 'message' || entry.author === undefined || entry.author.id === me)
    return false;
  if (entry.state?.deleted === true || now - Date.parse(entry.at) > FRESH_MS) return false;
  if (resting || looking === room.id || entry.seq <= room.read) return false;
  const { wants } = situation;
  // What was chosen for the room asks for less than what was chosen for all, never for more.
  if (wants === 'nothing' || room.notifications === 'none') return false;
  if (mentions(entry, me)) return true;
  if (quiet(room, now)) return false;
  if (room.type === 'direct') return true;
  // What is said aside in a thread is not among what is unread either.
  return wants === 'all' && entry.thread === undefined;
}

function mentions({ body }: Entry, me: string): boolean {
  const named = body?.mentions;
  return body?.mentionsRoom === true || (Array.isArray(named) && named.includes(me));
}
