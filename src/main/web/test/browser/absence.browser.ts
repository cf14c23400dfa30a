import { describe, expect, it } from 'vitest';
import type { Entry, Sync } from '../../src/client/protocol';
import { item, mutate, targetOf } from '../../src/state/apply';
import { message, unread, type Item, type Message, type RoomState } from '../../src/state/room';
import { until } from '../clock';
import { ASIDE, DEEDS, Dice, readThread, REFUSALS, TRIED, type Turn } from './deeds';
import { Device, face, shown, signUp, type Owner } from './devices';
import { real } from './world';

const SEED = Number(process.env.PARLEY_SEED ?? 1);
const OPERATIONS = Number(process.env.PARLEY_OPERATIONS ?? 1_000);
const PEOPLE = 4;
const DEVICES = 2;
const STRETCH = 500;
const AT_ONCE = 8;

const ALL = new Set(TRIED);
/** Kinds of entries that logs have shown; the first one is not looked at, and after the last one there is no log. */
const happened = new Set<string>(['create', 'end']);

/** What the server in memory does beside the real one is no measure. */
const url = process.env.PARLEY_URL ?? '';

describe.skipIf(!real)(`people who come and go (seed ${SEED})`, () => {
  it(
    'see after any absence what everybody sees',
    { timeout: 60_000 + OPERATIONS * 300 },
    async () => {
      const dice = new Dice(SEED);
      const people = await Promise.all(
        Array.from({ length: PEOPLE }, (_, i) => signUp(url, `Person ${i}`)),
      );
      const devices = await Promise.all(
        people.flatMap((owner) =>
          Array.from({ length: DEVICES }, () => new Device(url, owner).start()),
        ),
      );
      const places: string[] = [];
      await DEEDS.create({
        device: devices[0]!,
        room: devices[0]!.rooms[0]!,
        people,
        places,
        dice,
      });
      for (let done = 0; done < OPERATIONS;) {
        for (const end = done + STRETCH; done < Math.min(end, OPERATIONS); done += AT_ONCE) {
          await Promise.all(
            Array.from({ length: AT_ONCE }, () =>
              something({ device: dice.of(devices), people, places, dice }),
            ),
          );
        }
        await settle(devices);
        for (const owner of people) {
          await compare(
            owner,
            devices.filter((device) => device.owner === owner),
          );
        }
      }
      devices.forEach((device) => device.stop());
      // Fewer operations may miss what only few may do.
      if (OPERATIONS >= 5_000) expect([...ALL].filter((kind) => !happened.has(kind))).toEqual([]);
    },
  );
});

/** Somebody does something, on a device that may have lost its network, or goes away, or comes back. */
async function something(turn: Omit<Turn, 'room'>): Promise<void> {
  const { device, dice, places } = turn;
  const { rooms } = device;
  const chance = dice.below(100);
  if (chance < 4) {
    device.network(!device.online);
  } else if (chance < 10 && device.online && rooms.length > 0) {
    const { id } = dice.of(rooms);
    await device.attempt(() => device.show(id), REFUSALS);
  } else if (chance < 18 && device.open !== undefined) {
    device.home.reader.markRead(device.open);
  } else if (chance < 20 && device.online && device.open !== undefined) {
    const { open } = device;
    await device.attempt(() => device.home.rooms.older(open), REFUSALS);
  } else if (chance < 28 && device.online && rooms.length > 0) {
    const deed = dice.of([...ASIDE, readThread, readThread]);
    const room = dice.of(rooms);
    await device.attempt(() => deed({ ...turn, room }), REFUSALS);
  } else if (rooms.length > 0) {
    const kind = dice.of(TRIED);
    if (device.online || kind === 'message') {
      const room = dice.of(rooms);
      await device.attempt(() => DEEDS[kind]({ ...turn, room }), REFUSALS);
    }
  } else if (device.online) {
    await device.attempt(() => device.home.join(dice.of(places)), REFUSALS);
  }
}

/** Everybody is back, and has sent what they wrote. */
async function settle(devices: readonly Device[]): Promise<void> {
  devices.filter(({ online }) => !online).forEach((device) => device.network(true));
  await Promise.all(devices.map((device) => device.settled()));
}

