import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { uuidv7 } from '../src/client/ids';
import { OwnData } from '../src/client/own-data';
import { Rest } from '../src/client/rest';
import { App } from '../src/state/app';
import { Keepsakes } from '../src/state/keepsakes';
import { OutboxStore } from '../src/state/outbox-store';
import { until } from './clock';
import { FakeServer } from './fake-server';
import { transport } from './sockets';

const tokens = { token: () => Promise.resolve('a-token') };

function answering(response: () => Response | Promise<Response>): OwnData {
  return new OwnData(tokens, '', () => Promise.resolve(response()));
}

function stream(...parts: (string | Error)[]): Response {
  const encoder = new TextEncoder();
  const rest = [...parts];
  return new Response(
    new ReadableStream({
      pull(controller) {
        const part = rest.shift();
        if (part === undefined) controller.close();
        else if (part instanceof Error) controller.error(part);
        else controller.enqueue(encoder.encode(part));
      },
    }),
  );
}

it('a copy is whole, and tells how much has come', async () => {
  const told: number[] = [];
  const copy = await answering(() => stream('{"a":', '1}')).copy(
    (bytes) => told.push(bytes),
    new AbortController().signal,
  );
  expect(await copy.text()).toBe('{"a":1}');
  expect(told).toEqual([5, 7]);
});

it('a copy that breaks off is none', async () => {
  const broken = answering(() => stream('{"a":', new Error('reset')));
  await expect(broken.copy(() => undefined, new AbortController().signal)).rejects.toMatchObject({
    reason: 'UNAVAILABLE',
  });
});

it('a copy that is not wanted any more ends with that', async () => {
  const controller = new AbortController();
  const copying = answering(() => stream('{', '"a"', ':1}')).copy(
    () => controller.abort(),
    controller.signal,
  );
  await expect(copying).rejects.toMatchObject({ name: 'AbortError' });
});

it('a copy too many says how long to wait', async () => {
  const problem = JSON.stringify({ code: 'RATE_LIMITED', status: 429, detail: 'three an hour' });
  const refused = answering(
    () => new Response(problem, { status: 429, headers: { 'Retry-After': '600' } }),
  );
  await expect(refused.copy(() => undefined, new AbortController().signal)).rejects.toMatchObject({
    reason: 'RATE_LIMITED',
    retryAfterMs: 600_000,
  });
});

let server: FakeServer;
let url: string;
let outbox: OutboxStore;
const apps: App[] = [];

beforeEach(async () => {
  server = new FakeServer();
  url = await server.listen();
  outbox = new OutboxStore(uuidv7());
  server.account('Ada', 'ada', 'correct horse');
});

afterEach(async () => {
  apps.splice(0).forEach((app) => app.home.value?.stop());
  await server.close();
});

/** One tab; those that share `gone` are of one browser. */
function tab(gone: ((user: string) => void)[] = []): App {
  let cookie = '';
  const rest = new Rest(url, async (input, init) => {
    const headers = { ...(init?.headers as object), cookie };
    const response = await fetch(input, { ...init, headers });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return response;
  });
  const own: { last?: (user: string) => void } = {};
  const app = new App(
    {
      transports: [transport(() => url)],
      outbox,
      keepsakes: new Keepsakes(uuidv7()),
      tabs: { own: uuidv7(), alive: () => Promise.resolve(new Set()), whenGone: () => undefined },
      soon: (work) => setTimeout(work, 0),
      gone: {
        tell: (user) => gone.filter((one) => one !== own.last).forEach((hear) => hear(user)),
        hear: (listener) => {
          own.last = listener;
          gone.push(listener);
        },
      },
    },
    rest,
  );
  apps.push(app);
  return app;
}

async function unsent(app: App): Promise<string> {
  const { me } = app.home.value!;
  await outbox.put({
    cid: uuidv7(),
    user: me.id,
    room: 'tea',
    text: 'never sent',
    replyTo: undefined,
    at: 1,
    tab: '',
    failure: { reason: 'MUTED', detail: 'not now' },
  });
  return me.id;
}

it('an account that is deleted leaves nothing here, and is no news of a session', async () => {
  const app = tab();
  await app.signIn('ada', 'correct horse');
  const user = await unsent(app);
  const done: boolean[] = [];
  await app.deleteAccount('correct horse', () => done.push(app.home.value !== undefined));
  expect(done).toEqual([true]);
  expect(server.accounts.has(user)).toBe(false);
  expect([app.home.value, app.ended.value]).toEqual([undefined, undefined]);
  await until(async () => (await outbox.of(user)).length === 0);
});

it('a wrong password deletes nothing', async () => {
  const app = tab();
  await app.signIn('ada', 'correct horse');
  const user = await unsent(app);
  await expect(app.deleteAccount('a guess', () => undefined)).rejects.toMatchObject({
    reason: 'FORBIDDEN',
  });
  expect(server.accounts.has(user)).toBe(true);
  expect(app.home.value?.me.id).toBe(user);
  expect(await outbox.of(user)).toHaveLength(1);
});

it('other tabs of the browser are at the door as well, without a word of a session', async () => {
  const gone: ((user: string) => void)[] = [];
  const [first, second] = [tab(gone), tab(gone)];
  await first.signIn('ada', 'correct horse');
  await second.signIn('ada', 'correct horse');
  await until(() => second.home.value?.connection.value.is === 'open');
  await first.deleteAccount('correct horse', () => undefined);
  expect([second.home.value, second.ended.value]).toEqual([undefined, undefined]);
});
