import { afterEach, beforeEach, expect, it } from 'vitest';
import { uuidv7 } from '../src/client/ids';
import { unread } from '../src/state/room';
import type { Home } from '../src/state/home';
import { Keepsakes } from '../src/state/keepsakes';
import { until } from './clock';
import { Refusal } from './fake-commands';
import { FakeRoom } from './fake-room';
import { FakeServer } from './fake-server';
import { texts, visit } from './visitor';

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

async function open(account = ada, disk = uuidv7()): Promise<Home> {
  const home = visit(server, () => url, account, disk);
  homes.push(home);
  await home.start();
  await until(() => home.rooms.listed.value);
  await home.rooms.show(room.id);
  return home;
}

function cut(): void {
  server.sockets.forEach(({ ws }) => ws.terminate());
}

function many(count: number, from = 1): string[] {
  return Array.from({ length: count }, (_, i) => `message ${from + i}`);
}

it('two people talk both ways', async () => {
  const one = await open(ada);
  const other = await open(ben);
  await one.outbox.add(room.id, 'hello');
  await until(() => texts(other, room.id).includes('hello'));
  await other.outbox.add(room.id, 'hi');
  await until(() => texts(one, room.id).length === 2);
  expect(texts(one, room.id)).toEqual(['hello', 'hi']);
  expect(one.outbox.parcels.value).toEqual([]);
});

it('what a node tells about itself disturbs nothing', async () => {
  const one = await open(ada);
  const news = { overload: 4, typing: false, batchMs: 250 };
  server.tell(`user.${ada.id}`, { kind: 'server', user: ada.id, body: news });
  server.tell(`user.${ada.id}`, { kind: 'of.tomorrow', user: ada.id });
  await one.outbox.add(room.id, 'still here');
  await until(() => texts(one, room.id).includes('still here'));
  expect(one.client.connected).toBe(true);
});

it('after a cut exactly what was missed and written appears, in order, once', async () => {
  const home = await open();
  server.post(room, ben, 'before');
  await until(() => texts(home, room.id).length === 1);
  const real = url;
  url = 'http://127.0.0.1:9';
  cut();
  await until(() => home.connection.value.is !== 'open');
  many(3).forEach((text) => server.post(room, ben, text));
  await home.outbox.add(room.id, 'mine 1');
  await home.outbox.add(room.id, 'mine 2');
  url = real;
  await until(() => texts(home, room.id).length === 6);
  expect(texts(home, room.id)).toEqual(['before', ...many(3), 'mine 1', 'mine 2']);
  const registered = server.sockets[0]!.frames.find(
    (frame) => frame.type === 'register' && frame.address === `room.${room.id}`,
  );
  expect(registered?.headers?.cursor).toBe('e1:4');
  expect(room.entries.filter((entry) => entry.kind === 'message')).toHaveLength(6);
});

it('another name and another role are known wherever the room is', async () => {
  const one = await open(ada);
  const other = await open(ben);
  const mine = room.members.get(ada.id)!;
  room.members.set(ada.id, { ...mine, role: 'owner' });
  await one.managing.update(room.id, { name: 'Coffee', description: 'Hot' });
  await one.managing.give(room.id, ben.id, 'readonly');
  const seen = () => other.rooms.get(room.id)!.value;
  await until(() => seen().role === 'readonly');
  expect(seen()).toMatchObject({ name: 'Coffee', description: 'Hot' });
  expect(one.rooms.get(room.id)!.value).toMatchObject({ name: 'Coffee', description: 'Hot' });
  await expect(other.managing.update(room.id, { name: 'Tea' })).rejects.toMatchObject({
    reason: 'FORBIDDEN',
  });
});

it('an answer that is lost makes no second message', async () => {
  const home = await open();
  let first = true;
  server.before = (name, body) => {
    if (name === 'messages.post' && first) {
      first = false;
      server.silent = true;
      server.post(room, ada, String(body.text), String(body.cid));
      server.silent = false;
      cut();
      return false;
    }
    return true;
  };
  await home.outbox.add(room.id, 'once');
  await until(() => texts(home, room.id).length === 1 && home.outbox.parcels.value.length === 0);
  expect(room.entries.filter((entry) => entry.kind === 'message')).toHaveLength(1);
});

