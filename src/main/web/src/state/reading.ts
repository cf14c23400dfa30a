import type { HeadHint, ReadOn } from '../client/protocol';
import type { Marked } from '../client/reading';
import type { Message, RoomState } from './room';

/** Whether all that came after a head is at hand. */
export function covers(room: RoomState, head: number): boolean {
  const since = room.seq - head;
  return since <= 0 || room.recent.at(-since)?.seq === head + 1;
}

/**
 * So much is unread at a head; what has come since is added, and what comes later. Nothing changes when what has come
 * since is not at hand: then it has to be asked for anew.
 */
export function countedAt(
  room: RoomState,
  told: { unread: number; mentions?: number; head: number },
  me: string,
): Partial<RoomState> {
  const { unread, mentions = 0, head } = told;
  if (!covers(room, head)) {
    return {};
  }
  const since = room.recent.filter(
    ({ seq, kind, thread, author }) =>
      seq > head && kind === 'message' && thread === undefined && author?.id !== me,
  );
  return {
    waiting: unread + since.length,
    waitingTo: Math.max(head, room.seq),
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
 * Another device has read on, or marked the room unread. What is behind what this one has read itself changes nothing,
 * nor does what is older than the last time that the room was marked unread. Of the place where this one stands it is
 * told how much is unread after it.
 */
export function readOn(room: RoomState, told: ReadOn, me: string): RoomState {
  const marks = told.marks ?? 0;
  if (marks < room.marks || (marks === room.marks && told.seq < room.read)) {
    return room;
  }
  const elsewhere = marks > room.marks || told.seq > room.read;
  return {
    ...room,
    n: Math.max(room.n, told.n),
    marks,
    read: told.seq,
    readElsewhere: elsewhere ? told.seq : room.readElsewhere,
    ...countedAt(room, told, me),
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
