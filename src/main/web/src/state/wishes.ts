import { serverNow } from '../client/clock';
import type {
  Asked,
  Door,
  Membership,
  Notify,
  RoomHistory,
  Wishes,
  WishesTold,
} from '../client/membership';
import type { Entry, RoomView } from '../client/protocol';
import { mentions, unread } from './reading';
import { moderates } from './rights';
import type { RoomState } from './room';

/** How one wants to have a room, and on which terms people come into it. */
export interface Terms {
  favourite: boolean;
  notifications: Notify;
  /** Until when one is told of mentions at most; epoch milliseconds. */
  snoozedUntil: number | undefined;
  hidden: boolean;
  /** The first position that one may read; nothing if that is all. */
  since: number | undefined;
  history: RoomHistory;
  join: Door | 'invite';
  /** What one has asked for, who is no member. */
  asked: Asked | undefined;
  /** How many ask to be let in, where that is one's own to know. */
  requests: number;
}

/** What the server says of it. */
export function termsOf(view: RoomView): Terms {
  const own = view.membership;
  return {
    ...wished(own?.settings ?? { favourite: false, notifications: 'all' }),
    hidden: own?.settings?.hidden ?? false,
    since: own?.since,
    history: view.history ?? 'all',
    join: view.join ?? (view.type === 'public' ? 'open' : 'invite'),
    asked: view.asked,
    requests: view.requests ?? 0,
  };
}

/** How one wants to have a room, as it is told. */
function wished({
  favourite,
  notifications,
  snoozedUntil,
}: Omit<Wishes, 'hidden'>): Pick<Terms, 'favourite' | 'notifications' | 'snoozedUntil'> {
  const until = Date.parse(snoozedUntil ?? '');
  return { favourite, notifications, snoozedUntil: until > serverNow() ? until : undefined };
}

/**
 * A room after another device has said how one wants to have it. That it was put away does not count by itself: what
 * has come since may have brought it back, which only the server knows.
 */
export function wishedElsewhere(room: RoomState, { hidden, ...told }: WishesTold): RoomState {
  return { ...room, ...wished(told), hidden: hidden === false ? false : room.hidden };
}

/** Whether a room that is put away, as the server says at a head, still is, after what is known to have come later. */
export function stillHidden(room: RoomState, terms: Terms, own: Membership | undefined): boolean {
  if (!terms.hidden || own === undefined) return false;
  const more = Math.max(room.n, room.hinted) > own.n;
  const called = room.mentioned.some((seq) => seq > own.head);
  return !(more && !quiet(terms)) && !called;
}

type Wanted = Pick<RoomState, 'notifications' | 'snoozedUntil'>;

/** Whether messages that mention nobody are none of which one wants to be told. */
export function quiet({ notifications, snoozedUntil = 0 }: Wanted, now = serverNow()): boolean {
  return notifications !== 'all' || snoozedUntil > now;
}

/** The number that a room shows: none where one does not want to be told. */
export function counted(room: RoomState): number {
  return quiet(room) ? 0 : unread(room);
}

/**
 * What a room adds to the sum of all, beside its threads. One that is put away adds nothing: what is to be counted brings
 * it back.
 */
export function summed(room: RoomState): number {
  return room.hidden ? 0 : heard(room, { unread: unread(room), mentions: mentions(room) });
}

/** What one wants to hear of in a room: in one that is quiet mentions, in one that is mute nothing. */
export function heard(room: Wanted, counts: { unread: number; mentions: number }): number {
  if (room.notifications === 'none') return 0;
  return quiet(room) ? counts.mentions : counts.unread;
}

/** A room that was put away comes back with what one wants to be told of. */
export function woken(before: RoomState, now: RoomState): RoomState {
  if (!now.hidden) return now;
  const more = Math.max(now.n, now.hinted) > Math.max(before.n, before.hinted);
  const called = now.mentioned.some((seq) => !before.mentioned.includes(seq));
  return (more && !quiet(now)) || called ? { ...now, hidden: false } : now;
}

/** Whether one decides about those who ask to be let in, as things are now. */
export function decides({ join, archived, role }: RoomState): boolean {
  return join === 'request' && !archived && moderates(role);
}

/** On which terms people come after an entry that says so. */
export function retermed(room: RoomState, entry: Entry): RoomState {
  const { history, join } = entry.body ?? {};
  if (entry.kind === 'history') {
    const open = history !== 'since-join';
    // What was said before is there to be read now.
    const older = open && room.since !== undefined;
    return {
      ...room,
      history: open ? 'all' : 'since-join',
      since: open ? undefined : room.since,
      timeline: older ? { ...room.timeline, older: true } : room.timeline,
    };
  }
  return entry.kind === 'door' ? { ...room, join: join === 'request' ? 'request' : 'open' } : room;
}

/** Those that are not archived first, favourites before others, the liveliest before the rest. */
export function inOrder(a: RoomState, b: RoomState): number {
  return (
    Number(a.archived) - Number(b.archived) ||
    Number(b.favourite) - Number(a.favourite) ||
    b.at - a.at
  );
}
