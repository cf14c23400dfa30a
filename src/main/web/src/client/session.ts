import { Failure } from './failure';
import type { Person } from './protocol';
import { Rest } from './rest';

export interface Account extends Person {
  email?: string;
  phoneNumber?: string;
  /** When the address was proved; absent until then. */
  emailVerifiedAt?: string;
}

export interface SignedIn {
  token: string;
  expiresIn: number;
  sessionId: string;
  userId: string;
  name: string;
  user: Account;
}

export interface Registration {
  name?: string;
  username?: string;
  email?: string;
  phoneNumber?: string;
  password: string;
}

/**
 * Runs one thing at a time among all tabs, because a refresh token works only once, and because of two answers that
 * bring a cookie the later one has to be that of the later request.
 */
export type Exclusively = <T>(work: () => Promise<T>) => Promise<T>;

const FRESH_MS = 30_000;

/** Who is signed in here. The access token lives in memory only, the refresh token in a cookie that no script sees. */
export class Session {
  /** Told what the server says of the account, each time it does. */
  learnt: (account: Account) => void = () => undefined;

  private held: { token: string; goodUntil: number; lifeMs: number } | undefined;
  private owner: string | undefined;
  private refreshing: Promise<string> | undefined;

  constructor(
    private readonly rest = new Rest(),
    private readonly exclusively: Exclusively = acrossTabs,
  ) {}

  signUp(registration: Registration): Promise<Account> {
    return this.enter('register', registration);
  }

  signIn(identifier: string, password: string): Promise<Account> {
    return this.enter('login', { identifier, password });
  }

  /** Goes on with the session that this browser has a cookie of, if it is this account's. */
  resume(account: string): void {
    this.held = undefined;
    this.owner = account;
  }

  /**
   * Ends the session, here at once and on the server if it can be told.
   *
   * @param own whether the cookie is of this session, and not of another account's that began since
   */
  signOut(own: () => boolean): Promise<void> {
    const token = this.held?.token;
    this.forget();
    return this.exclusively(() => this.end(token, own()));
  }

  /** Ends the session that this browser has a cookie of, if that is still wanted when it can be done. */
  endLeft(wanted: () => boolean): Promise<void> {
    return this.exclusively(() => this.end(undefined, wanted()));
  }

  /** Nobody is signed in here any more, as the server knows already. */
  forget(): void {
    this.held = undefined;
    this.owner = undefined;
  }

  async token(): Promise<string> {
    const held = this.held;
    return held && held.goodUntil - Date.now() > FRESH_MS ? held.token : this.refresh();
  }

  /** How long until a renewal is due; nothing when nobody is signed in. */
  renewalDueMs(): number | undefined {
    return (
      this.held &&
      Math.max(this.held.goodUntil - Date.now() - Math.min(90_000, this.held.lifeMs / 3), 1000)
    );
  }

  /** When the token at hand ends, by the clock of this computer. */
  goodUntil(): number | undefined {
    return this.held?.goodUntil;
  }

  /** Fails UNAUTHENTICATED when there is no session, SESSION_REVOKED when it is another account's by now. */
  refresh(): Promise<string> {
    this.refreshing ??= this.exclusively(() => this.renew()).finally(
      () => (this.refreshing = undefined),
    );
    return this.refreshing;
  }

  private async renew(): Promise<string> {
    const owner = this.owner;
    const answer = (await this.rest.ask('POST', 'auth/refresh')) as SignedIn;
    if (answer.user.id !== owner || owner !== this.owner) {
      throw new Failure('SESSION_REVOKED', 'another account is signed in here', { other: 'true' });
    }
    this.learnt(this.hold(answer));
    return answer.token;
  }

  private async end(token: string | undefined, cookie: boolean): Promise<void> {
    if (token !== undefined || cookie) {
      await this.rest.ask('POST', 'auth/logout', { token, cookie });
    }
  }

  private async enter(path: string, body: object): Promise<Account> {
    const answer = (await this.exclusively(() =>
      this.rest.ask('POST', `auth/${path}`, { body }),
    )) as SignedIn;
    this.owner = answer.user.id;
    return this.hold(answer);
  }

  private hold({ token, expiresIn, user }: SignedIn): Account {
    const lifeMs = expiresIn * 1000;
    this.held = { token, goodUntil: Date.now() + lifeMs, lifeMs };
    return user;
  }
}

const acrossTabs: Exclusively = (work) =>
  'navigator' in globalThis && 'locks' in navigator
    ? navigator.locks.request('parley.refresh', work)
    : work();
