/** Every way the server can refuse, with the number that never changes. */
export const REASONS = {
  INVALID: 4000,
  UNAUTHENTICATED: 4010,
  TOKEN_EXPIRED: 4011,
  SESSION_REVOKED: 4012,
  FORBIDDEN: 4030,
  NOT_MEMBER: 4031,
  BANNED: 4032,
  MUTED: 4033,
  READ_ONLY: 4034,
  NOT_FOUND: 4040,
  CONFLICT: 4090,
  CID_CONFLICT: 4091,
  ALREADY_EXISTS: 4092,
  GONE: 4100,
  TOO_LARGE: 4130,
  UNSUPPORTED_MEDIA: 4150,
  MEDIA_REJECTED: 4220,
  RATE_LIMITED: 4290,
  SLOW_MODE: 4291,
  INTERNAL: 5000,
  UNAVAILABLE: 5030,
  OVERLOADED: 5031,
  DRAINING: 5032,
  NOT_OWNER: 5033,
  TIMEOUT: 5040,
} as const;

export type Reason = keyof typeof REASONS;

const TEXT = /^([A-Z_]+)((?: [A-Za-z]+=[^ ]*[^ :])*): ([^]*)$/;
const AGAIN = new Set<Reason>([
  'UNAVAILABLE',
  'OVERLOADED',
  'DRAINING',
  'NOT_OWNER',
  'TIMEOUT',
  'RATE_LIMITED',
  'SLOW_MODE',
]);
const SESSION = new Set<Reason>(['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'SESSION_REVOKED']);

/** Why something was refused; the one error that this library throws. */
export class Failure extends Error {
  constructor(
    readonly reason: Reason,
    readonly detail: string,
    readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(`${reason}: ${detail}`);
    this.name = 'Failure';
  }

  /** Whether the same request, with the same cid, may succeed when it is simply sent again. */
  get retryable(): boolean {
    return AGAIN.has(this.reason);
  }

  /** Whether it is about the session and not about the request. */
  get aboutSession(): boolean {
    return SESSION.has(this.reason);
  }

  /** How long the server asks to wait. */
  get retryAfterMs(): number | undefined {
    const ms = Number(this.details.retryAfterMs);
    return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
  }

  /** Reads the bridge's form: `SLOW_MODE retryAfterMs=4000: wait 4 s`. */
  static parse(text: unknown): Failure {
    const match = typeof text === 'string' ? TEXT.exec(text) : null;
    const reason = match?.[1] ?? '';
    if (!match || !isReason(reason)) {
      return new Failure('INTERNAL', 'something went wrong on the server');
    }
    const details: Record<string, string> = {};
    for (const pair of (match[2] ?? '').split(' ')) {
      const equals = pair.indexOf('=');
      if (equals > 0) {
        details[pair.slice(0, equals)] = pair.slice(equals + 1);
      }
    }
    return new Failure(reason, match[3] ?? '', details);
  }

  /** Reads REST's form, `application/problem+json`. */
  static fromProblem(status: number, problem: unknown, retryAfter?: string | null): Failure {
    const fields = typeof problem === 'object' && problem !== null ? problem : {};
    const details: Record<string, string> = {};
    for (const [key, value] of Object.entries(fields)) {
      if (typeof value === 'string' || typeof value === 'number') {
        details[key] = String(value);
      }
    }
    if (retryAfter && !details.retryAfterMs) {
      details.retryAfterMs = String(Number(retryAfter) * 1000);
    }
    const reason = details.code ?? '';
    if (isReason(reason)) {
      return new Failure(reason, details.detail ?? reason, details);
    }
    return new Failure(byStatus(status), `the server answered ${status}`, details);
  }

  /** Whatever was thrown, as a failure. */
  static from(thrown: unknown): Failure {
    return thrown instanceof Failure
      ? thrown
      : new Failure('UNAVAILABLE', 'the server cannot be reached');
  }
}

function isReason(word: string): word is Reason {
  return Object.hasOwn(REASONS, word);
}

function byStatus(status: number): Reason {
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 404) return 'NOT_FOUND';
  if (status === 429) return 'RATE_LIMITED';
  if (status === 504) return 'TIMEOUT';
  if (status >= 502) return 'UNAVAILABLE';
  return status >= 500 ? 'INTERNAL' : 'INVALID';
}
