import type { Contact } from '../client/people';
import { fit, folded } from './folding';
import { mentions, unread, type RoomState } from './room';

/** Somewhere to go: a room, or somebody with whom there is none yet. */
export interface Destination {
  id: string;
  name: string;
  /** What else it is called. */
  also: string | undefined;
  /** Nothing for somebody with whom there is no room yet. */
  room: RoomState | undefined;
}

const SHOWN = 30;

/** One's rooms, the liveliest first, and after them those of one's contacts who have none with one. */
export function destinations(
  rooms: readonly RoomState[],
  contacts: readonly Contact[],
): Destination[] {
  const called = new Map(contacts.map(({ id, contactName }) => [id, contactName]));
  const joined = rooms.filter(({ role }) => role !== undefined);
  const met = new Set(joined.map(({ peer }) => peer));
  return [
    ...joined.map((room) => ({
      id: room.id,
      name: room.name,
      also: called.get(room.peer ?? ''),
      room,
    })),
    ...contacts
      .filter(({ id }) => !met.has(id))
      .map(({ id, name, username, contactName }) => ({
        id,
        name: contactName ?? name,
        also: contactName === undefined ? username : name,
        room: undefined,
      })),
  ];
}

/**
 * Those that are called so, the best fit first. What is new goes first among equals, and so it does where nothing is
 * asked for; then where one is already goes last, and nobody is proposed.
 */
export function ranked(
  all: readonly Destination[],
  query: string,
  here: string | undefined,
): Destination[] {
  const wanted = folded(query);
  return all
    .flatMap((one, index) => {
      const rank = wanted === '' ? idle(one, here) : best(one, wanted);
      return rank === undefined ? [] : [{ one, rank, news: news(one), index }];
    })
    .sort((a, b) => a.rank - b.rank || b.news - a.news || a.index - b.index)
    .slice(0, SHOWN)
    .map(({ one }) => one);
}

function idle({ id, room }: Destination, here: string | undefined): number | undefined {
  if (!room) return undefined;
  return id === here ? 1 : 0;
}

function best({ name, also }: Destination, wanted: string): number | undefined {
  const fits = [name, also ?? '']
    .map((text) => fit(folded(text), wanted))
    .filter((rank) => rank !== undefined);
  return fits.length === 0 ? undefined : Math.min(...fits);
}

/** Mentions before what is merely unread. */
function news({ room }: Destination): number {
  if (!room) return 0;
  return mentions(room) > 0 ? 2 : unread(room) > 0 ? 1 : 0;
}
