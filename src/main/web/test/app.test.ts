import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from '../src/state/app';
import { lastAccount, memory, rememberReminder, wantsReminder } from '../src/state/browser';
import { uuidv7 } from '../src/client/ids';
import { until } from './clock';
import { FakeServer } from './fake-server';
import { Jar } from './tabs';

let server: FakeServer;
let url: string;
const apps: App[] = [];

beforeEach(async () => {
  server = new FakeServer();
  url = await server.listen();
  const kept = new Map<string, string>();
  vi.stubGlobal(
    'localStorage',
    new Proxy(
      {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => kept.set(key, value),
        removeItem: (key: string) => kept.delete(key),
      },
      { ownKeys: () => [...kept.keys()], getOwnPropertyDescriptor: () => ENUMERABLE },
    ),
  );
});
const ENUMERABLE = { enumerable: true, configurable: true };

afterEach(async () => {
  apps.splice(0).forEach((app) => app.home.peek()?.stop());
  await server.close();
  vi.unstubAllGlobals();
});

/** The app in a tab of a browser. */
function tab(jar = new Jar(), disk = uuidv7()): App {
  const app = jar.app(() => url, disk);
  apps.push(app);
  return app;
}

async function signedUp(app: App, username: string): Promise<string> {
  await app.signUp({ name: username, username, password: 'correct horse' });
  await until(() => app.home.peek()?.connection.value.is === 'open');
  return app.home.peek()!.me.id;
}

it('a device that is signed out from elsewhere says so, and keeps what was not sent', async () => {
  const disk = uuidv7();
  const app = tab(new Jar(), disk);
  const id = await signedUp(app, 'ada');
  server.before = (name) => name !== 'messages.post';
  const parcel = await app.home.peek()!.outbox.add(server.general.id, 'on its way');
  memory.set(`parley.draft.${id}.${server.general.id}`, 'begun');

  const far = tab();
  await far.signIn('ada', 'correct horse');
  const desk = far.home.peek()!;
  await until(() => desk.connection.value.is === 'open');
  const other = (await desk.devices()).find(({ current }) => !current)!;
  await desk.signOutDevice(other.id);

  await until(() => app.home.peek() === undefined);
  expect(app.ended.value?.reason).toBe('SESSION_REVOKED');
  expect(memory.get(`parley.draft.${id}.${server.general.id}`)).toBe('begun');
  expect(await desk.devices()).toHaveLength(1);

  server.before = () => true;
  await app.signIn('ada', 'correct horse');
  await until(() => server.general.entries.some(({ cid }) => cid === parcel.cid));
  expect(app.ended.value).toBeUndefined();
});

