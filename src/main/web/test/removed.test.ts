import { afterEach, beforeEach, expect, it } from 'vitest';
import { uuidv7 } from '../src/client/ids';
import type { Home } from '../src/state/home';
import { Keepsakes } from '../src/state/keepsakes';
import { until } from './clock';
import type { FakeRoom } from './fake-room';
import { FakeServer } from './fake-server';
import { visit } from './visitor';

let server: FakeServer;
let ada: { id: string; name: string };
let ben: { id: string; name: string };
let room: FakeRoom;
const homes: Home[] = [];

beforeEach(async () => {
  server = new FakeServer();
  const url = await server.listen();
  ada = server.account('Ada');
  ben = server.account('Ben');
  room = server.general;
  room.members.set(ada.id, { ...room.members.get(ada.id)!, role: 'owner' });
  open = (account, disk = uuidv7()) => {
    const home = visit(server, () => url, account, disk);
    homes.push(home);
    return home;
  };
});

afterEach(async () => {
  homes.splice(0).forEach((home) => home.stop());
  await server.close();
});

let open: (account: { id: string; name: string }, disk?: string) => Home;

async function started(account: { id: string; name: string }, disk?: string): Promise<Home> {
  const home = open(account, disk);
  await home.start();
  await until(() => home.rooms.listed.value);
  await home.rooms.show(room.id);
  return home;
}

it('whoever is banned from the room on their screen stays there to read why', async () => {
  const his = await started(ben);
  const hers = await started(ada);
  await until(() => his.connection.value.is === 'open');
  await hers.managing.ban(room.id, ben.id, 'Ads.', undefined);
  await until(() => his.lost.value !== undefined);
  expect(his.lost.value).toEqual({ room: room.id, stays: true });
  expect(his.rooms.get(room.id)).toBeUndefined();
  await expect(his.rooms.show(room.id)).rejects.toMatchObject({ reason: 'BANNED' });
});

it('whoever has a room open that is deleted is told that it was, and it is gone from the list', async () => {
  const his = await started(ben);
  const hers = await started(ada);
  await until(() => his.connection.value.is === 'open');
  await hers.managing.delete(room.id);
  expect(hers.rooms.get(room.id)).toBeUndefined();
  await until(() => his.lost.value !== undefined);
  expect(his.lost.value).toEqual({ room: room.id, stays: true, deleted: 'general' });
  expect(his.rooms.get(room.id)).toBeUndefined();
  await expect(his.rooms.show(room.id)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  await hers.managing.delete(room.id);
});

it('whoever was removed while away finds the room as somebody from outside', async () => {
  const disk = uuidv7();
  const his = await started(ben, disk);
  const kept = new Keepsakes(`rooms-${disk}`);
  await until(async () => (await kept.recall(ben.id)).some(({ id }) => id === room.id));
  his.stop();
  room.leave(ben);
  const again = open(ben, disk);
  await again.start();
  expect(again.rooms.get(room.id)?.value.role).toBe('member');
  void again.rooms.show(room.id);
  await until(() => again.lost.value !== undefined);
  expect(again.lost.value).toEqual({ room: room.id, stays: true });
  await again.rooms.show(room.id);
  expect(again.rooms.get(room.id)?.value.role).toBeUndefined();
});
