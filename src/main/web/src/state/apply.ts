import type { Entry, Person, Reaction, Ready } from '../client/protocol';
import { NOTICE_KINDS, type Notice, type NoticeKind } from './notices';
import {
  called,
  EMPTY,
  mentionsOne,
  NO_QUOTES,
  message,
  redescribed,
  roleOf,
  time,
  uncalled,
  woken,
  type Item,
  type Message,
  type RoomState,
} from './room';

/** What became of an entry: taken, known already, or impossible to take because one before it is missing. */
export interface Applied {
  room: RoomState;
  outcome: 'applied' | 'known' | 'gap';
}

const RECENT = 500;
const MUTATING = ['edit', 'delete', 'react', 'unreact', 'pin', 'unpin'] as const;
const MUTATIONS = new Set<string>(MUTATING);
const NOTICES = new Set<string>(NOTICE_KINDS);
/** What changes a list of pinned messages; who reacts changes nothing that it shows. */
const SHOWN_OF_PINS = new Set(['edit', 'delete', 'pin', 'unpin']);

/** The kinds of entries that change what is shown of a room. */
export type Kind = 'message' | (typeof MUTATING)[number] | NoticeKind;

/**
 * A room after an entry of its log. Applying an entry again changes nothing, kinds that are not known move only the
 * position, and an entry that leaves one out is not applied.
 */
export function apply(room: RoomState, entry: Entry, me: string): Applied {
  if (entry.seq <= room.seq) {
    return { room, outcome: 'known' };
  }
  if (entry.seq > room.seq + 1) {
    return { room, outcome: 'gap' };
  }
  const moved: RoomState = {
    ...room,
    seq: entry.seq,
    cursor: entry.cursor,
    n: Math.max(room.n, entry.n ?? 0),
    waitingTo: Math.max(room.waitingTo, entry.seq),
    missing: room.missing === undefined ? undefined : Math.max(0, room.missing - 1),
    recent: [...room.recent.slice(-RECENT + 1), entry],
  };
  // What the server told of the room may have counted this one already.
  const uncounted = entry.seq > room.waitingTo;
  return { room: woken(room, take(moved, entry, me, uncounted)), outcome: 'applied' };
}

/** A number of the log that has no entry. */
export function skip(room: RoomState, seq: number): RoomState {
  return seq === room.seq + 1 ? { ...room, seq } : room;
}

/** The server has sent what was missed: all of it, or `complete: false`, or `reset`, when it does not fit any more. */
export function ready(room: RoomState, told: Ready): RoomState {
  if (told.reset) {
    return {
      ...room,
      seq: told.head,
      cursor: told.cursor,
      missing: undefined,
      timeline: EMPTY,
      recent: [],
      quoted: NO_QUOTES,
    };
  }
  if (!told.complete) {
    return { ...room, missing: Math.max(0, told.head - room.seq) };
  }
  // What lies between was not for this reader, such as the time before they came.
  const ahead = told.head > room.seq;
  return {
    ...room,
    seq: ahead ? told.head : room.seq,
    cursor: ahead ? told.cursor : (room.cursor ?? told.cursor),
    missing: undefined,
  };
}

function take(room: RoomState, entry: Entry, me: string, uncounted: boolean): RoomState {
  const at = Math.max(room.at, time(entry.at));
  if (entry.kind === 'message') {
    const said = message(entry);
    // What stands in a thread calls whom it mentions there.
    if (said.thread !== undefined) {
      return { ...mutated(room, entry, me), at };
    }
    const heard = mentionsOne(said, me) ? { mentioned: called(room, [said.seq]).mentioned } : {};
    return {
      ...room,
      at,
      last: said,
      waiting: room.waiting + (uncounted && said.author.id !== me ? 1 : 0),
      timeline: appended(room, said),
      ...heard,
    };
  }
  if (MUTATIONS.has(entry.kind)) {
    const changed = mutated(room, entry, me);
    return entry.kind === 'pin'
      ? { ...changed, at, timeline: appended(changed, notice(entry)) }
      : changed;
  }
  if (NOTICES.has(entry.kind)) {
    const item = notice(entry);
    const now = membership(room, entry, me);
    return { ...now, at, timeline: appended(now, item) };
  }
  return room;
}

function membership(room: RoomState, entry: Entry, me: string): RoomState {
  const subject = subjectOf(entry);
  if (entry.kind === 'join') {
    const own = subject?.id === me && room.role === undefined;
    return { ...redescribed(room, entry, me), role: own ? 'member' : room.role };
  }
  const expelled = entry.kind === 'ban' && entry.body?.member === true;
  if (entry.kind === 'leave' || entry.kind === 'kick' || expelled) {
    const gone = subject?.id === me;
    return { ...redescribed(room, entry, me), role: gone ? undefined : room.role };
  }
  return redescribed(room, entry, me);
}

function appended(room: RoomState, item: Item): RoomState['timeline'] {
  const { timeline } = room;
  const newest = timeline.items.at(-1);
  if (timeline.status !== 'loaded' || timeline.newer || (newest && newest.seq >= item.seq)) {
    return timeline;
  }
  return { ...timeline, items: [...timeline.items, item] };
}

/** The message that an entry changes: what stands in a thread makes its first message have one more. */
export function targetOf(entry: Entry): number | undefined {
  return entry.target ?? entry.thread;
}