it('whoever signs out by choice leaves no draft and hears no reason', async () => {
  const app = tab();
  const id = await signedUp(app, 'ada');
  memory.set(`parley.draft.${id}.room`, 'begun');
  await app.signOut();
  expect(memory.get(`parley.draft.${id}.room`)).toBeUndefined();
  expect([app.home.peek(), app.ended.peek(), lastAccount()]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(server.sessions.size).toBe(0);
});

it('signing out leaves the session of whoever signed in since in another tab', async () => {
  const jar = new Jar();
  const app = tab(jar);
  await signedUp(app, 'ada');
  const next = tab(jar);
  const ben = await signedUp(next, 'ben');
  await app.signOut();
  expect([...server.sessions.values()].map(({ user }) => user)).toEqual([ben]);
  expect(lastAccount()?.id).toBe(ben);
  await next.home.peek()!.client.renew();
  expect(next.home.peek()?.me.id).toBe(ben);
});

it('signing out everywhere leaves another one’s session, too', async () => {
  const jar = new Jar();
  const app = tab(jar);
  await signedUp(app, 'ada');
  const next = tab(jar);
  const ben = await signedUp(next, 'ben');
  await app.signOutEverywhere();
  expect([...server.sessions.values()].map(({ user }) => user)).toEqual([ben]);
  await next.home.peek()!.client.renew();
});

describe('whoever signs out without a network', () => {
  let jar: Jar;
  let id: string;

  beforeEach(async () => {
    jar = new Jar();
    const app = tab(jar);
    id = await signedUp(app, 'ada');
    jar.network = 'out';
    await app.signOut();
    expect(app.home.peek()).toBeUndefined();
    expect(server.sessions.size).toBe(1);
  });

  it('is signed out on the server when there is one', async () => {
    const app = apps[0]!;
    await app.settle();
    expect(server.sessions.size).toBe(1);
    jar.network = 'good';
    await app.settle();
    expect(server.sessions.size).toBe(0);
  });

  it('is signed out with the next start, before anything goes on', async () => {
    jar.network = 'good';
    memory.set('parley.me', JSON.stringify({ id, name: 'Ada' }));
    const next = tab(jar);
    next.start();
    expect(next.home.peek()).toBeUndefined();
    await until(() => server.sessions.size === 0);
    expect([server.refreshes, lastAccount()]).toEqual([0, undefined]);
  });

  it('is signed out before the next one signs in, who then is left alone', async () => {
    jar.network = 'good';
    const next = tab(jar);
    const ben = await signedUp(next, 'ben');
    expect([...server.sessions.values()].map(({ user }) => user)).toEqual([ben]);
    await next.settle();
    await apps[0]!.settle();
    expect(server.sessions.size).toBe(1);
    await next.home.peek()!.client.renew();
  });

  it('has nothing to settle where the session has ended meanwhile', async () => {
    server.end(() => true);
    jar.network = 'good';
    await apps[0]!.settle();
    expect(memory.get('parley.signing-out')).toBeUndefined();
  });
});

it('signing out and in at once keeps the new session', async () => {
  const jar = new Jar();
  const app = tab(jar);
  await signedUp(app, 'ada');
  let answer: () => void = () => undefined;
  jar.slow = new Promise((resolve) => (answer = () => resolve(undefined)));
  const leaving = app.signOut();
  const entering = app.signIn('ada', 'correct horse');
  await until(() => server.sessions.size === 0);
  answer();
  await Promise.all([leaving, entering]);
  await app.home.peek()!.client.renew();
  expect(server.sessions.size).toBe(1);
});

it.each(['good', 'deaf'] as const)(
  'signing out everywhere leaves no draft when the socket is closed first, on a %s network',
  async (network) => {
    const jar = new Jar();
    const app = tab(jar);
    const id = await signedUp(app, 'ada');
    memory.set(`parley.draft.${id}.room`, 'begun');
    let answer: () => void = () => undefined;
    jar.slow = new Promise((resolve) => (answer = () => resolve(undefined)));
    const leaving = app.signOutEverywhere().catch(() => undefined);
    await until(() => server.sessions.size === 0);
    jar.slow = Promise.resolve();
    await until(() => app.home.peek() === undefined);
    const ben = await signedUp(app, 'ben');
    jar.network = network;
    answer();
    await leaving;
    expect(memory.get(`parley.draft.${id}.room`)).toBeUndefined();
    expect([app.home.peek()?.me.id, app.ended.peek()]).toEqual([ben, undefined]);
    jar.network = 'good';
    await app.home.peek()!.client.renew();
  },
);

it('while another address waits to be proved, nobody is asked to prove the present one', async () => {
  const app = tab();
  await app.signUp({ name: 'Ada', email: 'ada@example.org', password: 'correct horse' });
  const { id } = app.home.peek()!.me;
  await app.changeIdentifier('username', 'ada', 'correct horse');
  expect([app.home.peek()!.me.username, wantsReminder(id)]).toEqual(['ada', true]);
  await app.changeIdentifier('email', 'ada@example.com', 'correct horse');
  expect(app.home.peek()!.pending.value).toBe('ada@example.com');
  expect(wantsReminder(id)).toBe(false);
  expect(JSON.stringify(lastAccount())).not.toContain('example.com');
});

it('of a deleted account nothing stays', async () => {
  const app = tab();
  const id = await signedUp(app, 'ada');
  rememberReminder(id, false);
  memory.set(`parley.draft.${id}.room`, 'begun');
  await app.deleteAccount('correct horse', () => undefined);
  expect(JSON.stringify(Object.keys(localStorage))).not.toContain(id);
});

it('signing out everywhere ends this session too, without a word about it', async () => {
  const app = tab();
  await signedUp(app, 'ada');
  const far = tab();
  await far.signIn('ada', 'correct horse');
  await until(() => far.home.peek()?.connection.value.is === 'open');
  await app.signOutEverywhere();
  expect(app.home.peek()).toBeUndefined();
  expect(app.ended.peek()).toBeUndefined();
  await until(() => far.ended.peek()?.reason === 'SESSION_REVOKED');
});

it('a tab whose browser has somebody else signed in leaves them alone', async () => {
  const jar = new Jar();
  const app = tab(jar);
  await signedUp(app, 'ada');
  const next = tab(jar);
  const ben = await signedUp(next, 'ben');
  server.end(({ user }) => user !== ben);
  await until(() => app.home.peek() === undefined);
  expect(app.ended.peek()?.details.other).toBe('true');
  expect(lastAccount()?.id).toBe(ben);
  expect(next.home.peek()?.me.id).toBe(ben);
});

it('a tab goes on with the session that another tab has got since', async () => {
  const jar = new Jar();
  const app = tab(jar);
  await signedUp(app, 'ada');
  const next = tab(jar);
  const [old] = server.sessions.keys();
  await next.signIn('ada', 'correct horse');
  server.end(({ id }) => id === old);
  await until(() => app.home.peek()?.connection.value.is === 'connecting');
  await until(() => app.home.peek()?.connection.value.is === 'open');
  expect(app.ended.peek()).toBeUndefined();
});

it('what the server says of the account is shown, and kept without addresses', async () => {
  const app = tab();
  await app.signUp({ name: 'Ada', email: 'ada@example.org', password: 'correct horse' });
  const home = app.home.peek()!;
  await until(() => home.mails.value);
  expect(home.me.emailVerifiedAt).toBeUndefined();
  await app.identity.verifyEmail(server.sent[0]!.token);
  app.learn(await app.identity.me());
  expect(home.me.emailVerifiedAt).toBeDefined();
  expect(JSON.stringify(lastAccount())).not.toContain('example.org');
});
