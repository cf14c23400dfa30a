import type { InviteCommands } from './invites';
import type { Person, RoomView } from './protocol';

/** Somebody who may not be in a room. */
export interface Banned extends Person {
  by: Person;
  bannedAt: string;
  /** When it ends by itself; absent for good. */
  until?: string;
  /** Empty when none was given. */
  reason: string;
}

interface Someone {
  room: string;
  user: string;
}

/** Keeping the peace in rooms, and leading people into them: arguments and answers. */
export interface ModerationCommands extends InviteCommands {
  'rooms.ban': [Someone & { reason?: string; seconds?: number }, object];
  'rooms.unban': [Someone, object];
  'rooms.bans': [
    { room: string; after?: string | undefined; limit?: number },
    { bans: Banned[]; next?: string },
  ];
  'rooms.mute': [Someone & { seconds: number }, object];
  'rooms.unmute': [Someone, object];
  'rooms.archive': [{ room: string }, RoomView];
  'rooms.unarchive': [{ room: string }, RoomView];
  'rooms.delete': [{ room: string }, object];
}
