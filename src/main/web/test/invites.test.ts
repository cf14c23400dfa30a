import { afterEach, beforeEach, expect, it } from 'vitest';
import { uuidv7 } from '../src/client/ids';
import type { Home } from '../src/state/home';
import { until } from './clock';
import { FakeServer } from './fake-server';
import { visit } from './visitor';

let server: FakeServer;
let url: string;
const homes: Home[] = [];

beforeEach(async () => {
  server = new FakeServer();
  url = await server.listen();
});

afterEach(async () => {
  homes.splice(0).forEach((home) => home.stop());
  await server.close();
});

async function started(name: string): Promise<Home> {
  const home = visit(server, () => url, server.account(name), uuidv7());
  homes.push(home);
  await home.start();
  await until(() => home.rooms.listed.value);
  return home;
}

it('a link tells where it leads, leads there, and is taken back', async () => {
  const [hers, his] = [await started('Ada'), await started('Ben')];
  const room = await hers.create('Tea', '', 'private');
  const { token, invite } = await hers.managing.invite(room, 3600, 2);
  expect(await his.managing.invited(token)).toMatchObject({ name: 'Tea', member: false });
  expect(await his.managing.accept(token)).toBe(room);
  expect(his.rooms.get(room)?.value.role).toBe('member');
  await his.managing.accept(token);
  expect(await hers.managing.invites(room)).toEqual([{ ...invite, uses: 1 }]);
  await hers.managing.uninvite(room, invite.id);
  expect(await hers.managing.invites(room)).toEqual([]);
  const eve = await started('Eve');
  await expect(eve.managing.accept(token)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
});
