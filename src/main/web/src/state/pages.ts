import type { Entry, History } from '../client/protocol';
import { item, mutate, targetOf } from './apply';
import { EMPTY, type Item, type Message, type RoomState, type Timeline } from './room';

/** A page that opens a timeline: the newest, or the surroundings of a message. */
export function opened(room: RoomState, page: History, me: string): RoomState {
  const items = itemsOf(page, room, me);
  if (page.newer) {
    return shown(room, { status: 'loaded', items, older: page.older, newer: true });
  }
  const since = room.recent.filter((entry) => entry.seq > page.asOf.seq);
  const later = since.flatMap((entry) => item(entry, entry.seq) ?? []);
  // Entries that came while the page was under way belong after it, unless too many did.
  const joined = since.length === Math.max(0, room.seq - page.asOf.seq);
  return shown(room, {
    status: 'loaded',
    items: joined ? replay([...items, ...later], since, me) : items,
    older: page.older,
    newer: !joined,
  });
}

/** A page of what was before the timeline. */
export function before(room: RoomState, page: History, me: string): RoomState {
  const first = room.timeline.items[0]?.seq ?? Infinity;
  const fresh = itemsOf(page, room, me).filter((old) => old.seq < first);
  return shown(room, {
    ...room.timeline,
    items: [...fresh, ...room.timeline.items],
    older: page.older,
  });
}

/** A page of what comes after a timeline that does not reach the present. */
export function after(room: RoomState, page: History, me: string): RoomState {
  const last = room.timeline.items.at(-1)?.seq ?? 0;
  const fresh = itemsOf(page, room, me).filter((later) => later.seq > last);
  const items = [...room.timeline.items, ...fresh];
  if (page.newer) {
    return shown(room, { ...room.timeline, items });
  }
  const joined = opened({ ...room, timeline: EMPTY }, { ...page, entries: [] }, me);
  return shown(room, {
    ...room.timeline,
    items: [...items, ...joined.timeline.items],
    newer: joined.timeline.newer,
  });
}

/** The newest part of a timeline that reaches the present; the rest can be loaded again. */
export function trimmed(room: RoomState, keep: number): RoomState {
  const { timeline } = room;
  if (timeline.status !== 'loaded' || timeline.newer || timeline.items.length <= keep) {
    return room;
  }
  return shown(room, { ...timeline, items: timeline.items.slice(-keep), older: true });
}

function itemsOf(page: History, room: RoomState, me: string): Item[] {
  const items = page.entries.flatMap((entry) => item(entry, page.asOf.seq) ?? []);
  return replay(items, room.recent, me);
}

function replay(items: Item[], entries: readonly Entry[], me: string): Item[] {
  const changes = entries.filter((entry) => targetOf(entry) !== undefined);
  return changes.length === 0
    ? items
    : items.map((old) => (old.is === 'message' ? changes.reduce(by(me), old) : old));
}

function by(me: string): (said: Message, change: Entry) => Message {
  return (said, change) => mutate(said, change, me);
}

function shown(room: RoomState, timeline: Timeline): RoomState {
  const newest = timeline.newer
    ? undefined
    : timeline.items.findLast((some) => some.is === 'message');
  const last = newest && newest.seq >= (room.last?.seq ?? 0) ? newest : room.last;
  return { ...room, timeline, last };
}
