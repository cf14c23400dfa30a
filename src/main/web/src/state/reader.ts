import type { Client } from '../client/client';
import { Failure } from '../client/failure';
import type { Entry } from '../client/protocol';
import { Arrivals } from './arrivals';
import { Receipts } from './receipts';
import { unread, type RoomState } from './room';
import type { Rooms } from './rooms';

const MARK_MS = 400;
const MENTION_PAGES = 5;

/** How far one has read, on this device and on the others, and how far others have. */
export class Reader {
  readonly receipts: Receipts;
  /** Is told of every message of others that comes. */
  heard: (room: RoomState, entry: Entry) => void = () => undefined;
  private readonly arrivals: Arrivals;
  private readonly marks = new Map<string, number>();
  /** Rooms that were marked unread: being on the screen does not make them read until one comes back to them. */
  private readonly held = new Set<string>();
  private marking: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: Client,
    private readonly rooms: Rooms,
    me: string,
  ) {
    this.receipts = new Receipts(me);
    this.arrivals = new Arrivals(
      (room, seq) => {
        if (client.connected) this.quietly(client.call('messages.delivered', { room, seq }));
        return client.connected;
      },
      (room) => rooms.get(room)?.peek().read ?? 0,
    );
  }

  stop(): void {
    clearTimeout(this.marking);
    this.arrivals.stop();
    this.receipts.clear();
  }

  /** Something that somebody else said has come. */
  came(room: string, entry: Entry): void {
    this.arrivals.came(room, entry.seq);
    const known = this.rooms.get(room)?.peek();
    if (known) this.heard(known, entry);
  }

  /** What is on the screen has been read. */
  markRead(room: string): void {
    if (!this.held.has(room) && this.rooms.markRead(room)) {
      this.marks.set(room, this.rooms.get(room)?.peek().seq ?? 0);
      this.marking ??= setTimeout(() => this.send(), MARK_MS);
    }
  }

  /** More has been read here than the server knows. */
  ahead(room: string, seq: number): void {
    this.marks.set(room, seq);
  }

  /** One wants to read a room again from a message on. */
  async markUnread(room: string, seq: number): Promise<void> {
    this.hold(room);
    this.marks.delete(room);
    this.rooms.setBack(await this.client.read('messages.unread', { room, seq }));
  }

  /** A room was marked unread. */
  hold(room: string): void {
    this.held.add(room);
  }

  /** One has come to a room, or back to the page: what is on the screen counts as read again. */
  returned(room: string): void {
    this.held.delete(room);
  }

  /** Asks how far the others in a room are. */
  async askReceipts(room: string): Promise<void> {
    this.receipts.opened(await this.client.read('messages.receipts', { room }));
  }

  /** Where one is mentioned by what is unread in a room, oldest first. */
  async whereMentioned(room: string): Promise<number[]> {
    const places: number[] = [];
    let after: number | undefined;
    for (let page = 0; page < MENTION_PAGES; page++) {
      const more = after === undefined ? {} : { after };
      const found = await this.client.read('messages.explain', { room, limit: 100, ...more });
      places.push(...found.mentioning);
      after = found.next;
      if (after === undefined) break;
    }
    return places;
  }

  /** The list is here, and what it tells of has come. */
  listed(): void {
    this.send();
    for (const { value } of this.rooms.order.peek()) {
      if (unread(value) > 0) this.arrivals.came(value.id, value.seq);
    }
  }

  /** Says what was read, now. */
  send(): void {
    clearTimeout(this.marking);
    this.marking = undefined;
    if (!this.client.connected) {
      return;
    }
    for (const [room, seq] of this.marks) {
      const marks = this.rooms.get(room)?.peek().marks ?? 0;
      this.client.call('messages.read', { room, seq, marks }).catch((thrown: unknown) => {
        if (Failure.from(thrown).retryable && !this.marks.has(room)) this.marks.set(room, seq);
      });
    }
    this.marks.clear();
  }

  private quietly(work: Promise<unknown>): void {
    work.catch(() => undefined);
  }
}
