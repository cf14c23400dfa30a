import type { Entry, Person, Reaction, Role, RoomType, RoomView } from '../client/protocol';
import type { Notice } from './notices';
import { countedAt } from './reading';
import { ROLES } from './rights';
import { retermed, stillHidden, termsOf, type Terms } from './wishes';

export * from './reading';
export * from './wishes';

/** Something somebody said. */
export interface Message {
  is: 'message';
  seq: number;
  n: number;
  id: string;
  cid: string;
  at: number;
  author: Person;
  text: string;
  replyTo: number | undefined;
  /** The first message of the thread that it stands in. */
  thread: number | undefined;
  /** How many stand in its own thread, and when the last of them came. */
  replies: { count: number; at: number } | undefined;
  /** Who said it first, where it was said elsewhere. */
  forwarded: Person | undefined;
  /** The place of its pin, while it is pinned. */
  pinned: number | undefined;
  /** Whom it mentions. */
  mentions: readonly string[];
  /** It mentions everybody in the room. */
  everybody: boolean;
  edited: boolean;
  deleted: boolean;
  reactions: readonly Reaction[];
  /** The last position applied to it. */
  rev: number;
}

export type Item = Message | Notice;

/** The part of a room's log that is at hand: without holes, oldest first. */
export interface Timeline {
  status: 'empty' | 'loading' | 'loaded';
  items: readonly Item[];
  older: boolean;
  newer: boolean;
}

/** A room as far as this client knows it. */
export interface RoomState extends Terms {
  id: string;
  name: string;
  description: string;
  type: RoomType;
  peer: string | undefined;
  memberCount: number;
  /** Nothing for those who are not members. */
  role: Role | undefined;
  /** Whether it is only read any more. */
  archived: boolean;
  /** How many seconds those below moderator wait between two messages. */
  slowMode: number;
  /** When one may write again; nothing if one may. */
  mutedUntil: number | undefined;
  /** Where somebody last became something else, or was muted, as far as it was heard. */
  rolesAt: number;
  /** Where a pin was last given or taken, or a message changed that may have one. */
  pinsAt: number;
  /** Messages that others answer, as they are now, where the timeline has not got them; nothing for those that are gone. */
  quoted: ReadonlyMap<number, Message | undefined>;
  /** The last entry applied; everything before is too. */
  seq: number;
  cursor: string | undefined;
  /** Countable messages up to there. */
  n: number;
  /** Messages of others after the position read, up to a position that may be ahead of what was applied. */
  waiting: number;
  waitingTo: number;
  /** The position up to which everything is read. */
  read: number;
  /** The same, as far as another device of the same person went last. */
  readElsewhere: number | undefined;
  /** How often one has marked the room unread, on whatever device. */
  marks: number;
  /** Messages after the position read that mention one, up to a position, and places of others after that one. */
  mentions: number;
  mentionsTo: number;
  mentioned: readonly number[];
  /** Countable messages that there are by hearsay; more than `n` while they have not come here. */
  hinted: number;
  /** When something last happened, epoch milliseconds. */
  at: number;
  last: Message | undefined;
  /** Entries still missing after an absence; nothing when all are here. */
  missing: number | undefined;
  timeline: Timeline;
  /** The newest live entries, for pages that were read before them. */
  recent: readonly Entry[];
}

export const NO_QUOTES: ReadonlyMap<number, Message | undefined> = new Map();

export const EMPTY: Timeline = { status: 'empty', items: [], older: false, newer: false };

/** A room from the server's description of it. */
export function fromView(view: RoomView, me: string): RoomState {
  const own = view.membership;
  const bare: RoomState = {
    id: view.id,
    name: view.name,
    description: view.description,
    type: view.type,
    peer: view.peer,
    memberCount: view.memberCount,
    role: own?.role,
    ...held(view),
    ...termsOf(view),
    rolesAt: 0,
    pinsAt: 0,
    quoted: NO_QUOTES,
    seq: own?.head ?? 0,
    cursor: own?.cursor,
    n: own?.n ?? 0,
    waiting: 0,
    waitingTo: 0,
    read: own?.read ?? 0,
    readElsewhere: undefined,
    marks: own?.marks ?? 0,
    mentions: 0,
    mentionsTo: 0,
    mentioned: [],
    hinted: 0,
    at: time(own?.at ?? view.createdAt),
    last: undefined,
    missing: undefined,
    timeline: EMPTY,
    recent: [],
  };
  return withView(bare, view, me);
}

