import type { Client } from '../client/client';
import { uuidv7 } from '../client/ids';
import type { Entry } from '../client/protocol';
import { indexOf, mutate } from './apply';
import { message, type Message, type RoomState } from './room';
import type { Rooms } from './rooms';

/** How many messages are asked for at once. */
const AT_ONCE = 50;

/** What a message said, and since when. */
export interface Wording {
  seq: number;
  at: number;
  text: string;
}

/** What one does with single messages, wherever they stand: pins, quotes, earlier wordings, forwarding. */
export class Picks {
  private readonly wanted = new Map<string, Set<number>>();

  constructor(
    private readonly client: Client,
    private readonly rooms: Rooms,
    private readonly me: string,
  ) {}

  async pin(room: string, target: number): Promise<void> {
    await this.client.read('messages.pin', { room, target, cid: uuidv7() });
  }

  async unpin(room: string, target: number): Promise<void> {
    await this.client.read('messages.unpin', { room, target, cid: uuidv7() });
  }

  /** All pinned messages, the newest pin first. */
  async pins(room: string): Promise<Message[]> {
    const pinned: Message[] = [];
    let before: number | undefined;
    let more = true;
    while (more) {
      const page = await this.client.read('messages.pins', {
        room,
        ...(before === undefined ? {} : { before }),
      });
      pinned.push(...page.entries.map((entry) => message(entry)));
      before = pinned.at(-1)?.pinned;
      more = page.more && before !== undefined;
    }
    return pinned;
  }

  /** All that a message has said, oldest first. */
  async wordings(room: string, target: number): Promise<Wording[]> {
    const wordings: Wording[] = [];
    let after: number | undefined;
    let more = true;
    while (more) {
      const page = await this.client.read('messages.revisions', {
        room,
        target,
        ...(after === undefined ? {} : { after }),
      });
      wordings.push(...page.entries.map(wording));
      after = wordings.at(-1)?.seq;
      more = page.more && page.entries.length > 0;
    }
    return wordings;
  }

  /** Says in another room what a message says. The same cid again does nothing twice. */
  async forward(room: string, target: number, to: string, cid: string): Promise<void> {
    await this.client.read('messages.forward', { room, target, to, cid });
  }

  /** Sees to it that a message which another one answers can be shown. */
  want(room: string, seq: number): void {
    const state = this.rooms.get(room)?.peek();
    if (!state || state.quoted.has(seq) || indexOf(state.timeline.items, seq) >= 0) {
      return;
    }
    const waiting = this.wanted.get(room);
    if (waiting) {
      waiting.add(seq);
      return;
    }
    this.wanted.set(room, new Set([seq]));
    // All that come to the screen together are one question.
    setTimeout(() => void this.fetch(room), 0);
  }

  private async fetch(room: string): Promise<void> {
    const all = [...(this.wanted.get(room) ?? [])];
    this.wanted.delete(room);
    for (let i = 0; i < all.length; i += AT_ONCE) {
      await this.ask(room, all.slice(i, i + AT_ONCE)).catch(() => undefined);
    }
  }

  private async ask(room: string, seqs: number[]): Promise<void> {
    const page = await this.client.read('messages.get', { room, seqs });
    this.rooms.change(room, (state) => quoted(state, page.more, seqs, page.entries, this.me));
    if (page.more && page.entries.length > 0) {
      const last = page.entries.at(-1)?.seq ?? 0;
      await this.ask(
        room,
        seqs.filter((seq) => seq > last),
      );
    }
  }
}

/** A room that has these messages at hand, with what has become of them since they were read. */
function quoted(
  room: RoomState,
  more: boolean,
  seqs: readonly number[],
  entries: readonly Entry[],
  me: string,
): RoomState {
  const now = new Map(room.quoted);
  const last = more ? (entries.at(-1)?.seq ?? 0) : Infinity;
  seqs.filter((seq) => seq <= last).forEach((seq) => now.set(seq, undefined));
  for (const entry of entries) {
    const said = room.recent.reduce((state, one) => mutate(state, one, me), message(entry));
    now.set(entry.seq, said);
  }
  return { ...room, quoted: now };
}

function wording({ seq, at, body }: Entry): Wording {
  const text = body?.text;
  return { seq, at: Date.parse(at), text: typeof text === 'string' ? text : '' };
}

/** A message of a room as far as it is at hand: nothing while it is being looked up, null when there is none. */
export function messageAt(room: RoomState, seq: number): Message | null | undefined {
  const found = room.timeline.items[indexOf(room.timeline.items, seq)];
  if (found?.is === 'message') {
    return found;
  }
  return room.quoted.has(seq) ? (room.quoted.get(seq) ?? null) : undefined;
}

/** The beginning of what somebody said, on one line. */
export function oneLine(text: string): string {
  return text.slice(0, 200).replace(/\s+/g, ' ');
}
