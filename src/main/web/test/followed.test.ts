import { signal } from '@preact/signals';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Followed } from '../src/state/followed';
import { fromView, type RoomState } from '../src/state/room';
import { until } from './clock';
import { ME, view } from './entries';
import { beside } from './fake-beside';
import { FakeRoom } from './fake-room';
import { FakeServer } from './fake-server';
import { visit } from './visitor';

const FAVOURITE = { favourite: true, notifications: 'all', hidden: false } as const;

describe('the rooms that are followed', () => {
  let server: FakeServer;

  afterEach(() => server.close());

  it('are those where something happened last, however many favourites stand before them', async () => {
    server = new FakeServer();
    const url = await server.listen();
    const [ada, ben] = [server.account('Ada'), server.account('Ben')];
    const rooms = Array.from({ length: 120 }, (_, i) => {
      const made = new FakeRoom('public', `room ${i}`, '', ben);
      server.rooms.set(made.id, made);
      made.join(ada);
      made.entries.forEach(
        (entry) => (entry.at = `2026-11-20T00:00:00.${String(i).padStart(3, '0')}Z`),
      );
      return made;
    });
    const late = rooms[0]!;
    rooms
      .slice(20)
      .forEach((room) => beside(room).wishes.set(ada.id, { settings: FAVOURITE, at: room.head }));
    const home = visit(server, () => url, ada);
    await home.start();
    await until(() => home.rooms.listed.value);
    const asked = (type: string) =>
      server.sockets[0]!.frames.filter(
        (one) => one.type === type && one.address === `room.${late.id}`,
      ).length;
    expect(home.rooms.order.value[0]!.value.favourite).toBe(true);
    expect(asked('register')).toBe(0);
    server.post(late, ben, 'news');
    await until(() => home.rooms.get(late.id)!.value.last?.text === 'news');
    server.post(late, ben, 'more news');
    await until(() => home.rooms.get(late.id)!.value.last?.text === 'more news');
    expect([asked('register'), asked('unregister')]).toEqual([1, 0]);
    home.stop();
  });
});

describe('rooms that hints told of', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are caught up with once each, also when there are more of them than are followed', () => {
    vi.useFakeTimers();
    const started = new Map<string, number>();
    const followed = new Set<string>();
    const rooms = Array.from({ length: 150 }, (_, i) => {
      const id = `room ${i}`;
      return signal<RoomState>({ ...fromView(view(3, 3, 0), ME), id, at: i, hinted: 5 });
    });
    const caughtUp = (id: string) => {
      const room = rooms.find((one) => one.value.id === id)!;
      room.value = { ...room.value, n: 5 };
    };
    const all = new Followed({
      all: () => rooms,
      has: (id: string) => followed.has(id),
      start: (id: string) => {
        followed.add(id);
        started.set(id, (started.get(id) ?? 0) + 1);
        setTimeout(() => followed.has(id) && caughtUp(id), 200);
      },
      stop: (id: string) => followed.delete(id),
      open: () => undefined,
    });
    all.chase();
    vi.advanceTimersByTime(20_000);
    expect(rooms.every((room) => started.get(room.value.id) === 1)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    expect(followed.size).toBeLessThanOrEqual(110);
  });
});
