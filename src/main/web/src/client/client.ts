import { Backoff } from './backoff';
import { Calls } from './calls';
import { compareClocks } from './clock';
import { Connection, type ConnectionState, type Tokens } from './connection';
import { Failure } from './failure';
import type { PresenceNews } from './presence';
import type { CommandName, Commands, Incoming, Opened } from './protocol';
import { Subscriptions, type Follower } from './subscriptions';
import type { Transport } from './wire';

export interface ClientEvents {
  state(state: ConnectionState): void;
  opened(answer: Opened): void;
  /** Something is new of the people whom this connection watches. */
  presence?(news: PresenceNews): void;
}

/** A token source that also knows when the next one is due. */
export interface Renewing extends Tokens {
  renewalDueMs(): number | undefined;
  /** When the token at hand ends by the clock of this computer; nothing where that is not known. */
  goodUntil?(): number | undefined;
}

const TRIES = 5;
const CONNECT_MS = 15_000;

/** A signed-in client: commands, followed logs, and a connection that heals itself. */
export class Client {
  private readonly connection: Connection;
  private readonly calls: Calls;
  private readonly subscriptions: Subscriptions;
  private readonly waiting = new Set<() => void>();
  private renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(
    transports: readonly Transport[],
    private readonly tokens: Renewing,
    private readonly events: ClientEvents,
    private readonly backoff: () => Backoff = () => new Backoff(),
  ) {
    this.connection = new Connection(
      transports,
      tokens,
      {
        state: (state) => this.events.state(state),
        opened: (answer) => this.opened(answer),
        frame: (frame) => this.take(frame),
        lost: () => this.lost(),
      },
      backoff(),
    );
    const send = this.connection.send.bind(this.connection);
    this.calls = new Calls(send, () => this.connection.probe());
    this.subscriptions = new Subscriptions(send);
  }

  get connected(): boolean {
    return this.connection.state.is === 'open';
  }

  start(): void {
    this.connection.start();
  }

  stop(): void {
    clearTimeout(this.renewal);
    this.connection.stop();
  }

  /** The device says that it has lost its network, or found one. */
  network(online: boolean): void {
    if (!online) {
      this.connection.offline();
    } else if (this.connection.state.is !== 'idle' && this.connection.state.is !== 'ended') {
      this.wake();
    }
  }

  /** Somebody looks: whatever is dead or waiting should be found out now. */
  wake(): void {
    if (this.connected) {
      this.connection.probe(3_000);
    } else if (this.connection.state.is !== 'idle' && this.connection.state.is !== 'ended') {
      this.connection.start();
    }
  }

  follow(address: string, follower: Follower): void {
    this.subscriptions.follow(address, follower);
  }

  leave(address: string): void {
    this.subscriptions.leave(address);
  }

  resume(address: string): void {
    this.subscriptions.resume(address);
  }

  /**
   * Asks once, now or as soon as there is a connection; where there is one, before this returns, since the page may be
   * about to go. What changes something is asked this way.
   */
  call<C extends CommandName>(command: C, body: Commands[C][0]): Promise<Commands[C][1]> {
    return this.connected
      ? this.calls.call(command, body)
      : this.connectedWithin(CONNECT_MS).then(() => this.calls.call(command, body));
  }

  /** Asks until there is an answer, for what may be asked twice. */
  async read<C extends CommandName>(command: C, body: Commands[C][0]): Promise<Commands[C][1]> {
    const backoff = this.backoff();
    for (let tries = 1; ; tries++) {
      try {
        return await this.call(command, body);
      } catch (thrown) {
        const failure = Failure.from(thrown);
        if (tries === TRIES || !(failure.retryable || failure.reason === 'TOKEN_EXPIRED')) {
          throw failure;
        }
        await pause(Math.max(failure.retryAfterMs ?? 0, backoff.next()));
      }
    }
  }

  /** Gets a fresh token and tells the server, without anybody noticing. */
  async renew(): Promise<void> {
    clearTimeout(this.renewal);
    const token = await this.tokens.refresh();
    if (this.connected) {
      const { expiresAt } = await this.calls.call('session.renew', { token });
      compareClocks(expiresAt, this.tokens.goodUntil?.());
    }
    this.scheduleRenewal();
  }

  private opened(answer: Opened): void {
    compareClocks(answer.expiresAt, this.tokens.goodUntil?.());
    this.scheduleRenewal();
    this.subscriptions.opened();
    for (const go of this.waiting) {
      go();
    }
    this.waiting.clear();
    this.events.opened(answer);
  }

  private lost(): void {
    clearTimeout(this.renewal);
    this.subscriptions.lost();
    this.calls.lost();
  }

  private take(frame: Incoming): void {
    const { kind, body } = (frame.body ?? {}) as { kind?: unknown; body?: PresenceNews };
    if (kind === 'session.expiring') {
      this.renewQuietly();
    } else if (kind === 'presence' && body) {
      this.events.presence?.(body);
    } else if (!this.calls.take(frame)) {
      this.subscriptions.take(frame);
    }
  }

  private scheduleRenewal(): void {
    clearTimeout(this.renewal);
    const due = this.tokens.renewalDueMs();
    if (due !== undefined) {
      this.renewal = setTimeout(() => this.renewQuietly(), due);
    }
  }

  /** When it fails the server closes the socket in time, and the way back in tells whether the session lives. */
  private renewQuietly(): void {
    this.renew().catch((thrown: unknown) => {
      if (Failure.from(thrown).retryable && this.connected) {
        this.renewal = setTimeout(() => this.renewQuietly(), 5_000);
      }
    });
  }

  private connectedWithin(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(go);
        reject(new Failure('UNAVAILABLE', 'there is no connection'));
      }, ms);
      this.waiting.add(go);
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