it('pages what was missed when it is too much to be sent at once', async () => {
  server.backlog = 10;
  const home = await open();
  server.post(room, ben, 'before');
  await until(() => texts(home, room.id).length === 1);
  const real = url;
  url = 'http://127.0.0.1:9';
  cut();
  many(130).forEach((text) => server.post(room, ben, text));
  url = real;
  await until(() => home.connection.value.is === 'open');
  server.post(room, ben, 'live');
  await until(() => texts(home, room.id).length === 132);
  expect(texts(home, room.id)).toEqual(['before', ...many(130), 'live']);
  expect(home.rooms.get(room.id)!.value.missing).toBeUndefined();
});

it('loads afresh when its cursor does not fit any more', async () => {
  const home = await open();
  server.post(room, ben, 'before');
  await until(() => texts(home, room.id).length === 1);
  room.epoch = 'e2';
  cut();
  server.post(room, ben, 'after');
  await until(() => texts(home, room.id).length === 2);
  expect(texts(home, room.id)).toEqual(['before', 'after']);
});

it('asks again when an entry is missing between two', async () => {
  const home = await open();
  server.silent = true;
  server.post(room, ben, 'lost on the way');
  server.silent = false;
  server.post(room, ben, 'arrived');
  await until(() => texts(home, room.id).length === 2);
  expect(texts(home, room.id)).toEqual(['lost on the way', 'arrived']);
});

it('an edit and a delete reach those who look', async () => {
  const home = await open();
  const kept = server.post(room, ben, 'tpyo');
  const gone = server.post(room, ben, 'oops');
  server.deliver(room, room.change('edit', ben, kept.seq, 'typo'));
  server.deliver(room, room.change('delete', ben, gone.seq));
  await until(() => home.rooms.get(room.id)!.value.seq === room.head);
  expect(texts(home, room.id)).toEqual(['typo', '']);
});

it('the next visit of the same browser starts with what this one saw and asks only for the rest', async () => {
  const disk = uuidv7();
  const home = await open(ada, disk);
  many(5).forEach((text) => server.post(room, ben, text));
  await until(() => texts(home, room.id).length === 5);
  const seen = room.head;
  const disks = new Keepsakes(`rooms-${disk}`);
  await until(async () => (await disks.recall(ada.id)).some((kept) => kept.seq === seen));
  home.stop();
  server.post(room, ben, 'missed');
  const next = await open(ada, disk);
  await until(() => texts(next, room.id).length === 6);
  expect(texts(next, room.id)).toEqual([...many(5), 'missed']);
  const registered = server.sockets
    .at(-1)!
    .frames.find((frame) => frame.type === 'register' && frame.address === `room.${room.id}`);
  expect(registered?.headers?.cursor).toBe(`e1:${seen}`);
});

it('unread counts live without opening a room, and go when it is read', async () => {
  const other = new FakeRoom('public', 'tea', '', ben);
  server.rooms.set(other.id, other);
  other.join(ada);
  const home = await open();
  server.post(other, ben, 'one');
  server.post(other, ben, 'two');
  await until(() => unread(home.rooms.get(other.id)!.value) === 2);
  expect(home.rooms.get(other.id)!.value.last?.text).toBe('two');
  home.reader.markRead(other.id);
  expect(home.rooms.unread.value).toBe(0);
  await until(() => other.read.get(ada.id) === other.head);
});

it('what is read on one device is read on the others', async () => {
  const other = new FakeRoom('public', 'tea', '', ben);
  server.rooms.set(other.id, other);
  other.join(ada);
  const desk = await open();
  const phone = await open();
  many(3).forEach((text) => server.post(other, ben, text));
  await until(() => desk.rooms.unread.value === 3 && phone.rooms.unread.value === 3);
  phone.reader.markRead(other.id);
  await until(() => desk.rooms.unread.value === 0);
  expect(desk.rooms.get(other.id)!.value.readElsewhere).toBe(other.head);
  expect(phone.rooms.get(other.id)!.value.readElsewhere).toBeUndefined();
  server.post(other, ben, 'later');
  await until(() => desk.rooms.unread.value === 1 && phone.rooms.unread.value === 1);
});

it('the rooms are listed once what other devices read is heard', async () => {
  server.slow = true;
  const home = visit(server, () => url, ada);
  homes.push(home);
  await home.start();
  const asked = (address: string) =>
    server.sockets.some(({ frames }) => frames.some((frame) => frame.address === address));
  await until(() => asked(`user.${ada.id}`));
  await home.find('Ben');
  expect(asked('rooms.list')).toBe(false);
  server.tell(`user.${ada.id}`, { kind: 'ready', head: 0, cursor: 'u:0', complete: true });
  await until(() => home.rooms.listed.value);
  expect(asked('rooms.list')).toBe(true);
});

