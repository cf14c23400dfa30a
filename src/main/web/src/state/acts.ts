import { effect, signal } from '@preact/signals';
import type { Client } from '../client/client';
import { Failure } from '../client/failure';
import { uuidv7 } from '../client/ids';
import { keyOf, unheard, type Ahead, type Reacting } from './ahead';
import { memory } from './browser';
import { Editing } from './editing';
import type { Mentioning } from './mentioning';
import type { Rooms } from './rooms';

/** A deletion on its way. */
interface Doomed {
  room: string;
  target: number;
  cid: string;
}

/**
 * What one does to messages: other words, deleting, reacting. It shows before the log tells it, lies over what the log
 * says, and ends when the log has said it or the server has refused.
 */
export class Acts {
  readonly ahead = signal<ReadonlyMap<string, Ahead>>(new Map());
  readonly editing: Editing;
  private stopped = false;
  private readonly pruning: () => void;

  constructor(
    private readonly client: Client,
    private readonly rooms: Rooms,
    private readonly user: string,
  ) {
    this.editing = new Editing(this, user);
    this.pruning = effect(() => this.prune());
  }

  /** What is ahead of the log at a message; whoever reads it is told when it changes. */
  at(room: string, seq: number): Ahead | undefined {
    return this.ahead.value.get(keyOf(room, seq));
  }

  peek(room: string, seq: number): Ahead | undefined {
    return this.ahead.peek().get(keyOf(room, seq));
  }

  /** Puts other words in the place of those of one's own message. The same cid again does nothing twice. */
  async edit(
    room: string,
    target: number,
    text: string,
    mentioning: Mentioning,
    cid: string,
  ): Promise<void> {
    const { seq } = await this.client.read('messages.edit', {
      room,
      target,
      cid,
      text,
      ...mentioning,
    });
    this.change(room, target, (ahead) => ({ ...ahead, reworded: { text, mentioning, seq } }));
  }

  /** A message looks deleted from here on; it is when that is sent. */
  remove(room: string, target: number): void {
    this.change(room, target, (ahead) => ({
      ...ahead,
      deleting: { sent: false, seq: undefined },
    }));
  }

  /** Takes that back, if it has not been sent. */
  restore(room: string, target: number): void {
    if (this.waits(room, target)) this.keep(room, target);
  }

  /** Deletes what waits for it. Fails as the server does; then the message is there again. */
  async send(room: string, target: number): Promise<void> {
    if (this.waits(room, target)) await this.delete({ room, target, cid: uuidv7() });
  }

  /** Deletes all that waits for it, at once: there is no later. */
  flush(): void {
    for (const { room, target } of this.ahead.peek().values()) {
      this.send(room, target).catch(() => undefined);
    }
  }

  /** Deletes what was on its way when an earlier page was left. */
  resume(): void {
    for (const doomed of this.doomed()) {
      if (this.peek(doomed.room, doomed.target)?.deleting === undefined) {
        this.delete(doomed).catch(() => undefined);
      }
    }
  }

  /** Gives an emoji or takes it back. While one wish is being told, only the last one after it counts. */
  async react(room: string, target: number, emoji: string, wanted: boolean): Promise<void> {
    const before = this.reaction(room, target, emoji);
    this.wish(room, target, emoji, { busy: false, seq: undefined, ...before, wanted });
    if (before?.busy) {
      return;
    }
    let told = before?.wanted ?? !wanted;
    try {
      for (;;) {
        const now = this.reaction(room, target, emoji);
        if (!now || now.wanted === told) break;
        this.wish(room, target, emoji, { ...now, busy: true });
        const seq = await this.tell(room, target, emoji, now.wanted);
        told = now.wanted;
        const then = this.reaction(room, target, emoji);
        if (then) this.wish(room, target, emoji, { ...then, seq });
      }
      const settled = this.reaction(room, target, emoji);
      // Where nothing had to be changed no entry will tell.
      const awaited = settled?.seq !== undefined;
      this.wish(room, target, emoji, awaited ? { ...settled, busy: false } : undefined);
    } catch (thrown) {
      this.wish(room, target, emoji, undefined);
      throw thrown;
    }
  }

  stop(): void {
    this.flush();
    this.stopped = true;
    this.pruning();
  }

  /** The place of the entry; nothing when it was so already. */
  private async tell(
    room: string,
    target: number,
    emoji: string,
    given: boolean,
  ): Promise<number | undefined> {
    const asked = { room, target, emoji, cid: uuidv7() };
    try {
      const posted = given
        ? await this.client.read('messages.react', asked)
        : await this.client.read('messages.unreact', asked);
      return posted.seq;
    } catch (thrown) {
      const { reason } = Failure.from(thrown);
      if (reason === (given ? 'ALREADY_EXISTS' : 'NOT_FOUND')) return undefined;
      throw thrown;
    }
  }

  private async delete(doomed: Doomed): Promise<void> {
    const { room, target } = doomed;
    this.change(room, target, (ahead) => ({ ...ahead, deleting: { sent: true, seq: undefined } }));
    this.remember([...this.doomed().filter(({ cid }) => cid !== doomed.cid), doomed]);
    try {
      const { seq } = await this.client.read('messages.delete', { ...doomed });
      this.change(room, target, (ahead) => ({ ...ahead, deleting: { sent: true, seq } }));
    } catch (thrown) {
      this.keep(room, target);
      // Somebody else was faster.
      if (!['GONE', 'NOT_FOUND'].includes(Failure.from(thrown).reason)) throw thrown;
    } finally {
      // Who has left does not know what became of it, and tries again when they are back.
      if (!this.stopped) this.remember(this.doomed().filter(({ cid }) => cid !== doomed.cid));
    }
  }

  private keep(room: string, target: number): void {
    this.change(room, target, (ahead) => ({ ...ahead, deleting: undefined }));
  }

  private waits(room: string, target: number): boolean {
    return this.peek(room, target)?.deleting?.sent === false;
  }

  private reaction(room: string, target: number, emoji: string): Reacting | undefined {
    return this.peek(room, target)?.reacting.get(emoji);
  }

  private wish(room: string, target: number, emoji: string, to: Reacting | undefined): void {
    this.change(room, target, (ahead) => {
      const reacting = new Map(ahead.reacting);
      if (to) reacting.set(emoji, to);
      else reacting.delete(emoji);
      return { ...ahead, reacting };
    });
  }

  private change(room: string, target: number, how: (ahead: Ahead) => Ahead): void {
    const key = keyOf(room, target);
    const known = this.ahead.peek().get(key) ?? { room, target, reacting: new Map() };
    this.ahead.value = new Map(this.ahead.peek()).set(key, how(known));
  }

  /** What the log has told is ahead of it no more. */
  private prune(): void {
    const kept = new Map<string, Ahead>();
    let changed = false;
    for (const [key, ahead] of this.ahead.value) {
      const left = unheard(ahead, this.rooms.get(ahead.room)?.value.seq ?? 0);
      if (left) kept.set(key, left);
      changed ||= left !== ahead;
    }
    if (changed) this.ahead.value = kept;
  }

  /** Deletions that no answer has come to. */
  private doomed(): Doomed[] {
    try {
      return JSON.parse(memory.get(this.name) ?? '[]') as Doomed[];
    } catch {
      return [];
    }
  }

  private remember(doomed: readonly Doomed[]): void {
    memory.set(this.name, doomed.length === 0 ? undefined : JSON.stringify(doomed));
  }

  private get name(): string {
    return `parley.deleting.${this.user}`;
  }
}
