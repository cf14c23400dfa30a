import { batch, type Signal } from '@preact/signals';
import type { Client } from '../client/client';
import { Failure } from '../client/failure';
import type { Entry, Ready, Sync, Void } from '../client/protocol';
import type { ReceiptNote } from '../client/reading';
import type { Inbox } from './inbox';
import { apply, ready, skip } from './apply';
import { withView, type RoomState } from './room';

type Body = { kind: string } & Partial<Entry> &
  Partial<Omit<Ready, 'kind'>> &
  ReceiptNote & { users?: string[] };

export interface FeedEvents {
  typing(users: string[]): void;
  receipt(note: ReceiptNote): void;
  /** A message was taken; whoever waits for its cid may stop. */
  said(entry: Entry): void;
  /** What is at hand does not fit the log any more and was dropped. */
  reset(): void;
  refused(failure: Failure): void;
}

/** Beyond this many missed entries loading afresh costs less than catching up. */
const WORTH_IT = 2_000;
const PAGE = 500;

/** Keeps one room in step with its log: applies what comes, asks again at a gap, and pages what was missed. */
export class Feed {
  private catchingUp = false;
  private asked = false;
  private held: Entry[] = [];
  private ended = false;

  constructor(
    private readonly client: Client,
    private readonly me: string,
    private readonly room: Signal<RoomState>,
    private readonly inbox: Inbox<() => void>,
    private readonly events: FeedEvents,
  ) {}

  private get address(): string {
    return `room.${this.room.value.id}`;
  }

  start(): void {
    this.client.follow(this.address, {
      cursor: () => {
        this.asked = false;
        this.held = [];
        return this.room.value.cursor;
      },
      heard: (body) => this.inbox.push(() => this.heard(body)),
      // After what came before it, which may tell why.
      refused: (failure) => this.inbox.push(() => this.turnedAway(failure)),
    });
  }

  stop(): void {
    this.ended = true;
    this.client.leave(this.address);
  }

  private heard(body: Body): void {
    if (this.ended) {
      return;
    }
    if (body.kind === 'ready') {
      this.told(body as Ready);
    } else if (body.kind === 'void') {
      this.room.value = skip(this.room.value, (body as Void).seq);
    } else if (body.kind === 'typing') {
      this.events.typing(body.users ?? []);
    } else if (body.kind === 'receipt') {
      this.events.receipt(body);
    } else if (typeof body.seq === 'number') {
      this.take(body as Entry);
    }
  }

  private turnedAway(failure: Failure): void {
    if (!this.ended) this.events.refused(failure);
  }

  private take(entry: Entry): void {
    if (this.catchingUp && entry.seq > this.room.value.seq + 1) {
      this.held.push(entry);
      return;
    }
    const member = this.room.value.role !== undefined;
    const { room, outcome } = apply(this.room.value, entry, this.me);
    if (outcome === 'applied' && member && room.role === undefined) {
      this.room.value = room;
      this.stop();
      this.events.refused(
        entry.kind === 'ban'
          ? new Failure('BANNED', 'you are banned from this room')
          : new Failure('NOT_MEMBER', 'you are not a member of this room any more'),
      );
    } else if (outcome === 'applied') {
      batch(() => {
        this.room.value = room;
        if (entry.kind === 'message') {
          this.events.said(entry);
        }
      });
    } else if (outcome === 'gap' && !this.asked) {
      this.asked = true;
      this.client.resume(this.address);
    }
  }

  private told(news: Ready): void {
    this.room.value = ready(this.room.value, news);
    if (news.reset) {
      this.afresh();
    } else if (!news.complete) {
      const missed = news.head - this.room.value.seq;
      if (missed > WORTH_IT || this.room.value.cursor === undefined) {
        this.told({ ...news, reset: true });
      } else {
        void this.catchUp();
      }
    }
  }

  private afresh(): void {
    this.held = [];
    this.events.reset();
    this.client.read('rooms.get', { room: this.room.value.id }).then(
      (view) => (this.room.value = withView(this.room.value, view, this.me)),
      () => undefined,
    );
  }

  private async catchUp(): Promise<void> {
    if (this.catchingUp) {
      return;
    }
    this.catchingUp = true;
    try {
      let more = true;
      while (more && !this.ended) {
        more = await this.nextPage();
      }
    } catch {
      // The connection went, or the room did: the next registration begins anew.
    }
    this.catchingUp = false;
    this.release();
  }

  private async nextPage(): Promise<boolean> {
    const { id, cursor } = this.room.value;
    const page: Sync = await this.client.read('messages.sync', {
      room: id,
      cursor: cursor ?? '',
      limit: PAGE,
    });
    if (page.reset) {
      this.told({
        kind: 'ready',
        head: page.head.seq,
        cursor: page.head.cursor,
        complete: true,
        reset: true,
      });
      return false;
    }
    batch(() => page.entries.forEach((entry) => this.take(entry)));
    return page.more && page.entries.length > 0;
  }

  private release(): void {
    const held = this.held;
    this.held = [];
    this.room.value = { ...this.room.value, missing: undefined };
    held.forEach((entry) => this.take(entry));
  }
}
