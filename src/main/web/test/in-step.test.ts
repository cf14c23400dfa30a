import { afterEach, beforeEach, expect, it } from 'vitest';
import { acrossTabs, PROFILE } from '../src/state/browser';
import type { Home } from '../src/state/home';
import { keepInStep, type InStep } from '../src/state/in-step';
import { until } from './clock';
import { Refusal } from './fake-commands';
import { FakeServer } from './fake-server';
import { visit } from './visitor';

let server: FakeServer;
let url: string;
let ada: ReturnType<FakeServer['account']>;
const open: { home: Home; inStep: InStep }[] = [];

beforeEach(async () => {
  server = new FakeServer();
  url = await server.listen();
  ada = server.account('Ada');
});

afterEach(async () => {
  for (const { home, inStep } of open.splice(0)) {
    inStep.end();
    home.stop();
  }
  await server.close();
});

/** A tab of a browser in which somebody is signed in. */
async function tab(retry?: { first: number; most: number }, account = ada) {
  const home = visit(server, () => url, account);
  const inStep = keepInStep(home, acrossTabs(PROFILE), retry);
  open.push({ home, inStep });
  await home.start();
  await until(() => home.profile.value.value !== undefined);
  return { home, inStep, wants: () => home.profile.value.value?.notifications };
}

it('what one wants to be called for is known in all tabs of a browser', async () => {
  const [one, other] = [await tab(), await tab()];
  await one.home.profile.change({ notifications: 'nothing' });
  await until(() => other.wants() === 'nothing');
  await other.home.profile.change({ notifications: 'all' });
  await until(() => one.wants() === 'all');
});

it('what another device has changed is known in all tabs as soon as somebody looks at one', async () => {
  const [one, other] = [await tab(), await tab()];
  ada.profile.notifications = 'nothing';
  const { now } = Date;
  Date.now = () => now() + 60_000;
  try {
    one.inStep.look();
  } finally {
    Date.now = now;
  }
  await until(() => one.wants() === 'nothing');
  await until(() => other.wants() === 'nothing');
});

it('is asked for again when it could not be read, more and more seldom', async () => {
  const asked: number[] = [];
  server.before = (name) => {
    if (name !== 'profile.get') return true;
    asked.push(Date.now());
    if (asked.length <= 3) throw new Refusal(5000, 'INTERNAL: not now');
    return true;
  };
  const { home } = await tab({ first: 40, most: 400 });
  expect(home.profile.value.value).toBeDefined();
  expect(asked).toHaveLength(4);
  const waits = asked.slice(1).map((at, i) => at - asked[i]!);
  // At least half of a time that doubles; clocks round.
  for (const [i, half] of [20, 40, 80].entries()) expect(waits[i]).toBeGreaterThan(half - 3);
});

it('is asked for by nobody who is somebody else, nor again and again', async () => {
  const ben = await tab(undefined, server.account('Ben'));
  const one = await tab();
  let asked = 0;
  server.before = (name) => {
    if (name === 'profile.get') asked++;
    return true;
  };
  one.inStep.look();
  one.inStep.look();
  await one.home.profile.change({ notifications: 'all' });
  await ben.home.client.read('users.get', { user: ada.id });
  expect(asked).toBe(0);
});
