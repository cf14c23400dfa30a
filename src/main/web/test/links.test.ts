import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Identity } from '../src/client/identity';
import type { App } from '../src/state/app';
import { prove, resetting } from '../src/views/entry/links';
import { FakeServer } from './fake-server';
import { Jar } from './tabs';

let server: FakeServer;
let url: string;
let app: App;
let jar: Jar;

beforeEach(async () => {
  server = new FakeServer();
  url = await server.listen();
  jar = new Jar();
  app = jar.app(() => url);
  await app.signUp({ name: 'Ada', email: 'ada@example.org', password: 'correct horse' });
});

afterEach(async () => {
  app.home.peek()?.stop();
  await server.close();
});

/** Somebody with the link, in another browser. */
function elsewhere(): Identity {
  return new Identity(
    jar.rest(() => url),
    { token: () => Promise.reject(new Error('nobody is signed in')) },
  );
}

it('a link proves an address once', async () => {
  const { token } = server.sent[0]!;
  expect(await prove(app, token)).toBe('verified');
  expect(app.home.peek()!.me.emailVerifiedAt).toBeDefined();
  expect(await prove(app, token)).toBe('gone');
});

it('a link that proved nothing does not pass for that of the present address', async () => {
  await prove(app, server.sent[0]!.token);
  await app.changeIdentifier('email', 'ada@example.com', 'correct horse');
  const replaced = server.sent.at(-1)!.token;
  await app.changeIdentifier('email', 'ada@example.net', 'correct horse');
  expect(app.home.peek()!.me.emailVerifiedAt).toBeDefined();
  expect(await prove(app, replaced)).toBe('gone');
  expect(await prove(app, 'pmt_none')).toBe('gone');
});

it('where nobody answers another try may tell', async () => {
  jar.network = 'out';
  await expect(prove(app, server.sent[0]!.token)).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
  jar.network = 'good';
  expect(await prove(app, server.sent[0]!.token)).toBe('verified');
});

async function resetLink(): Promise<string> {
  await elsewhere().askReset('ada@example.org');
  return server.sent.at(-1)!.token;
}

it('a password is set by a link once', async () => {
  const token = await resetLink();
  expect(await resetting(elsewhere(), token)('a new password')).toBe('done');
  expect(await resetting(elsewhere(), token)('a new password')).toBe('gone');
});

it('after a try that nobody answered, a used link tells that the password is set perhaps', async () => {
  const reset = resetting(elsewhere(), await resetLink());
  jar.network = 'deaf';
  await expect(reset('a new password')).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
  jar.network = 'good';
  expect(await reset('a new password')).toBe('perhaps');
});

it('a refused try is no reason to think so', async () => {
  const token = await resetLink();
  const reset = resetting(elsewhere(), token);
  await expect(reset('short')).rejects.toMatchObject({ details: { rule: 'short' } });
  await resetLink();
  expect(await reset('a new password')).toBe('gone');
});
