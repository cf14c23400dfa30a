import { signal } from '@preact/signals';
import { Backoff } from '../client/backoff';
import { Failure } from '../client/failure';
import { uuidv7 } from '../client/ids';
import type { Post, Posted } from '../client/protocol';
import type { Mentioning } from './mentioning';
import type { OutboxStore, Parcel } from './outbox-store';

export type { Parcel } from './outbox-store';

/** How long a room's posts wait, and why. */
export interface Waits {
  until: number;
  reason: Failure['reason'];
}

/** The tabs of this browser that are alive, by name. */
export interface Tabs {
  own: string;
  alive(): Promise<ReadonlySet<string>>;
  /** Runs work when that tab is gone. Where several do, the cids keep that harmless. */
  whenGone(tab: string, work: () => Promise<void>): void;
}

/**
 * Posts on their way. Each is stored with its cid before it is first sent, and sent, one at a time in each room, with
 * that cid until the server has confirmed or refused it: in order, and once.
 */
export class Outbox {
  /** Oldest first. */
  readonly parcels = signal<readonly Parcel[]>([]);
  /** Rooms that have to wait, and why. */
  readonly waits = signal<ReadonlyMap<string, Waits>>(new Map());

  private readonly busy = new Set<string>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private lastAt = 0;
  private stopped = false;

  constructor(
    private readonly user: string,
    private readonly store: OutboxStore,
    private readonly send: (post: Post) => Promise<Posted>,
    private readonly tabs: Tabs,
    private readonly backoff: () => Backoff = () => new Backoff(1_000, 15_000),
  ) {}

  /** Takes up what an earlier visit left behind, but not what another living tab is sending. */
  async restore(): Promise<void> {
    const [stored, alive] = await Promise.all([this.store.of(this.user), this.tabs.alive()]);
    const known = new Set(this.parcels.value.map((parcel) => parcel.cid));
    const mine = stored
      .filter((parcel) => parcel.tab === this.tabs.own || !alive.has(parcel.tab))
      .filter((parcel) => !known.has(parcel.cid));
    const adopted = mine.map((parcel) => ({ ...parcel, tab: this.tabs.own }));
    await Promise.all(adopted.map((parcel) => this.store.put(parcel)));
    this.parcels.value = [...adopted, ...this.parcels.value];
    this.go();
    const others = stored.map((parcel) => parcel.tab).filter((tab) => tab !== this.tabs.own);
    new Set(others.filter((tab) => alive.has(tab))).forEach((tab) => this.inherit(tab));
  }

  /** A tab that still lives may be the page before a reload, which is about to go. */
  private inherit(tab: string): void {
    this.tabs.whenGone(tab, async () => {
      if (!this.stopped) await this.restore();
    });
  }

  /** Accepts a message; it is shown at once and sent as soon as that is possible. */
  async add(
    room: string,
    text: string,
    replyTo?: number,
    mentioning: Mentioning = {},
    thread?: number,
  ): Promise<Parcel> {
    const now = Date.now();
    this.lastAt = Math.max(now, this.lastAt + 1);
    const parcel: Parcel = {
      cid: uuidv7(now),
      user: this.user,
      room,
      text,
      replyTo,
      thread,
      mentioning,
      at: this.lastAt,
      tab: this.tabs.own,
      failure: undefined,
    };
    this.parcels.value = [...this.parcels.value, parcel];
    // Without storage it is still worth sending.
    await this.store.put(parcel).catch(() => undefined);
    this.next(room);
    return parcel;
  }

  /** Tries everything that waits, now: the connection is back. */
  go(): void {
    for (const room of new Set(this.parcels.value.map((parcel) => parcel.room))) {
      this.endWait(room);
      this.next(room);
    }
  }