/** What the server says about a room now, under what has been heard since. */
export function withView(room: RoomState, view: RoomView, me: string): RoomState {
  const own = view.membership;
  const last = view.last && message(view.last);
  const terms = termsOf(view);
  const next: RoomState = {
    ...room,
    name: view.name,
    description: view.description,
    memberCount: view.memberCount,
    peer: view.peer,
    role: own?.role,
    ...held(view),
    ...terms,
    hidden: stillHidden(room, terms, own),
    last: last && newer(last, room.last) ? last : room.last,
  };
  if (!own) {
    return next;
  }
  // What the log has told counts more than a view that may have been read before it.
  const later =
    room.seq < own.head
      ? next
      : room.recent.reduce((told, entry) => redescribed(told, entry, me), next);
  const marks = own.marks ?? 0;
  const known = {
    ...later,
    n: Math.max(room.n, own.n),
    at: Math.max(room.at, time(own.at)),
  };
  // What was read here, or marked unread, counts until the server has heard of it.
  if (marks < room.marks) {
    return known;
  }
  const ahead = marks === room.marks && room.read > own.read;
  return ahead
    ? known
    : {
        ...known,
        marks,
        read: own.read,
        ...countedAt(room, own, me),
      };
}

/** What holds for everybody in a room, and for oneself until it ends. */
function held(view: RoomView): Pick<RoomState, 'archived' | 'slowMode' | 'mutedUntil'> {
  const until = view.membership?.mutedUntil;
  return {
    archived: view.archived === true,
    slowMode: view.slowMode ?? 0,
    mutedUntil: until === undefined ? undefined : time(until),
  };
}

/** A room after an entry that says what it is called or about, what holds in it, or what one is there. */
export function redescribed(room: RoomState, entry: Entry, me: string): RoomState {
  const { name, description, role, user, seconds, until, members } = entry.body ?? {};
  const concerned = (user as Person | undefined)?.id === me && room.role !== undefined;
  switch (entry.kind) {
    case 'join':
    case 'leave':
    case 'kick':
    case 'ban':
      // Counting along would go wrong: a view may have counted what is heard only now.
      return typeof members === 'number' ? { ...room, memberCount: members } : room;
    case 'rename':
      return typeof name === 'string' ? { ...room, name } : room;
    case 'topic':
      return typeof description === 'string' ? { ...room, description } : room;
    case 'role':
      return {
        ...room,
        rolesAt: entry.seq,
        role: concerned ? (roleOf(role) ?? room.role) : room.role,
      };
    case 'mute':
    case 'unmute': {
      const ends = typeof until === 'string' ? time(until) : undefined;
      return { ...room, rolesAt: entry.seq, mutedUntil: concerned ? ends : room.mutedUntil };
    }
    case 'slowmode':
      return { ...room, slowMode: typeof seconds === 'number' ? seconds : 0 };
    case 'archive':
    case 'unarchive':
      return { ...room, archived: entry.kind === 'archive' };
    case 'history':
    case 'door':
      return retermed(room, entry);
    default:
      return room;
  }
}

/** A role of the wire; nothing for one of tomorrow. */
export function roleOf(word: unknown): Role | undefined {
  return ROLES.find((role) => role === word);
}

/** A view may have been read before what has come live. */
function newer(last: Message, known: Message | undefined): boolean {
  return !known || last.seq > known.seq || (last.seq === known.seq && last.rev >= known.rev);
}

const NONE: readonly Reaction[] = [];
const NOBODY: readonly string[] = [];

/** The message that an entry carries, in its present state. */
export function message(entry: Entry, rev = entry.seq): Message {
  const { body = {}, state } = entry;
  const deleted = body.deleted === true || typeof body.text !== 'string';
  const { author: first } = (body.forwarded ?? {}) as { author?: Person };
  return {
    is: 'message',
    seq: entry.seq,
    n: entry.n ?? 0,
    id: entry.id ?? String(entry.seq),
    cid: entry.cid ?? '',
    at: time(entry.at),
    author: entry.author ?? { id: '', name: '' },
    text: deleted ? '' : String(body.text),
    replyTo: typeof body.replyTo === 'number' ? body.replyTo : undefined,
    thread: entry.thread,
    replies: state?.thread && { count: state.thread.replies, at: time(state.thread.at) },
    forwarded: deleted ? undefined : first,
    pinned: state?.pinned?.seq,
    mentions: deleted || !Array.isArray(body.mentions) ? NOBODY : body.mentions.map(String),
    everybody: !deleted && body.mentionsRoom === true,
    edited: state?.editedAt !== undefined,
    deleted,
    reactions: state?.reactions ?? NONE,
    rev: Math.max(rev, state?.rev ?? 0),
  };
}

export function time(text: string): number {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? 0 : ms;
}