/** What somebody's devices have come to, beside what one shows that begins afresh. */
async function compare(owner: Owner, devices: readonly Device[]): Promise<void> {
  const fresh = await new Device(url, owner).start();
  for (const device of devices) {
    const same = () => faces(device) === faces(fresh) && badges(device) === badges(fresh);
    await until(same, 10_000).catch(() => undefined);
    expect(badges(device)).toEqual(badges(fresh));
    expect(device.rooms.map(face).toSorted(byId)).toEqual(fresh.rooms.map(face).toSorted(byId));
    const open = device.rooms.find(({ id }) => id === device.open);
    if (open) await compareTimelines(open.id, device, fresh);
  }
  for (const room of fresh.rooms) {
    await recount(room, fresh);
  }
  fresh.stop();
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
const faces = (device: Device) => JSON.stringify(device.rooms.map(face).toSorted(byId));

/** The threads in which something is unread, as a device knows them. */
const badges = ({ home }: Device) =>
  [...home.threads.following.known.value.values()]
    .filter((one) => one.following && one.unread > 0)
    .map((one) => `${one.room} ${one.thread}: ${one.unread}, ${one.mentions} after ${one.read}`)
    .toSorted()
    .join('\n');

async function compareTimelines(id: string, device: Device, fresh: Device): Promise<void> {
  // Who was made to go and came again is shown the room anew.
  await Promise.all([device.show(id), fresh.show(id)]);
  const [here, there] = [device, fresh].map((one) => one.room(id)?.timeline.items ?? []);
  const from = Math.max(here?.[0]?.seq ?? 0, there?.[0]?.seq ?? 0);
  expect(shown(here ?? [], from)).toEqual(shown(there ?? [], from));
}

/** Unread by counting, and the whole log, entry by entry, beside history as it is told now. */
async function recount(room: RoomState, fresh: Device): Promise<void> {
  const me = fresh.owner.id;
  const entries = await log(room.id, fresh);
  const waiting = entries.filter(
    ({ kind, seq, author, thread }) =>
      kind === 'message' && thread === undefined && seq > room.read && author?.id !== me,
  );
  expect({ room: room.id, unread: unread(room) }).toEqual({
    room: room.id,
    unread: waiting.length,
  });
  const first = entries[0]?.seq ?? Infinity;
  // Whoever may not see the beginning begins after the entry with which they came.
  if (entries.length > 0) expect(first).toBe((room.since ?? 1) + 1);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + first));
  const items = await history(room.id, fresh);
  expect(shown(replayed(entries, me))).toEqual(shown(items, first));
  for (const root of items) {
    if (root.is === 'message' && root.replies) await unfold(room.id, root, entries, fresh);
  }
}

/** A thread as it is told now beside what its entries come to. */
async function unfold(
  room: string,
  root: Message,
  entries: readonly Entry[],
  { home, owner }: Device,
): Promise<void> {
  let thread = await home.threads.open(room, root.seq);
  while (thread.older) thread = await home.threads.earlier(room, thread);
  const inThread = entries.filter((entry) => entry.thread === root.seq);
  const changes = entries.filter(({ target }) => target !== undefined);
  const counted = inThread.map((entry) =>
    changes.reduce((said, change) => mutate(said, change, owner.id), message(entry)),
  );
  expect(shown(thread.items)).toEqual(shown(counted));
  expect(root.replies).toEqual({ count: counted.length, at: counted.at(-1)?.at });
  expect(thread.root.replies).toEqual(root.replies);
  const told = await home.client.read('threads.get', { room, target: root.seq });
  const after = inThread.filter(({ seq }) => seq > told.read);
  const others = after.filter(({ author }) => author?.id !== owner.id);
  expect({ replies: told.replies, n: told.n, unread: told.unread }).toEqual({
    replies: inThread.length,
    n: inThread.length - after.length,
    unread: told.following ? others.length : 0,
  });
}

/** Every entry after the first that this person may see. */
async function log(room: string, { home: { client } }: Device): Promise<Entry[]> {
  const first = await client.read('messages.history', { room, after: 0, limit: 1 });
  const entries: Entry[] = [];
  let cursor = first.entries[0]!.cursor;
  for (let more = true; more;) {
    const page: Sync = await client.read('messages.sync', { room, cursor, limit: 500 });
    entries.push(...page.entries);
    page.entries.forEach(({ kind }) => happened.add(kind));
    cursor = page.entries.at(-1)?.cursor ?? cursor;
    more = page.more;
  }
  return entries;
}

/** What the entries come to, one after the other. */
function replayed(entries: readonly Entry[], me: string): Item[] {
  const items = new Map<number, Item>();
  for (const entry of entries) {
    const found = items.get(targetOf(entry) ?? 0);
    if (found?.is === 'message') items.set(found.seq, mutate(found, entry, me));
    const next = item(entry, entry.seq);
    if (next) items.set(next.seq, next);
  }
  return [...items.values()];
}

/** All that is shown of a room. */
async function history(room: string, { home }: Device): Promise<Item[]> {
  const items: Item[] = [];
  for (let older = true, before: number | undefined; older;) {
    const where = before === undefined ? {} : { before };
    const page = await home.client.read('messages.history', { room, limit: 500, ...where });
    items.unshift(...page.entries.flatMap((entry) => item(entry, page.asOf.seq) ?? []));
    before = page.entries[0]?.seq;
    older = page.older;
  }
  return items;
}
