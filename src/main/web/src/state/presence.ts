import { signal } from '@preact/signals';
import type { Client } from '../client/client';
import { Failure } from '../client/failure';
import type { Choice, PresenceNews, PresenceState, Seen, Status } from '../client/presence';

const SOON_MS = 250;
const LATER_MS = 5_000;
const MOST = 200;
/** A server that has just begun knows after some seconds who is here. */
const PATIENCE_MS = 15_000;

/** Who is here, of those on the screen: watched while somebody shows them, unknown without a connection. */
export class Presence {
  /** How one is shown oneself, as was known last: what one has chosen stands while nothing is known of others. */
  readonly own = signal<PresenceState | undefined>(undefined);
  private readonly seen = signal<ReadonlyMap<string, Seen>>(new Map());
  /** Who is shown, how often, the latest last. */
  private readonly wanted = new Map<string, number>();
  private version = 0;
  private asking = 0;
  private due: ReturnType<typeof setTimeout> | undefined;
  private idle = false;
  private openedAt: number | undefined;

  constructor(
    private readonly client: Pick<Client, 'call' | 'connected'>,
    private readonly me: string,
  ) {
    this.wanted.set(me, 1);
  }

  of(user: string): Seen | undefined {
    return this.seen.value.get(user);
  }

  /**
   * Whether one does not want to be disturbed. While that has never been known it is taken for so, since what was missed
   * comes sooner than the answer, and a call cannot be taken back. Not for ever: where it stays unknown, most people do
   * want to be called, and one call too many is less harm than none at all for everybody.
   */
  resting(now = Date.now()): boolean {
    const own = this.own.peek();
    if (own !== undefined) return own === 'dnd';
    return this.openedAt === undefined || now - this.openedAt < PATIENCE_MS;
  }

  /** Somebody is shown, until the answer is called. */
  want(user: string): () => void {
    const shown = this.wanted.get(user) ?? 0;
    this.wanted.delete(user);
    this.wanted.set(user, shown + 1);
    if (shown === 0) this.ask(SOON_MS);
    return () => {
      const left = (this.wanted.get(user) ?? 1) - 1;
      if (left > 0) {
        this.wanted.set(user, left);
      } else {
        // They stay watched until there is somebody new: a list that scrolls must not ask all the time.
        this.wanted.delete(user);
      }
    };
  }

  /** There is a connection, and it knows nothing of what the one before was told. */
  opened(): void {
    this.seen.value = new Map();
    this.openedAt ??= Date.now();
    if (this.idle) this.quietly(this.client.call('presence.set', { state: 'away' }));
    this.ask(0);
  }

  lost(): void {
    clearTimeout(this.due);
    this.due = undefined;
    this.asking++;
    this.version = 0;
    this.seen.value = new Map();
  }

  heard(news: PresenceNews): void {
    if (news.version <= this.version) return;
    const missed = news.version !== this.version + 1;
    this.version = news.version;
    this.take(news, this.seen.value);
    if (missed) this.ask(SOON_MS);
  }

  /** Nobody uses this device, or somebody does again. */
  rest(idle: boolean): void {
    if (this.idle === idle) return;
    this.idle = idle;
    if (this.client.connected) {
      this.quietly(this.client.call('presence.set', { state: idle ? 'away' : 'active' }));
    }
  }

  /** Chooses how one is shown, or says what one is about. */
  async choose(choice: { state?: Choice; status?: Status }): Promise<void> {
    const { state } = await this.client.call('presence.set', choice);
    if (state !== undefined) this.own.value = state;
    this.ask(0);
  }

  /** What one has chosen is kept elsewhere than who is here, and told also while that is not known. */
  private async askOwn(): Promise<void> {
    const { state } = await this.client.call('presence.set', {});
    this.own.value ??= state;
  }

  private ask(ms: number): void {
    this.due ??= setTimeout(() => void this.watch(), ms);
  }

  private async watch(): Promise<void> {
    this.due = undefined;
    if (!this.client.connected) return;
    const turn = ++this.asking;
    const users = [this.me, ...[...this.wanted.keys()].filter((one) => one !== this.me)];
    try {
      const answer = await this.client.call('presence.watch', {
        users: users.length > MOST ? [this.me, ...users.slice(1 - MOST)] : users,
      });
      if (turn !== this.asking) return;
      this.version = answer.version;
      this.take(answer, new Map());
    } catch (thrown) {
      if (turn === this.asking && Failure.from(thrown).retryable) this.ask(LATER_MS);
    }
  }

  private take({ known, people }: PresenceNews, before: ReadonlyMap<string, Seen>): void {
    const seen = new Map(known ? before : []);
    for (const one of known ? people : []) seen.set(one.user, one);
    this.seen.value = seen;
    if (known) this.own.value = seen.get(this.me)?.state ?? this.own.peek();
    else if (this.own.peek() === undefined) this.quietly(this.askOwn());
  }

  private quietly(work: Promise<unknown>): void {
    work.catch(() => undefined);
  }
}
