import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Backoff } from '../src/client/backoff';
import { Client, type Renewing } from '../src/client/client';
import type { ConnectionState } from '../src/client/connection';
import { Failure } from '../src/client/failure';
import { uuidv7 } from '../src/client/ids';
import { until } from './clock';
import { Refusal } from './fake-commands';
import { FakeServer } from './fake-server';
import { tokensOf, transport } from './sockets';

let server: FakeServer;
let url: string;
let tokens: Renewing & { refreshes: number };
let states: ConnectionState['is'][];
let client: Client;

beforeEach(async () => {
  server = new FakeServer();
  url = await server.listen();
  tokens = tokensOf(server, server.account('Ada').id);
  states = [];
  client = new Client(
    [transport(() => url)],
    tokens,
    { state: (state) => states.push(state.is), opened: () => undefined },
    () => new Backoff(10, 100),
  );
});

afterEach(async () => {
  client.stop();
  await server.close();
});

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => Promise.reject(new Error('it did not fail')),
    (thrown: unknown) => thrown as Failure,
  );
}

it('says who it is first, and then asks', async () => {
  client.start();
  const { rooms } = await client.call('rooms.list', {});
  expect(rooms.map((room) => room.name)).toEqual(['general']);
  expect(server.sockets[0]!.frames[0]!.address).toBe('session.open');
  expect(states).toEqual(['connecting', 'open']);
});

it('fails with the reason of the server, its sentence and its details', async () => {
  server.before = (name) => {
    if (name === 'messages.typing')
      throw new Refusal(4291, 'SLOW_MODE retryAfterMs=4000: wait 4 s');
    return true;
  };
  client.start();
  const failure = await failureOf(client.call('messages.typing', { room: server.general.id }));
  expect(failure).toMatchObject({ reason: 'SLOW_MODE', detail: 'wait 4 s', retryAfterMs: 4000 });
  expect(failure.retryable).toBe(true);
});

it('comes back after a lost connection, and tells callers that the outcome is unknown', async () => {
  client.start();
  await client.call('rooms.list', {});
  server.before = () => false;
  const lost = failureOf(client.call('rooms.list', {}));
  server.sockets[0]!.ws.terminate();
  expect((await lost).reason).toBe('UNAVAILABLE');
  server.before = () => true;
  await client.call('rooms.list', {});
  expect(states).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open']);
});

it('asks again by itself for what may be asked twice', async () => {
  client.start();
  let refusals = 2;
  server.before = (name) => {
    if (name === 'rooms.list' && refusals-- > 0) throw new Refusal(5031, 'OVERLOADED: later');
    return true;
  };
  expect((await client.read('rooms.list', {})).rooms).toHaveLength(1);
});

it('gets a fresh token when the server does not know the old one', async () => {
  const good = await tokens.token();
  tokens.token = () => Promise.resolve(tokens.refreshes === 0 ? 'stale' : good);
  client.start();
  await client.call('rooms.list', {});
  expect(tokens.refreshes).toBe(1);
});

it('ends when the session is over', async () => {
  client.start();
  await client.call('rooms.list', {});
  tokens.token = tokens.refresh = () =>
    Promise.reject(new Failure('UNAUTHENTICATED', 'sign in again'));
  server.sockets[0]!.ws.close(4403);
  await until(() => states.at(-1) === 'ended');
});

it('stays away after another one took its place, until somebody looks', async () => {
  client.start();
  await client.call('rooms.list', {});
  server.sockets[0]!.ws.close(4429);
  await until(() => states.at(-1) === 'superseded');
  client.wake();
  await until(() => states.at(-1) === 'open');
});

it('renews the session when the server says that it expires', async () => {
  client.start();
  await client.call('rooms.list', {});
  const socket = server.sockets[0]!;
  const body = { kind: 'session.expiring', user: socket.user!.id };
  server.send(socket, { type: 'rec', address: `user.${socket.user!.id}`, body });
  await until(() => socket.frames.some((frame) => frame.address === 'session.renew'));
  expect(tokens.refreshes).toBe(1);
});

it('registers again with the cursor of the moment', async () => {
  let cursor: string | undefined;
  const kinds: string[] = [];
  client.follow(`room.${server.general.id}`, {
    cursor: () => cursor,
    heard: (body) => {
      kinds.push(body.kind);
      cursor = (body as { cursor?: string }).cursor ?? cursor;
    },
    refused: () => undefined,
  });
  client.start();
  await until(() => kinds.length === 1);
  server.sockets[0]!.ws.terminate();
  server.post(server.general, [...server.accounts.values()][0]!, 'missed');
  await until(() => kinds.length === 3);
  expect(kinds).toEqual(['ready', 'message', 'ready']);
  const registered = server.sockets[0]!.frames.find((frame) => frame.type === 'register');
  expect(registered?.headers?.cursor).toBe('e1:2');
});

it('tells a follower when it is refused for good', async () => {
  const secret = server.account('Ben');
  const refused = vi.fn();
  const { id } = server.general;
  server.general.members.delete([...server.accounts.values()][0]!.id);
  expect(secret.name).toBe('Ben');
  client.follow(`room.${id}`, { cursor: () => undefined, heard: () => undefined, refused });
  client.start();
  await until(() => refused.mock.calls.length === 1);
  expect((refused.mock.calls[0]![0] as Failure).reason).toBe('NOT_MEMBER');
});

it(
  'notices within ten seconds that a silent network does not answer',
  { timeout: 15_000 },
  async () => {
    client.start();
    await client.call('rooms.list', {});
    server.silent = true;
    const asked = Date.now();
    await failureOf(client.call('rooms.list', {}));
    expect(Date.now() - asked).toBeLessThan(10_500);
    expect(states.at(-1)).not.toBe('open');
  },
);

it('makes ids that sort by time', () => {
  const ids = [3, 1, 2].map((ms) => uuidv7(ms * 1_000_000_000_000));
  expect([...ids].sort()).toEqual([ids[1], ids[2], ids[0]]);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
