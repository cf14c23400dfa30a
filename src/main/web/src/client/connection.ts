import { Backoff } from './backoff';
import { Failure } from './failure';
import { CLOSE, type Incoming, type Opened, type Outgoing, readFrame } from './protocol';
import { Transports } from './transports';
import type { Transport, Wire } from './wire';

export type ConnectionState =
  | { is: 'idle' }
  | { is: 'connecting' }
  | { is: 'open' }
  | { is: 'waiting'; until: number }
  | { is: 'offline' }
  /** Another tab or device took this one's place; it comes back when somebody looks at it. */
  | { is: 'superseded' }
  /** The session is over. */
  | { is: 'ended'; failure: Failure };

export interface ConnectionEvents {
  state(state: ConnectionState): void;
  /** The server knows who we are; from here on frames may be sent. */
  opened(answer: Opened): void;
  frame(frame: Incoming): void;
  lost(): void;
}

export interface Tokens {
  /** A token that is good for a while; refreshed first when it is not. */
  token(): Promise<string>;
  refresh(): Promise<string>;
}

export const PATIENCE = {
  opening: 10_000,
  /** Silence after which the server is asked for a sign of life. */
  silence: 30_000,
  probe: 5_000,
  tick: 5_000,
  /** A connection that lived this long was a good one. */
  settled: 10_000,
};

const OPENING = 'session.opened';

/** Keeps one socket to the server open: signs in on it, notices when it dies, and opens the next. */
export class Connection {
  private readonly transports: Transports;
  private wire: Wire | undefined;
  private current: ConnectionState = { is: 'idle' };
  private generation = 0;
  private heardAt = 0;
  private openedAt = 0;
  private refreshed = false;
  /** Said by the server; that there is no session to go on with either adds nothing. */
  private revoked: Failure | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private deadline: ReturnType<typeof setTimeout> | undefined;
  private tick: ReturnType<typeof setInterval> | undefined;

  constructor(
    transports: readonly Transport[],
    private readonly tokens: Tokens,
    private readonly events: ConnectionEvents,
    private readonly backoff = new Backoff(),
    private readonly patience = PATIENCE,
  ) {
    this.transports = new Transports(transports);
  }

  get state(): ConnectionState {
    return this.current;
  }

  /** Connects, unless that is being done already; a wait is cut short. */
  start(): void {
    const { is } = this.current;
    if (is !== 'connecting' && is !== 'open') {
      this.connect();
    }
  }

  /** Closes for good, until the next start. */
  stop(): void {
    this.drop();
    this.become({ is: 'idle' });
  }

  /** The device has lost its network: no use in trying. */
  offline(): void {
    if (this.current.is !== 'idle' && this.current.is !== 'ended') {
      this.drop();
      this.transports.forget();
      this.become({ is: 'offline' });
    }
  }

  send(frame: Outgoing): void {
    this.wire?.send(JSON.stringify(frame));
  }

  /** Something must be heard within this time, or the socket counts as dead. */
  probe(withinMs = this.patience.probe): void {
    if (this.current.is !== 'open' || this.deadline !== undefined) {
      return;
    }
    this.expect(withinMs);
    this.send({ type: 'ping' });
  }

  private connect(): void {
    this.drop();
    this.become({ is: 'connecting' });
    const mine = this.generation;
    this.tokens.token().then(
      (token) => {
        if (mine === this.generation) {
          this.open(token);
        }
      },
      (thrown: unknown) => {
        if (mine === this.generation) {
          this.refused(Failure.from(thrown));
        }
      },
    );
  }

  private open(token: string): void {
    const mine = this.generation;
    const live = () => mine === this.generation;
    const transport = this.transports.next;
    if (!transport) {
      return;
    }
    this.expect(this.patience.opening);
    this.wire = transport({
      opened: () => {
        if (live()) {
          this.hello(token);
        }
      },
      text: (text) => {
        if (live()) {
          this.hear(text);
        }
      },
      closed: (code) => {
        if (live()) {
          this.closed(code);
        }
      },
    });
  }

