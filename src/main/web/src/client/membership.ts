import type { Role, RoomType, RoomView } from './protocol';

/** Of what in a room one wants to be told. */
export type Notify = 'all' | 'mentions' | 'none';

/** How one wants to have a room, as the server tells it. */
export interface Wishes {
  favourite: boolean;
  notifications: Notify;
  /** Until when one is told of mentions at most. */
  snoozedUntil?: string;
  /** It is put away, and nothing has brought it back. */
  hidden: boolean;
}

/** The same as another device has said it; what is absent of `hidden` is as it was. */
export type WishesTold = Omit<Wishes, 'hidden'> & { room: string; hidden?: boolean };

/** What somebody may read of what was said before they came. */
export type RoomHistory = 'all' | 'since-join';

/** How people come into a room by themselves. */
export type Door = 'open' | 'request';

/** What one has asked for who wants to be let in. */
export interface Asked {
  note: string;
  at: string;
  /** When it ends; of one that was refused, when one may ask again. */
  until: string;
  refused: boolean;
}

/** Somebody who asks to be let in. */
export interface JoinRequest {
  user: string;
  name: string;
  note: string;
  at: string;
  until: string;
}

/** What has become of what one has asked for. */
export interface RequestTold {
  room: string;
  name: string;
  outcome: 'asked' | 'withdrawn' | 'admitted' | 'refused';
  word?: string;
}

/** How many ask to be let in; may be lost. */
export interface RequestsTold {
  room: string;
  requests: number;
}

interface Someone {
  room: string;
  user: string;
}

/** On which terms people come. */
export interface RoomTerms {
  history?: RoomHistory;
  join?: Door;
}

/** What a room is made of. */
export type NewRoom = [name: string, description: string, type: RoomType, terms?: RoomTerms];

/** One's own place in a room. */
export interface Membership {
  role: Role;
  joinedAt: string;
  head: number;
  cursor: string;
  n: number;
  at: string;
  read: number;
  unread: number;
  /** When one may write again; absent if one may. */
  mutedUntil?: string;
  /** Messages after it that mention one. */
  mentions?: number;
  /** How often one has marked the room unread. */
  marks?: number;
  /** The first position that one may read; absent if that is all. */
  since?: number;
  settings?: Wishes;
}

/** Making rooms and saying what they are, how one wants to have them, and asking to be let in: arguments and answers. */
export interface MembershipCommands {
  'rooms.create': [{ name: string; description?: string; type?: RoomType } & RoomTerms, RoomView];
  'rooms.update': [
    { room: string; name?: string; description?: string; slowMode?: number } & RoomTerms,
    RoomView,
  ];
  'rooms.settings': [
    {
      room: string;
      favourite?: boolean;
      notifications?: Notify;
      snooze?: number;
      hidden?: boolean;
    },
    RoomView,
  ];
  'rooms.ask': [{ room: string; note?: string }, RoomView];
  'rooms.withdraw': [{ room: string }, object];
  'rooms.requests': [
    { room: string; after?: string | undefined; limit?: number },
    { requests: JoinRequest[]; next?: string },
  ];
  'rooms.admit': [Someone, object];
  'rooms.refuse': [Someone & { word?: string }, object];
}
