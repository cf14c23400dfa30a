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
  'archive',
  'unarchive',
] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];