it('a count that is older than what is known of the room is asked for anew', async () => {
  ['one', 'two', 'three'].forEach((text) => server.post(room, ben, text));
  const home = await open();
  const asked = () => server.sockets[0]!.frames.filter((one) => one.address === 'rooms.get').length;
  const before = asked();
  const body = { room: room.id, seq: 2, n: 1, head: 3, unread: 1, marks: 1 };
  server.tell(`user.${ada.id}`, { kind: 'read', user: ada.id, body });
  await until(() => asked() === before + 1);
  expect(unread(home.rooms.get(room.id)!.value)).toBe(3);
});

it('what was read without a connection is told with the next one', async () => {
  const home = await open();
  server.post(room, ben, 'hello');
  await until(() => home.rooms.unread.value === 1);
  let refused = 0;
  server.before = (name) => {
    if (name !== 'messages.read' || refused > 0) return true;
    refused++;
    throw new Refusal(5030, 'UNAVAILABLE: not now');
  };
  home.reader.markRead(room.id);
  await until(() => refused === 1);
  cut();
  await until(() => room.read.get(ada.id) === room.head);
});

it('the room list knows the last line of every room without reading any history', async () => {
  const other = new FakeRoom('public', 'tea', '', ben);
  server.rooms.set(other.id, other);
  other.join(ada);
  server.post(other, ben, 'said before');
  const histories: unknown[] = [];
  server.before = (name, body) => {
    if (name === 'messages.history') histories.push(body.room);
    return true;
  };
  const home = await open();
  expect(home.rooms.get(other.id)!.value.last?.text).toBe('said before');
  expect(histories).toEqual([room.id]);
});

it('of many rooms only the liveliest are followed, and those that hints tell of', async () => {
  const quiet = Array.from({ length: 130 }, (_, i) => {
    const made = new FakeRoom('public', `room ${i}`, '', ben);
    server.rooms.set(made.id, made);
    made.join(ada);
    made.entries.forEach(
      (entry) => (entry.at = `2026-11-20T00:00:00.${String(i).padStart(3, '0')}Z`),
    );
    return made;
  });
  const home = await open();
  const follows = (one: FakeRoom) => server.sockets[0]!.follows.has(`room.${one.id}`);
  await until(() => follows(quiet[129]!));
  const first = quiet[0]!;
  expect(follows(first)).toBe(false);
  expect(quiet.filter(follows)).toHaveLength(99);
  server.post(first, ben, 'news');
  server.post(first, ada, 'from my phone');
  await until(() => unread(home.rooms.get(first.id)!.value) > 0);
  expect(home.rooms.order.value[0]!.value.id).toBe(first.id);
  await until(() => home.rooms.get(first.id)!.value.last?.text === 'from my phone');
  expect(unread(home.rooms.get(first.id)!.value)).toBe(1);
  quiet.slice(1, 5).forEach((one) => server.post(one, ben, 'more news'));
  await until(() => quiet.slice(0, 5).every(follows) && quiet.filter(follows).length === 100);
  expect(quiet.slice(5, 35).some(follows)).toBe(false);
  expect(follows(room)).toBe(true);
});

it('a room that somebody opens with us appears by itself', async () => {
  const one = await open(ada);
  const other = await open(ben);
  const direct = await other.direct(ada.id);
  await other.outbox.add(direct, 'psst');
  await until(() => one.rooms.get(direct)?.value.last?.text === 'psst');
  expect(one.rooms.get(direct)!.value.name).toBe('Ben');
});

it('typing is told and fades when the message is there', async () => {
  const one = await open(ada);
  const other = await open(ben);
  other.typing.pressed(room.id);
  await until(() => one.typing.all.value.get(room.id)?.has(ben.id) === true);
  await other.outbox.add(room.id, 'done');
  await until(() => one.typing.all.value.get(room.id)?.has(ben.id) === false);
  expect(one.people.name(ben.id)).toBe('Ben');
});

it('pages of history join without a hole and without doubles', async () => {
  many(150).forEach((text) => server.post(room, ben, text));
  const home = await open();
  expect(texts(home, room.id)).toHaveLength(60);
  await home.rooms.older(room.id);
  await home.rooms.older(room.id);
  expect(texts(home, room.id)).toEqual(many(150));
  expect(home.rooms.get(room.id)!.value.timeline.older).toBe(false);
});
