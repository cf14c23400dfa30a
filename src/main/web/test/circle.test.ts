import { afterEach, beforeEach, expect, it } from 'vitest';
import { Failure } from '../src/client/failure';
import { Circle } from '../src/state/circle';
import type { Home } from '../src/state/home';
import { until } from './clock';
import { Refusal } from './fake-commands';
import { FakeServer } from './fake-server';
import { visit } from './visitor';

let server: FakeServer;
let url: string;
let ada: ReturnType<FakeServer['account']>;
let ben: ReturnType<FakeServer['account']>;
let home: Home;
let now: number;
let circle: Circle;

beforeEach(async () => {
  server = new FakeServer();
  url = await server.listen();
  ada = server.account('Ada');
  ben = server.account('Ben');
  home = visit(server, () => url, ada);
  now = 1_000_000;
  circle = new Circle(home.client, () => now);
  await home.start();
});

afterEach(async () => {
  home.stop();
  await server.close();
});

const contacts = () => [...(circle.contacts.value?.keys() ?? [])];
const blocked = () => [...(circle.blocked.value?.keys() ?? [])];

function count(command: string): { asked: number } {
  const counted = { asked: 0 };
  server.before = (name) => {
    if (name === command) counted.asked++;
    return true;
  };
  return counted;
}

it('is read once, when somebody needs it', async () => {
  ada.contacts.set(ben.id, undefined);
  ada.blocked.add(ben.id);
  const lists = count('contacts.list');
  await Promise.all([circle.need(), circle.need()]);
  await circle.need();
  expect(lists.asked).toBe(1);
  expect([contacts(), blocked()]).toEqual([[ben.id], [ben.id]]);
});

it('shows at once what is decided, and keeps it when the server agrees', async () => {
  await circle.need();
  const deciding = Promise.all([circle.add(ben), circle.block(ben)]);
  expect([contacts(), blocked()]).toEqual([[ben.id], [ben.id]]);
  await deciding;
  expect([ada.contacts.has(ben.id), ada.blocked.has(ben.id)]).toEqual([true, true]);
  expect(circle.settled.value).toBe(2);
  await Promise.all([circle.remove(ben.id), circle.unblock(ben.id)]);
  expect([contacts(), blocked(), ada.contacts.size, ada.blocked.size]).toEqual([[], [], 0, 0]);
});

it('takes back what the server refuses', async () => {
  ada.contacts.set(ben.id, undefined);
  await circle.need();
  server.before = (name) => {
    if (name === 'contacts.block') throw new Refusal(4130, 'TOO_LARGE: there are too many');
    if (name === 'contacts.remove') throw new Refusal(4040, 'NOT_FOUND: there is no such user');
    return true;
  };
  await expect(circle.block(ben)).rejects.toBeInstanceOf(Failure);
  await expect(circle.remove(ben.id)).rejects.toBeInstanceOf(Failure);
  expect([contacts(), blocked(), circle.settled.value]).toEqual([[ben.id], [], 0]);
});

/** Lets the server be busy once; commands that come later would pass by. Tells which it heard of contacts. */
function busyOnce(command: string): string[] {
  const heard: string[] = [];
  let busy = true;
  server.before = (name) => {
    if (name === command && busy) {
      busy = false;
      throw new Refusal(5031, 'OVERLOADED retryAfterMs=50: later');
    }
    if (name.startsWith('contacts.')) heard.push(name);
    return true;
  };
  return heard;
}

it('is decided in this order on the server, too', async () => {
  await circle.need();
  const heard = busyOnce('contacts.block');
  await Promise.all([circle.block(ben), circle.unblock(ben.id)]);
  expect(heard).toEqual(['contacts.block', 'contacts.unblock']);
  expect([blocked(), ada.blocked.size]).toEqual([[], 0]);
});

it('is about one person at a time; another one does not wait', async () => {
  const eve = server.account('Eve');
  await circle.need();
  const heard = busyOnce('contacts.block');
  await Promise.all([circle.block(ben), circle.add(eve)]);
  expect(heard).toEqual(['contacts.add', 'contacts.block']);
});