function mutated(room: RoomState, entry: Entry, me: string): RoomState {
  const { last, timeline } = room;
  const target = targetOf(entry) ?? 0;
  const quote = room.quoted.get(target);
  const index = indexOf(timeline.items, target);
  const found = timeline.items[index];
  const items =
    found?.is === 'message' ? timeline.items.with(index, mutate(found, entry, me)) : timeline.items;
  const known = found?.is === 'message' ? found : undefined;
  const now = items[index];
  return {
    ...recalled(room, known, now?.is === 'message' ? now : undefined, me),
    pinsAt: SHOWN_OF_PINS.has(entry.kind) ? entry.seq : room.pinsAt,
    quoted: quote ? new Map(room.quoted).set(quote.seq, mutate(quote, entry, me)) : room.quoted,
    last: last?.seq === target ? mutate(last, entry, me) : last,
    timeline: { ...timeline, items },
  };
}

/** A message that reads differently now may mention one, or no longer. */
function recalled(
  room: RoomState,
  before: Message | undefined,
  now: Message | undefined,
  me: string,
): RoomState {
  if (!before || !now || mentionsOne(before, me) === mentionsOne(now, me)) {
    return room;
  }
  return mentionsOne(now, me)
    ? { ...room, mentions: room.mentions + (now.seq > room.read ? 1 : 0) }
    : uncalled(room, now.seq);
}

/** A message after a change of it; one that is older than the message's state changes nothing. */
export function mutate(said: Message, entry: Entry, me: string): Message {
  if (targetOf(entry) !== said.seq || entry.seq <= said.rev) {
    return said;
  }
  if (entry.thread !== undefined) {
    const replies = { count: (said.replies?.count ?? 0) + 1, at: time(entry.at) };
    return { ...said, replies, rev: entry.seq };
  }
  if (said.deleted) {
    return said;
  }
  if (entry.kind === 'delete') {
    return { ...emptied(said), rev: entry.seq };
  }
  if (entry.kind === 'pin' || entry.kind === 'unpin') {
    return { ...said, pinned: entry.kind === 'pin' ? entry.seq : undefined, rev: entry.seq };
  }
  const emoji = entry.body?.emoji;
  if (typeof emoji === 'string') {
    const given = entry.kind === 'react' ? 1 : -1;
    const reactions = reacted(said.reactions, emoji, given, entry.author?.id === me);
    return { ...said, reactions, rev: entry.seq };
  }
  if (entry.kind !== 'edit' || typeof entry.body?.text !== 'string') {
    return said;
  }
  const { text, mentions, everybody } = message(entry);
  return { ...said, text, mentions, everybody, edited: true, rev: entry.seq };
}

/** What is left of a message that was deleted. */
export function emptied(said: Message): Message {
  return {
    ...said,
    text: '',
    deleted: true,
    edited: false,
    forwarded: undefined,
    pinned: undefined,
    reactions: [],
    mentions: [],
    everybody: false,
  };
}

/** Each emoji comes once from each person; the server sees to that. */
export function reacted(
  reactions: readonly Reaction[],
  emoji: string,
  given: 1 | -1,
  own: boolean,
): readonly Reaction[] {
  const known = reactions.some((one) => one.emoji === emoji);
  const all = known ? reactions : [...reactions, { emoji, count: 0, mine: false }];
  return all
    .map((one) =>
      one.emoji === emoji
        ? { emoji, count: one.count + given, mine: own ? given > 0 : one.mine }
        : one,
    )
    .filter((one) => one.count > 0);
}

/** The visible form of an entry in a page of history; nothing for kinds without one, and for what stands in a thread. */
export function item(entry: Entry, asOf: number): Item | undefined {
  if (entry.kind === 'message') {
    return entry.thread === undefined ? message(entry, Math.max(asOf, entry.seq)) : undefined;
  }
  return NOTICES.has(entry.kind) ? notice(entry) : undefined;
}

function notice(entry: Entry): Item {
  const { name, description, role, until, seconds, history, join } = entry.body ?? {};
  const terms = entry.kind === 'history' || entry.kind === 'door';
  const text = entry.kind === 'rename' ? name : entry.kind === 'topic' ? description : undefined;
  return {
    is: 'notice',
    seq: entry.seq,
    at: time(entry.at),
    kind: entry.kind as Notice['kind'],
    author: entry.author,
    subject: subjectOf(entry),
    ...(entry.kind === 'pin' ? { target: entry.target } : {}),
    ...(entry.kind === 'role' ? { role: roleOf(role) } : {}),
    ...(terms ? { open: history !== 'since-join' && join !== 'request' } : {}),
    ...(typeof text === 'string' ? { text } : {}),
    ...(typeof until === 'string' ? { until: time(until) } : {}),
    ...(typeof seconds === 'number' ? { seconds } : {}),
  };
}

function subjectOf(entry: Entry): Person | undefined {
  return (entry.body?.user as Person | undefined) ?? entry.author;
}

/** Where the item of a position is; -1 when it is not at hand. */
export function indexOf(items: readonly Item[], seq: number): number {
  let low = 0;
  let high = items.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = items[middle]?.seq ?? 0;
    if (at === seq) return middle;
    if (at < seq) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
