import type { Person, Role } from '../client/protocol';

/** What happens to a room, or to people in it. */
export const NOTICE_KINDS = [
  'create',
  'join',
  'leave',
  'kick',
  'ban',
  'unban',
  'mute',
  'unmute',
  'role',
  'rename',
  'topic',
  'slowmode',
  'history',
  'door',
  'archive',
  'unarchive',
  'end',
  'pin',
] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Something that happened to the room. */
export interface Notice {
  is: 'notice';
  seq: number;
  at: number;
  kind: NoticeKind;
  author: Person | undefined;
  subject: Person | undefined;
  /** The message it is about. */
  target?: number | undefined;
  /** What somebody has become. */
  role?: Role | undefined;
  /** What the room is called, or is about, from here on. */
  text?: string | undefined;
  /** When it ends by itself. */
  until?: number | undefined;
  /** Whether what was said before, or the door, is open from here on. */
  open?: boolean | undefined;
  /** How long people wait between two messages from here on. */
  seconds?: number | undefined;
}
