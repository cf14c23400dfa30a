import { Failure } from './failure';

interface Answering {
  token(): Promise<string>;
}

/** So long nothing may come of an answer that is under way. */
const SILENCE_MS = 30_000;

/** All that the server knows of one, to take along. It may be long, so it comes as it is read. */
export class OwnData {
  constructor(
    private readonly tokens: Answering,
    private readonly base = '',
    private readonly request: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  /** As a file, when all of it has come. Rejects with the reason of the signal when that is given. */
  async copy(told: (bytes: number) => void, given: AbortSignal): Promise<Blob> {
    const silent = new AbortController();
    const signal = AbortSignal.any([given, silent.signal]);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENCE_MS);
    };
    try {
      listen();
      const response = await this.ask(signal);
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let bytes = 0;
      const reader = response.body?.getReader();
      for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
        given.throwIfAborted();
        listen();
        parts.push(next.value);
        bytes += next.value.length;
        told(bytes);
      }
      return new Blob(parts, { type: 'application/json' });
    } catch (thrown) {
      given.throwIfAborted();
      throw Failure.from(thrown);
    } finally {
      clearTimeout(timer);
    }
  }

  private async ask(signal: AbortSignal): Promise<Response> {
    const response = await this.request(`${this.base}/api/me/export`, {
      headers: { Authorization: `Bearer ${await this.tokens.token()}` },
      credentials: 'same-origin',
      cache: 'no-store',
      signal,
    });
    if (!response.ok) {
      const problem: unknown = await response.json().catch(() => undefined);
      throw Failure.fromProblem(response.status, problem, response.headers.get('Retry-After'));
    }
    return response;
  }
}
