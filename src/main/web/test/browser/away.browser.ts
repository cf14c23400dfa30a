import { describe, expect, it } from 'vitest';
import type { Entry, Sync } from '../../src/client/protocol';
import { uuidv7 } from '../../src/client/ids';
import { until } from '../clock';
import { Device, face, shown, signUp } from './devices';
import { real } from './world';

const url = process.env.PARLEY_URL ?? '';
const HISTORY = 400;
const AT_ONCE = 20;
/** What comes with every new connection: who one is, the limits, the list of rooms. */
const GREETING = 16 * 1024;

/** All of these, a few at a time. */
async function all(count: number, deed: (i: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => from + i);
    await Promise.all(some.map(deed));
  }
}

describe.skipIf(!real)('somebody who was away', () => {
  it('comes back to exactly what is, for what was missed and no more', async () => {
    const [ada, ben] = await Promise.all([signUp(url, 'Ada'), signUp(url, 'Ben')]);
    const here = await new Device(url, ada).start();
    const { client } = here.home;
    const room = await here.home.create(`away ${uuidv7()}`, '', 'public');
    const said: number[] = [];
    const post = async (text: string) => {
      said.push((await client.call('messages.post', { room, cid: uuidv7(), text })).seq);
    };
    await all(HISTORY, (i) => post(`before ${i}`));
    const away = await new Device(url, ben).start();
    await away.home.join(room);
    await away.show(room);

    const back = async () => {
      const head = (await client.read('rooms.get', { room })).membership!.head;
      const before = away.received;
      away.network(true);
      await away.settled();
      await until(() => away.room(room)?.seq === head && away.home.rooms.listed.value, 20_000);
      return away.received - before;
    };
    await until(() => away.home.client.connected);
    const { cursor } = away.room(room)!;
    away.network(false);
    const known = said.slice(-100);
    await all(200, (i) => post(`missed ${i}`));
    const target = (i: number) => ({ room, target: known[i]!, cid: uuidv7() });
    await all(50, (i) => client.call('messages.edit', { ...target(i), text: `edited ${i}` }));
    await all(20, (i) => client.call('messages.delete', target(50 + i)));
    await all(30, (i) => client.call('messages.react', { ...target(70 + i), emoji: '👍' }));
    const missed = await since(here, room, cursor!);
    const received = await back();

    const fresh = await new Device(url, ben).start();
    await fresh.show(room);
    expect(missed).toHaveLength(300);
    expect(face(away.room(room)!)).toEqual(face(fresh.room(room)!));
    const { items } = away.room(room)!.timeline;
    const from = items[0]!.seq;
    while (fresh.room(room)!.timeline.items[0]!.seq > from) await fresh.home.rooms.older(room);
    expect(shown(items)).toEqual(shown(fresh.room(room)!.timeline.items, from));
    const size = missed.reduce((sum, entry) => sum + JSON.stringify(entry).length, 0);
    expect(received).toBeGreaterThan(size / 2);
    expect(received).toBeLessThan(size * 1.25 + GREETING);

    away.network(false);
    await post('one more');
    const little = await back();
    expect(little).toBeLessThan(GREETING);
    process.stdout.write(
      `300 entries of ${size} characters came in ${received}, one in ${little}\n`,
    );
    [here, away, fresh].forEach((device) => device.stop());
  });
});

async function since(device: Device, room: string, cursor: string): Promise<Entry[]> {
  const page: Sync = await device.home.client.read('messages.sync', { room, cursor, limit: 500 });
  return page.entries;
}
