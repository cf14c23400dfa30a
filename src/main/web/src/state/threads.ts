import type { Client } from '../client/client';
import type { Thread } from '../client/picks';
import type { Entry } from '../client/protocol';
import { mutate } from './apply';
import { Following } from './following';
import { message, type Message, type RoomState } from './room';
import type { Rooms } from './rooms';

const PAGE = 100;

/** A thread as far as it is at hand: without holes up to the newest, oldest first. */
export interface ThreadState {
  root: Message;
  items: readonly Message[];
  older: boolean;
  /** The last entry of the room that is in it. */
  upTo: number;
}

/** What stands in the threads of messages. */
export class Threads {
  readonly following: Following;

  constructor(
    private readonly client: Client,
    rooms: Rooms,
  ) {
    this.following = new Following(client, rooms);
  }

  /** The newest part of a thread, and if need be more of it, until a message is at hand. */
  async open(room: string, target: number, at?: number): Promise<ThreadState> {
    const page = await this.client.read('messages.thread', { room, target, limit: PAGE });
    let thread = unfolded(page);
    while (at !== undefined && thread.older && at < (thread.items[0]?.seq ?? 0)) {
      thread = await this.earlier(room, thread);
    }
    return thread;
  }

  /** The same with what stands before it. */
  async earlier(room: string, thread: ThreadState): Promise<ThreadState> {
    const first = thread.items[0]?.seq;
    const page = await this.client.read('messages.thread', {
      room,
      target: thread.root.seq,
      limit: PAGE,
      ...(first === undefined ? {} : { before: first }),
    });
    const { items } = unfolded(page);
    return { ...thread, items: [...items, ...thread.items], older: page.older };
  }
}

function unfolded(page: Thread): ThreadState {
  const shown = (entry: Entry) => message(entry, Math.max(page.asOf.seq, entry.seq));
  return {
    root: shown(page.root),
    items: page.entries.map(shown),
    older: page.older,
    upTo: page.asOf.seq,
  };
}

/** A thread after all that its room has heard; nothing when that is not at hand any more, and it is to be read anew. */
export function advanced(
  thread: ThreadState,
  room: RoomState,
  me: string,
): ThreadState | undefined {
  const since = room.recent.filter(({ seq }) => seq > thread.upTo);
  return since.length < room.seq - thread.upTo
    ? undefined
    : since.reduce((now, entry) => after(now, entry, me), thread);
}

function after(thread: ThreadState, entry: Entry, me: string): ThreadState {
  const items = thread.items.map((said) => mutate(said, entry, me));
  const more = entry.kind === 'message' && entry.thread === thread.root.seq;
  return {
    ...thread,
    root: mutate(thread.root, entry, me),
    items: more ? [...items, message(entry)] : items,
    upTo: entry.seq,
  };
}
