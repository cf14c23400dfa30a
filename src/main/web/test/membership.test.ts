import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Wishes } from '../src/client/membership';
import type { Home } from '../src/state/home';
import { until } from './clock';
import { beside } from './fake-beside';
import { FakeRoom } from './fake-room';
import { FakeServer } from './fake-server';
import { visit } from './visitor';

let server: FakeServer;
let url: string;
let ada: { id: string; name: string };
let ben: { id: string; name: string };
let room: FakeRoom;
const homes: Home[] = [];

beforeEach(async () => {
  server = new FakeServer();
  url = await server.listen();
  ada = server.account('Ada');
  ben = server.account('Ben');
  room = server.general;
});

afterEach(async () => {
  homes.splice(0).forEach((home) => home.stop());
  await server.close();
});

async function open(account = ada): Promise<Home> {
  const home = visit(server, () => url, account);
  homes.push(home);
  await home.start();
  await until(() => home.rooms.listed.value);
  return home;
}

const state = (home: Home) => home.rooms.get(room.id)!.value;

/** What the server tells all devices of Ada of how she wants to have a room. */
function note(body: Partial<Wishes>): void {
  const all = { room: room.id, favourite: false, notifications: 'all', ...body };
  server.tell(`user.${ada.id}`, { kind: 'room.settings', seq: 6, body: all });
}

it('what is put away on one device is on the others, and comes back on all', async () => {
  const desk = await open();
  const phone = await open();
  await phone.membership.hide(room.id, true);
  expect(state(phone).hidden).toBe(true);
  await until(() => state(desk).hidden);
  await phone.membership.hide(room.id, false);
  await until(() => !state(desk).hidden && !state(phone).hidden);
});

it('that a room was put away, heard late, does not put it away again', async () => {
  const home = await open();
  const settings: Wishes = { favourite: false, notifications: 'all', hidden: true };
  beside(room).wishes.set(ada.id, { settings, at: room.head });
  server.post(room, ben, 'news');
  await until(() => state(home).last?.text === 'news');
  let asked = 0;
  server.before = (name) => {
    if (name === 'rooms.get') asked++;
    return true;
  };
  note({ hidden: true });
  await until(() => asked === 1);
  await home.find('Ben');
  expect(state(home).hidden).toBe(false);
});

it('what brings a room back may be that one wants to be told of more, on another device', async () => {
  const home = await open();
  const settings: Wishes = { favourite: false, notifications: 'none', hidden: true };
  beside(room).wishes.set(ada.id, { settings, at: room.head });
  note({ notifications: 'none', hidden: true });
  await until(() => state(home).hidden);
  server.post(room, ben, 'news');
  await until(() => state(home).last?.text === 'news');
  expect(state(home).hidden).toBe(true);
  settings.notifications = 'all';
  note({ notifications: 'all' });
  await until(() => !state(home).hidden);
});

it('how many ask is told right by their list, whatever was heard of them', async () => {
  const club = new FakeRoom('public', 'club', '', ada);
  server.rooms.set(club.id, club);
  beside(club).terms.join = 'request';
  const [hers, his] = [await open(), await open(ben)];
  await his.rooms.show(club.id);
  await his.membership.ask(club.id, 'please');
  const known = () => hers.rooms.get(club.id)!.value.requests;
  await until(() => known() === 1);
  // He comes in by a link, of which nobody is told who counts.
  beside(club).requests.clear();
  expect((await hers.membership.requests(club.id)).requests).toEqual([]);
  expect(known()).toBe(0);
});

it('who finds another door than they knew is shown the one that there is', async () => {
  const club = new FakeRoom('public', 'club', '', ben);
  server.rooms.set(club.id, club);
  const { terms } = beside(club);
  terms.join = 'request';
  const hers = await open();
  await hers.rooms.show(club.id);
  const door = () => hers.rooms.get(club.id)!.value.join;
  expect(door()).toBe('request');
  terms.join = 'open';
  const refused = (rule: string) => ({ details: { rule } });
  await expect(hers.membership.ask(club.id, 'please')).rejects.toMatchObject(refused('open'));
  await until(() => door() === 'open');
  terms.join = 'request';
  const joined = hers.membership.atDoor(club.id, () => hers.join(club.id));
  await expect(joined).rejects.toMatchObject(refused('ask'));
  await until(() => door() === 'request');
});
