import { Failure } from './failure';
import type { Person } from './protocol';

export interface Account extends Person {
  email?: string;
  phoneNumber?: string;
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

/** Runs one thing at a time among all tabs, because a refresh token works only once. */
export type Exclusively = <T>(work: () => Promise<T>) => Promise<T>;

const FRESH_MS = 30_000;
const REQUEST_MS = 8_000;

/** Who is signed in here. The access token lives in memory only, the refresh token in a cookie that no script sees. */
export class Session {
  private held: { token: string; goodUntil: number; lifeMs: number } | undefined;
  private refreshing: Promise<string> | undefined;

  constructor(
    private readonly base = '',
    private readonly exclusively: Exclusively = acrossTabs,
    private readonly request: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  signUp(registration: Registration): Promise<Account> {
    return this.enter('register', registration);
  }

  signIn(identifier: string, password: string): Promise<Account> {
    return this.enter('login', { identifier, password });
  }

  /** Goes on with the session that this browser has a cookie of. Fails UNAUTHENTICATED when there is none. */
  async restore(): Promise<Account> {
    return this.exclusively(() => this.enter('refresh', undefined));
  }

  /** Ends the session, here at once and on the server as soon as it can be told. */
  async signOut(): Promise<void> {
    const token = this.held?.token;
    this.held = undefined;
    await this.post('logout', undefined, token);
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

  refresh(): Promise<string> {
    this.refreshing ??= this.restore()
      .then(() => this.held?.token ?? '')
      .finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async enter(path: string, body: object | undefined): Promise<Account> {
    const answer = (await this.post(path, body)) as SignedIn;
    const lifeMs = answer.expiresIn * 1000;
    this.held = { token: answer.token, goodUntil: Date.now() + lifeMs, lifeMs };
    return { ...answer.user, id: answer.user.id, name: answer.user.name };
  }

  private async post(path: string, body: object | undefined, token?: string): Promise<unknown> {
    const headers: Record<string, string> = { 'X-Parley-Client': 'web' };
    if (body) headers['Content-Type'] = 'application/json';
    if (token) headers.Authorization = `Bearer ${token}`;
    let response: Response;
    try {
      response = await this.request(`${this.base}/api/auth/${path}`, {
        method: 'POST',
        headers,
        credentials: 'same-origin',
        signal: AbortSignal.timeout(REQUEST_MS),
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    } catch {
      throw new Failure('UNAVAILABLE', 'the server cannot be reached');
    }
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) {
      throw Failure.fromProblem(response.status, answer, response.headers.get('Retry-After'));
    }
    return answer;
  }
}

const acrossTabs: Exclusively = (work) =>
  'locks' in navigator ? navigator.locks.request('parley.refresh', work) : work();
