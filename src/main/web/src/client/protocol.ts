/**
 * What goes over the wire: the frames of the event-bus bridge protocol, the entries of logs, and the commands with their
 * arguments and answers.
 */

import type { ActsCommands } from './acts';
import type { Asked, Door, Membership, MembershipCommands, RoomHistory } from './membership';
import type { ModerationCommands } from './moderation';
import type { PeopleCommands } from './people';
import type { PickCommands } from './picks';
import type { PresenceCommands } from './presence';
import type { ReadingCommands } from './reading';
import type { SearchCommands } from './search';
import type { ThreadCommands } from './threads';

export interface Person {
  id: string;
  name: string;
  username?: string;
}

/** A durable change of a log: it has a place (`seq`) and a way to come back to it (`cursor`). */
export interface Entry {
  kind: string;
  room?: string;
  user?: string;
  seq: number;
  cursor: string;
  n?: number;
  id?: string;
  cid?: string;
  at: string;
  author?: Person;
  target?: number;
  /** The message in whose thread this one stands. */
  thread?: number;
  state?: State;
  body?: Record<string, unknown>;
}

/** The missed entries are sent; from here on everything is live. */
export interface Ready {
  kind: 'ready';
  head: number;
  cursor: string;
  complete: boolean;
  reset?: boolean;
}

/** An emoji at a message. */
export interface Reaction {
  emoji: string;
  count: number;
  mine: boolean;
}

/** What has become of a message; all changes up to `rev` are in it. */
export interface State {
  rev: number;
  editedAt?: string;
  deleted?: boolean;
  /** The place of the entry that pinned it, when, and by whom. */
  pinned?: { seq: number; at: string; by: string };
  reactions?: Reaction[];
  /** How many messages stand in its thread, which is the newest, and since when. */
  thread?: { replies: number; last: number; at: string };
}

/** Stands where the store has no entry. */
export interface Void {
  kind: 'void';
  seq: number;
}

/** Who is typing; may be lost. */
export interface Typing {
  kind: 'typing';
  users: string[];
}

export interface Head {
  seq: number;
  n: number;
  cursor: string;
}

/** A room has a new head; may be lost. */
export interface HeadHint {
  room: string;
  head: number;
  n: number;
  at: string;
  /** Where one is mentioned by what is new. */
  mentions?: number[];
}

/** How far a device of the same person has read; may be lost. */
export interface ReadOn {
  room: string;
  seq: number;
  head: number;
  /** Countable messages up to the head, and those of others among them after the position read. */
  n: number;
  unread: number;
  mentions?: number;
  /** How often the room was marked unread by then. */
  marks?: number;
}

export type RoomType = 'public' | 'private' | 'direct';
export type Role = 'owner' | 'admin' | 'moderator' | 'member' | 'readonly';

export type { Membership } from './membership';

export interface RoomView {
  id: string;
  name: string;
  description: string;
  type: RoomType;
  createdAt: string;
  memberCount: number;
  peer?: string;
  /** Whether it is only read any more. */
  archived?: boolean;
  /** How many seconds those below moderator wait between two messages. */
  slowMode?: number;
  /** What those who come may read of what was said before. */
  history?: RoomHistory;
  join?: Door | 'invite';
  asked?: Asked;
  /** How many ask to be let in, for those who may let them in. */
  requests?: number;
  membership?: Membership;
  /** The newest message, for members. */
  last?: Entry;
}

export interface Member extends Person {
  role: Role;
  joinedAt: string;
  mutedUntil?: string;
}

export interface History {
  entries: Entry[];
  older: boolean;
  newer: boolean;
  asOf: Head;
}

export interface Sync {
  entries: Entry[];
  more: boolean;
  reset: boolean;
  next?: string;
  head: Head;
}

export interface Posted {
  room: string;
  seq: number;
  n: number;
  at: string;
  cursor: string;
  id: string;
  cid: string;
  duplicate: boolean;
}

export interface Post {
  room: string;
  cid: string;
  text: string;
  replyTo?: number;
  thread?: number;
  mentions?: string[];
  /** Everybody in the room. */
  mentionsRoom?: boolean;
}

/** What the server tells when a socket has said who it is. Unknown limits are left alone. */
export interface Opened {
  user?: Person | string;
  session?: string;
  expiresAt?: string;
  limits?: Record<string, unknown>;
  server?: { mails?: boolean };
}

export interface Room {
  room: string;
}

export interface Target extends Room {
  target: number;
}

/** Where one is signed in. */
export interface Device {
  id: string;
  /** What it calls itself: the user agent of a browser. */
  device: string;
  /** Where it was last used from; empty when nobody knows. */
  address: string;
  createdAt: string;
  usedAt: string;
  expiresAt: string;
  current: boolean;
}

/** The closed table of commands: arguments and answers. */
export interface Commands
  extends
    ActsCommands,
    PeopleCommands,
    PickCommands,
    MembershipCommands,
    ModerationCommands,
    PresenceCommands,
    ReadingCommands,
    SearchCommands,
    ThreadCommands {
  'session.open': [{ token: string }, Opened];
  'session.renew': [{ token: string }, Opened];
  'messages.post': [Post, Posted];
  'messages.history': [
    Room & { before?: number; after?: number; around?: number; limit?: number },
    History,
  ];
  'messages.sync': [Room & { cursor: string; limit?: number }, Sync];
  'rooms.list': [
    { discover?: boolean; query?: string; after?: string; limit?: number },
    { rooms: RoomView[]; next?: string },
  ];
  'rooms.get': [Room, RoomView];
  'rooms.join': [Room, RoomView];
  'rooms.leave': [Room, object];
  'rooms.members': [
    Room & { after?: string | undefined; limit?: number },
    { members: Member[]; next?: string },
  ];
  'rooms.add': [Room & { user: string }, object];
  'rooms.remove': [Room & { user: string }, object];
  'rooms.role': [Room & { user: string; role: Role }, object];
  'rooms.direct': [{ user: string }, RoomView];
  'sessions.list': [object, { sessions: Device[] }];
  'sessions.revoke': [{ session: string }, object];
  'sessions.revokeAll': [{ keepCurrent?: boolean }, { count: number }];
}

export type CommandName = keyof Commands;

/** What the client sends. */
export type Outgoing =
  | { type: 'ping' }
  | { type: 'send'; address: string; replyAddress: string; body: object }
  | { type: 'register'; address: string; headers: { cursor?: string } }
  | { type: 'unregister'; address: string; headers: object };

/** What the server sends. */
export interface Incoming {
  type: string;
  address?: string;
  body?: unknown;
  failureCode?: number;
  message?: string;
}

/** Reads a frame; nothing when it is not one. */
export function readFrame(text: string): Incoming | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null && 'type' in frame
      ? (frame as Incoming)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Why the server closes a socket. */
export const CLOSE = {
  PROTOCOL: 4400,
  UNAUTHENTICATED: 4401,
  REVOKED: 4403,
  SLOW: 4408,
  TOO_MANY: 4429,
  DRAINING: 4503,
  DEAD: 4508,
} as const;