it('shows the last decision, whatever is answered to those before', async () => {
  await circle.need();
  await Promise.all([circle.add(ben), circle.remove(ben.id)]);
  expect([contacts(), ada.contacts.size]).toEqual([[], 0]);

  let refusals = 1;
  server.before = (name) => {
    if (name === 'contacts.block' && refusals-- > 0) throw new Refusal(4130, 'TOO_LARGE: no');
    return true;
  };
  const all = [circle.block(ben), circle.unblock(ben.id), circle.block(ben)];
  await expect(all[0]).rejects.toBeInstanceOf(Failure);
  expect(blocked()).toEqual([ben.id]);
  await Promise.all(all.slice(1));
  expect([blocked(), [...ada.blocked]]).toEqual([[ben.id], [ben.id]]);
});

it('goes back to what is so when all is refused', async () => {
  await circle.need();
  server.before = (name) => {
    if (name.startsWith('contacts.')) throw new Refusal(4130, 'TOO_LARGE: no');
    return true;
  };
  const all = await Promise.allSettled([circle.block(ben), circle.unblock(ben.id)]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(blocked()).toEqual([]);
});

it('is not undone by an answer that was on its way when it was decided', async () => {
  await circle.need();
  now += 60_000;
  let deciding: Promise<void> | undefined;
  server.before = (name) => {
    if (name === 'contacts.blocked') deciding ??= circle.add(ben);
    return true;
  };
  circle.refresh();
  await until(() => deciding !== undefined);
  await deciding;
  await until(() => ada.contacts.has(ben.id));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(contacts()).toEqual([ben.id]);
});

it('is read anew when it is old, and only if it was ever needed', async () => {
  const lists = count('contacts.list');
  circle.refresh();
  await circle.need();
  circle.refresh();
  expect(lists.asked).toBe(1);
  // Another device has decided something.
  ada.blocked.add(ben.id);
  now += 31_000;
  circle.refresh();
  await until(() => blocked().length === 1);
  expect(lists.asked).toBe(2);
});

it('says why it could not be read, and may be asked again', async () => {
  server.before = (name) => {
    if (name === 'contacts.list') throw new Refusal(5000, 'INTERNAL: oh');
    return true;
  };
  await expect(circle.need()).rejects.toMatchObject({ reason: 'INTERNAL' });
  server.before = () => true;
  await circle.need();
  expect(contacts()).toEqual([]);
});

it('a new name shows at once, everywhere, and is taken back when it is refused', async () => {
  await home.profile.read();
  const renaming = home.profile.change({ name: 'Ada L.' });
  expect(home.profile.value.value?.name).toBe('Ada L.');
  await renaming;
  expect([home.self.value.name, home.people.name(ada.id)]).toEqual(['Ada L.', 'Ada L.']);
  await expect(home.profile.change({ name: 'x'.repeat(65) })).rejects.toMatchObject({
    reason: 'TOO_LARGE',
    details: { field: 'name' },
  });
  expect([home.profile.value.value?.name, home.self.value.name]).toEqual(['Ada L.', 'Ada L.']);
});

it('of two changes at once the last one counts, whichever is answered first', async () => {
  await home.profile.read();
  const both = [
    home.profile.change({ lastSeenFor: 'nobody' }),
    home.profile.change({ photoFor: 'contacts' }),
  ];
  expect(home.profile.value.value).toMatchObject({ lastSeenFor: 'nobody', photoFor: 'contacts' });
  await Promise.all(both);
  expect(home.profile.value.value).toMatchObject({ lastSeenFor: 'nobody', photoFor: 'contacts' });
});

it('changes reach the server in the order in which they were made', async () => {
  await home.profile.read();
  busyOnce('profile.update');
  await Promise.all([
    home.profile.change({ lastSeenFor: 'nobody' }),
    home.profile.change({ lastSeenFor: 'contacts' }),
  ]);
  expect(ada.profile.lastSeenFor).toBe('contacts');
  expect(home.profile.value.value?.lastSeenFor).toBe('contacts');
});

it('the directory comes in pages, without those who are blocked', async () => {
  for (let i = 0; i < 60; i++) server.account(`Guest ${String(i).padStart(2, '0')}`, `g${i}`);
  const first = await home.find('guest');
  expect(first.users).toHaveLength(50);
  const second = await home.find('guest', first.next);
  expect([second.users.length, second.next]).toEqual([10, undefined]);
  await circle.block(second.users[0]!);
  expect((await home.find('guest', first.next)).users).toHaveLength(9);
});