  private hello(token: string): void {
    this.send({
      type: 'send',
      address: 'session.open',
      replyAddress: OPENING,
      body: { token },
    });
  }

  private hear(text: string): void {
    this.heardAt = Date.now();
    this.expectNothing();
    const frame = readFrame(text);
    if (!frame || frame.type === 'pong') {
      return;
    }
    if (frame.address === OPENING && this.current.is === 'connecting') {
      this.answered(frame);
    } else if (this.current.is === 'open') {
      this.events.frame(frame);
    }
  }

  private answered(frame: Incoming): void {
    if (frame.type === 'err') {
      this.refused(Failure.parse(frame.message));
      return;
    }
    this.transports.worked();
    this.refreshed = false;
    this.revoked = undefined;
    this.openedAt = Date.now();
    this.tick = setInterval(() => this.listenForSilence(), this.patience.tick);
    this.become({ is: 'open' });
    this.events.opened(frame.body ?? {});
  }

  private listenForSilence(): void {
    if (Date.now() - this.heardAt >= this.patience.silence) {
      this.probe();
    }
  }

  private refused(failure: Failure): void {
    if (!failure.aboutSession) {
      this.again(failure.retryAfterMs);
    } else if (this.refreshed) {
      this.drop();
      const said = failure.reason === 'SESSION_REVOKED' ? failure : (this.revoked ?? failure);
      this.become({ is: 'ended', failure: said });
    } else {
      if (failure.reason === 'SESSION_REVOKED') this.revoked = failure;
      this.renew();
    }
  }

  /** The token was not good enough. A fresh one, of a later session perhaps, settles whether one may go on. */
  private renew(): void {
    this.drop();
    this.become({ is: 'connecting' });
    this.refreshed = true;
    const mine = this.generation;
    this.tokens.refresh().then(
      () => {
        if (mine === this.generation) {
          this.connect();
        }
      },
      (thrown: unknown) => {
        if (mine === this.generation) {
          this.refused(Failure.from(thrown));
        }
      },
    );
  }

  private closed(code: number): void {
    const young = this.current.is === 'open' && !this.settled();
    if (code === CLOSE.REVOKED && !young) {
      this.refused(new Failure('SESSION_REVOKED', 'the session has ended'));
    } else if (code === CLOSE.UNAUTHENTICATED && !young) {
      this.refused(new Failure('UNAUTHENTICATED', 'the server wants to know who this is'));
    } else if (code === CLOSE.TOO_MANY) {
      this.drop();
      this.become({ is: 'superseded' });
    } else {
      this.again();
    }
  }

  private again(afterMs?: number): void {
    if (this.current.is === 'open' && this.settled()) {
      this.backoff.reset();
    } else if (this.current.is === 'connecting') {
      this.transports.failed();
    }
    this.drop();
    const wait = Math.max(afterMs ?? 0, this.backoff.next());
    this.become({ is: 'waiting', until: Date.now() + wait });
    this.retry = setTimeout(() => this.connect(), wait);
  }

  private settled(): boolean {
    return Date.now() - this.openedAt > this.patience.settled;
  }

  private expect(withinMs: number): void {
    this.expectNothing();
    this.deadline = setTimeout(() => this.again(), withinMs);
  }

  private expectNothing(): void {
    clearTimeout(this.deadline);
    this.deadline = undefined;
  }

  private drop(): void {
    const wasOpen = this.current.is === 'open';
    this.generation++;
    this.wire?.close();
    this.wire = undefined;
    clearTimeout(this.retry);
    clearInterval(this.tick);
    this.expectNothing();
    if (wasOpen) {
      this.current = { is: 'idle' };
      this.events.lost();
    }
  }

  private become(state: ConnectionState): void {
    this.current = state;
    this.events.state(state);
  }
}