  /** Sends a refused one again. */
  retry(cid: string): void {
    const parcel = this.find(cid);
    if (!parcel?.failure) {
      return;
    }
    if (parcel.failure.reason === 'CID_CONFLICT') {
      this.discard(cid);
      void this.add(parcel.room, parcel.text, parcel.replyTo, parcel.mentioning, parcel.thread);
      return;
    }
    this.change({ ...parcel, failure: undefined });
    this.next(parcel.room);
  }

  /** Forgets one that was refused or has not been sent. */
  discard(cid: string): void {
    this.forget(cid);
    this.store.remove(cid).catch(() => undefined);
  }

  /** The log has it: whatever becomes of the answer, it is sent. */
  said(cid: string): void {
    if (this.find(cid)) {
      this.discard(cid);
    }
  }

  /** Everything up to a position of a room is on the screen, so what was confirmed up to there is shown twice. */
  reached(room: string, seq: number): void {
    const shown = (parcel: Parcel) => parcel.room === room && (parcel.seq ?? Infinity) <= seq;
    if (this.parcels.value.some(shown)) {
      this.parcels.value = this.parcels.value.filter((parcel) => !shown(parcel));
    }
  }

  stop(): void {
    this.stopped = true;
    this.timers.forEach((timer) => clearTimeout(timer));
  }

  private next(room: string): void {
    const parcel = this.parcels.value.find((one) => one.room === room && unsent(one));
    if (!parcel || this.stopped || this.busy.has(room) || this.timers.has(room)) {
      return;
    }
    this.busy.add(room);
    void this.deliver(parcel, this.backoff());
  }

  private async deliver(parcel: Parcel, backoff: Backoff): Promise<void> {
    const { room, cid, text, replyTo, thread, mentioning } = parcel;
    try {
      const posted = await this.send({
        room,
        cid,
        text,
        ...mentioning,
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(thread === undefined ? {} : { thread }),
      });
      await this.store.remove(cid).catch(() => undefined);
      // It stays in sight until it comes back through the log.
      this.parcels.value = this.parcels.value.map((one) =>
        one.cid === cid ? { ...one, seq: posted.seq } : one,
      );
      this.settled(room);
    } catch (thrown) {
      const failure = Failure.from(thrown);
      if (!this.find(cid)) {
        this.settled(room);
      } else if (failure.retryable || failure.aboutSession) {
        this.later(parcel, failure, backoff);
      } else {
        this.change({ ...parcel, failure: { reason: failure.reason, detail: failure.detail } });
        this.settled(room);
      }
    }
  }

  private later(parcel: Parcel, failure: Failure, backoff: Backoff): void {
    const wait = failure.retryAfterMs ?? backoff.next();
    this.waits.value = new Map(this.waits.value).set(parcel.room, {
      until: Date.now() + wait,
      reason: failure.reason,
    });
    this.busy.delete(parcel.room);
    this.timers.set(
      parcel.room,
      setTimeout(() => {
        this.endWait(parcel.room);
        const still = this.find(parcel.cid);
        if (still && unsent(still) && !this.stopped) {
          this.busy.add(parcel.room);
          void this.deliver(still, backoff);
        } else {
          this.next(parcel.room);
        }
      }, wait),
    );
  }

  private endWait(room: string): void {
    clearTimeout(this.timers.get(room));
    this.timers.delete(room);
    if (this.waits.value.has(room)) {
      const waits = new Map(this.waits.value);
      waits.delete(room);
      this.waits.value = waits;
    }
  }

  private settled(room: string): void {
    this.busy.delete(room);
    this.next(room);
  }

  private change(parcel: Parcel): void {
    this.parcels.value = this.parcels.value.map((one) => (one.cid === parcel.cid ? parcel : one));
    this.store.put(parcel).catch(() => undefined);
  }

  private forget(cid: string): void {
    this.parcels.value = this.parcels.value.filter((one) => one.cid !== cid);
  }

  private find(cid: string): Parcel | undefined {
    return this.parcels.value.find((one) => one.cid === cid);
  }
}

function unsent(parcel: Parcel): boolean {
  return !parcel.failure && parcel.seq === undefined;
}
