import { Failure } from './failure';

const REQUEST_MS = 8_000;

/** What a request may carry. */
export interface Load {
  body?: object | undefined;
  /** The access token of whoever asks. */
  token?: string | undefined;
  /** Whether it comes from this browser's session, too: its cookie goes along, and may be taken away. */
  cookie?: boolean;
}

/** Requests over REST, by a browser that keeps its refresh token in a cookie. */
export class Rest {
  constructor(
    private readonly base = '',
    private readonly request: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  /** Asks once. Fails with what the server says, or UNAVAILABLE when the outcome is unknown. */
  async ask(
    method: string,
    path: string,
    { body, token, cookie = true }: Load = {},
  ): Promise<unknown> {
    const headers: Record<string, string> = { 'X-Parley-Client': 'web' };
    if (body) headers['Content-Type'] = 'application/json';
    if (token) headers.Authorization = `Bearer ${token}`;
    let response: Response;
    try {
      response = await this.request(`${this.base}/api/${path}`, {
        method,
        headers,
        credentials: cookie ? 'same-origin' : 'omit',
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
