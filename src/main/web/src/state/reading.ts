import type { HeadHint, ReadOn } from '../client/protocol';
import type { Marked } from '../client/reading';
import type { Message, RoomState } from './room';

/** So many messages of others are unread at a head; what has come since is added, and what comes later. */
export function waitingAt(
  room: RoomState,
  unread: number,
  head: number,
  me: string,
): Pick<RoomState, 'waiting' | 'waitingTo'> {
  const since = room.recent.filter(
    ({ seq, kind, thread, author }) =>
      seq > head && kind === 'message' && thread === undefined && author?.id !== me,
  );
  return { waiting: unread + since.length, waitingTo: Math.max(head, room.seq) };
}

/** So many mentions are unread at a head; what was heard of later comes on top. */
export function mentionsAt(
  room: RoomState,
  mentions: number,
  head: number,
): Pick<RoomState, 'mentions' | 'mentionsTo' | 'mentioned'> {
  return {
    mentions,
    mentionsTo: head,
    mentioned: room.mentioned.filter((seq) => seq > head),
  };
}

/** One is mentioned at these places, which may be known. */
export function called(room: RoomState, places: readonly number[]): RoomState {
  const news = places.filter(
    (seq) => seq > room.read && seq > room.mentionsTo && !room.mentioned.includes(seq),
  );
  return news.length === 0 ? room : { ...room, mentioned: [...room.mentioned, ...news] };
}

/** A message does not mention one any more. */
export function uncalled(room: RoomState, seq: number): RoomState {
  if (seq > room.mentionsTo) {
    return { ...room, mentioned: room.mentioned.filter((place) => place !== seq) };
  }
  return seq > room.read ? { ...room, mentions: Math.max(0, room.mentions - 1) } : room;
}

/** How many unread messages mention one. */
export function mentions(room: RoomState): number {
  return room.role === undefined
    ? 0
    : room.mentions + room.mentioned.filter((seq) => seq > room.read).length;
}

/** Whether somebody is mentioned by what another says. */
export function mentionsOne(said: Message, user: string): boolean {
  return said.author.id !== user && (said.everybody || said.mentions.includes(user));
}

/**
 * Another device has read on, or marked the room unread. What this one has read itself, or heard before, changes nothing,
 * nor does what is older than the last time that the room was marked unread.
 */
export function readOn(room: RoomState, told: ReadOn, me: string): RoomState {
  const marks = told.marks ?? 0;
  if (marks < room.marks || (marks === room.marks && told.seq <= room.read)) {
    return room;
  }
  return {
    ...room,
    n: Math.max(room.n, told.n),
    marks,
    read: told.seq,
    readElsewhere: told.seq,
    ...waitingAt(room, told.unread, told.head, me),
    ...mentionsAt(room, told.mentions ?? 0, told.head),
  };
}

/** One has marked the room unread here; how much that is comes with the news to all devices, but is needed now. */
export function setBack(room: RoomState, marked: Marked, me: string): RoomState {
  const marks = marked.marks ?? 0;
  if (marks <= room.marks) {
    return room;
  }
  const after = room.timeline.items.filter(
    (item): item is Message => item.is === 'message' && item.seq > marked.seq,
  );
  return {
    ...room,
    marks,
    read: marked.seq,
    waiting: after.filter((said) => said.author.id !== me).length,
    waitingTo: room.seq,
    mentions: after.filter((said) => !said.deleted && mentionsOne(said, me)).length,
    mentionsTo: room.seq,
    mentioned: [],
  };
}

/** There is more in a room than what has come here. */
export function hint(room: RoomState, head: HeadHint): RoomState {
  const at = Math.max(room.at, Date.parse(head.at) || 0);
  const hinted = Math.max(room.hinted, head.n);
  const told = called(room, head.mentions ?? []);
  return head.head <= room.seq || (hinted === room.hinted && at === room.at)
    ? told
    : { ...told, hinted, at };
}

/** Messages are known of that have not come here. */
export function behind(room: RoomState): boolean {
  return room.hinted > room.n;
}

/** How many messages of others nobody has read. */
export function unread(room: RoomState): number {
  return room.role === undefined ? 0 : room.waiting + Math.max(0, room.hinted - room.n);
}

/** Everything up to the head is read. */
export function markRead(room: RoomState): RoomState {
  return room.waiting === 0 && room.read === room.seq
    ? room
    : {
        ...room,
        waiting: 0,
        waitingTo: room.seq,
        read: room.seq,
        mentions: 0,
        mentionsTo: room.seq,
        mentioned: room.mentioned.filter((seq) => seq > room.seq),
      };
}
