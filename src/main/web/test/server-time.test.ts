import { afterEach, beforeEach, expect, it } from 'vitest';
import { Client } from '../src/client/client';
import { serverNow } from '../src/client/clock';
import { Session } from '../src/client/session';
import { Caller, type Call } from '../src/state/caller';
import type { RoomState } from '../src/state/room';
import { quiet } from '../src/state/wishes';
import { until } from './clock';
import { FakeServer } from './fake-server';
import { transport } from './sockets';
import { Jar } from './tabs';

const MINUTE = 60_000;

let server: FakeServer;
let url: string;
let client: Client;

beforeEach(async () => {
  server = new FakeServer();
  url = await server.listen();
});
afterEach(async () => {
  client.stop();
  await server.close();
});

/** Somebody signs in whose clock is this far ahead of the server's. */
async function enter(aheadMs: number): Promise<void> {
  server.clockMs = -aheadMs;
  const jar = new Jar();
  const session = new Session(
    jar.rest(() => url),
    jar.exclusively,
  );
  await session.signUp({ name: 'Ada', email: 'ada@example.org', password: 'correct horse' });
  client = new Client([transport(() => url)], session, {
    state: () => undefined,
    opened: () => undefined,
  });
  client.start();
  await until(() => client.connected);
}

const ahead = () => Math.round((Date.now() - serverNow()) / MINUTE);

it('the time of the server is known by a clock that is fast, slow, or right', async () => {
  for (const minutes of [7, -90, 0]) {
    await enter(minutes * MINUTE);
    expect(ahead()).toBe(minutes);
    client.stop();
    server.accounts.clear();
  }
});

it('a clock that is set right meanwhile is compared again when the token is renewed', async () => {
  await enter(7 * MINUTE);
  server.clockMs = 0;
  await client.renew();
  expect(ahead()).toBe(0);
});

it('whose clock is fast is called for what is said, and a snooze lasts as long as it should', async () => {
  await enter(7 * MINUTE);
  const shown: Call[] = [];
  const caller = new Caller({
    me: 'me',
    wants: () => 'all',
    resting: () => false,
    looking: () => undefined,
    leads: () => true,
    show: (call) => shown.push(call),
    tell: () => undefined,
  });
  const hall = { id: 'hall', type: 'public', name: 'Hall', read: 0, notifications: 'all' };
  const saidAgo = (ms: number, seq: number) => ({
    kind: 'message',
    seq,
    cursor: 'c',
    at: new Date(Date.now() + server.clockMs - ms).toISOString(),
    author: { id: 'ann', name: 'Ann' },
    body: { text: 'hello' },
  });
  caller.heard(hall as RoomState, saidAgo(1_000, 1));
  caller.heard(hall as RoomState, saidAgo(3 * MINUTE, 2));
  expect(shown.map(({ seq }) => seq)).toEqual([1]);
  const snoozedUntil = Date.now() + server.clockMs + MINUTE;
  expect(quiet({ notifications: 'all', snoozedUntil })).toBe(true);
});
