import { signal } from '@preact/signals';
import { describe, expect, it, vi } from 'vitest';
import type { Client } from '../src/client/client';
import { Failure } from '../src/client/failure';
import type { FollowedThread } from '../src/client/threads';
import { Following } from '../src/state/following';
import type { RoomState } from '../src/state/room';
import { useFollowed } from '../src/views/pages/useFollowed';
import { wishToFollow } from '../src/views/room/wishToFollow';
import { say, toast } from '../src/views/status/toast';
import { why, words } from '../src/words';
import { until } from './clock';
import { freshRoom, said } from './entries';
import { using } from './hooks';

// The words follow the page's language; there is no page here.
vi.stubGlobal('document', { documentElement: {} });

const ROOM = 'r';

function thread(more: Partial<FollowedThread> = {}): FollowedThread {
  const at = new Date(0).toISOString();
  const places = { read: 5, n: 2, replies: 4, last: 9 };
  return {
    room: ROOM,
    thread: 3,
    following: true,
    ...places,
    at,
    unread: 2,
    mentions: 1,
    ...more,
  };
}

/** A thread in which something was said last at a time. */
function at(root: number, seconds: number, more: Partial<FollowedThread> = {}): FollowedThread {
  return thread({ thread: root, at: new Date(seconds * 1000).toISOString(), ...more });
}

/** A client that is answered so, and remembers what it asked. */
function asking(...answers: object[]) {
  const asked: [string, object][] = [];
  const read = (command: string, body: object) => {
    asked.push([command, body]);
    const answer = answers.shift();
    return answer instanceof Failure ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const rooms = new Map([ROOM, 'other'].map((id) => [id, signal({ ...freshRoom(), id })]));
  const get = (id: string) => rooms.get(id);
  const set = (id: string, more: Partial<RoomState>) => {
    const room = rooms.get(id)!;
    room.value = { ...room.value, ...more };
  };
  return { asked, set, following: new Following({ read } as unknown as Client, { get }) };
}

describe('the threads that one follows', () => {
  it('are asked for in pages, and what was told meanwhile stays', async () => {
    const { asked, following } = asking(
      { threads: [thread(), thread({ thread: 4, unread: 3 })], roots: [], next: 'more' },
      { threads: [thread({ thread: 5, unread: 1, mentions: 0 })], roots: [] },
    );
    const open = thread({ thread: 6, unread: 0, mentions: 0 });
    following.take(open);
    following.take(thread({ thread: 7, unread: 9 }));
    const listed = following.list();
    following.take(thread({ unread: 0, mentions: 0, read: 9 }));
    await listed;
    expect(asked.map(([, body]) => body)).toEqual([
      { unread: true, limit: 100 },
      { unread: true, limit: 100, after: 'more' },
    ]);
    expect(following.unread.value).toBe(4);
    // These have nothing unread, and one follows them still.
    expect(following.of(ROOM, 6)).toBe(open);
    expect(following.of(ROOM, 7)).toEqual(thread({ thread: 7, unread: 0, mentions: 0 }));
  });

  it('are asked for only so far where very many are unread, which is said', async () => {
    const pages = [1, 2, 3, 4, 5].map((page) => ({
      threads: [at(page * 10, 100 - page)],
      roots: [],
      next: `after ${page}`,
    }));
    const { asked, following } = asking(...pages, { threads: [], roots: [] });
    following.take(at(3, 97));
    following.take(at(4, 50));
    await following.list();
    expect(asked).toHaveLength(5);
    expect(following.further.value).toBe(true);
    // One stands between those that were listed and is read, of the other nothing new is known.
    expect(following.of(ROOM, 3)?.unread).toBe(0);
    expect(following.of(ROOM, 4)?.unread).toBe(2);
    expect(following.unread.value).toBe(12);
    await following.list();
    expect(following.further.value).toBe(false);
    expect(following.unread.value).toBe(0);
  });

  it('stand as was told last, however late something older comes', () => {
    const { following } = asking();
    following.take(thread());
    following.take(thread({ read: 9, n: 4, unread: 0 }));
    following.take(thread());
    expect(following.of(ROOM, 3)?.unread).toBe(0);
    following.take(thread({ read: 5, last: 11, replies: 5, unread: 3 }));
    expect(following.of(ROOM, 3)?.read).toBe(9);
    following.take(thread({ following: false, read: 5, unread: 0 }));
    expect(following.of(ROOM, 3)?.following).toBe(false);
    following.take(thread({ following: true, read: 9, unread: 0 }));
    expect(following.of(ROOM, 3)?.following).toBe(true);
  });

  it('are read where that changes something, and only if one follows', async () => {
    const { asked, following } = asking(thread({ read: 9, n: 4, unread: 0 }));
    await following.read(ROOM, 3, 9);
    following.take(thread());
    await following.read(ROOM, 3, 9);
    await following.read(ROOM, 3, 9);
    expect(asked).toEqual([['threads.read', { room: ROOM, target: 3, seq: 9 }]]);
    expect(following.unread.value).toBe(0);
  });

  it('are not read again where that has moved nothing', async () => {
    const ahead = thread({ read: 5, last: 9, unread: 2 });
    const { asked, following } = asking({ ...ahead });
    following.take(ahead);
    await following.read(ROOM, 3, 5);
    expect(asked).toEqual([]);
    const known = following.of(ROOM, 3);
    await following.read(ROOM, 3, 7);
    expect(asked).toHaveLength(1);
    expect(following.of(ROOM, 3)).toBe(known);
  });

  it('are listed with what they begin with, as far as it is told', async () => {
    const root = { ...said(3, 1), room: ROOM };
    const { following } = asking({ threads: [thread(), thread({ thread: 4 })], roots: [root] });
    const { items, next } = await following.page();
    expect(items.map((one) => one.root?.text)).toEqual([root.body?.text, undefined]);
    expect(next).toBeUndefined();
  });

  it('stay loaded, and move with what is said in them', async () => {
    const all = [3, 4, 5, 6].map((root) => at(root, 100 - root));
    const { asked, following } = asking(
      { threads: [], roots: [] },
      { threads: all.slice(0, 2), roots: [], next: 'more' },
      { threads: all.slice(2, 3), roots: [], next: 'most' },
    );
    following.take(at(9, 98));
    await following.list();
    const list = using(() => useFollowed(following));
    const shown = () => list.said.items?.map((one) => one.thread.thread);
    await until(() => list.said.items !== undefined);
    list.said.more?.();
    await until(() => list.said.items?.length === 3);
    expect(shown()).toEqual([3, 4, 5]);
    const questions = asked.length;

    // In one of them, in one that was not loaded, in one that is to come with the next page, and in one that one left.
    following.take(at(5, 200, { replies: 5 }));
    following.take(at(8, 150));
    following.take(at(6, 94, { read: 6 }));
    following.take(at(3, 97, { following: false }));
    list.draw();
    expect(shown()).toEqual([5, 8, 4]);
    expect(list.said.items?.[0]?.thread.replies).toBe(5);
    expect(list.said.more).toBeDefined();
    expect(asked).toHaveLength(questions);
    list.end();
  });

  it('are still there when they cannot be asked for again, and are when they could not before', async () => {
    const refused = new Failure('UNAVAILABLE', 'later');
    const none = { threads: [], roots: [] };
    const page = { threads: [at(3, 3)], roots: [] };
    const other = { threads: [at(4, 4)], roots: [], next: 'more' };
    const { asked, following } = asking(refused, none, page, none, refused, none, other);
    const list = using(() => useFollowed(following));
    const shown = () => list.said.items?.map((one) => one.thread.thread);
    await until(() => list.said.failure !== undefined);
    await following.list();
    list.draw();
    await until(() => list.said.items !== undefined);
    expect([shown(), list.said.failure]).toEqual([[3], undefined]);
    await following.list();
    list.draw();
    await until(() => asked.length === 5);
    expect([shown(), list.said.failure]).toEqual([[3], undefined]);
    await following.list();
    list.draw();
    await until(() => following.of(ROOM, 4) !== undefined);
    expect(asked).toHaveLength(7);
    list.draw();
    expect(shown()).toEqual([4, 3]);
    list.end();
  });

  it('are looked at when they are not listed any more after an absence', async () => {
    const refused = new Failure('NOT_MEMBER', 'only members may');
    const { asked, following } = asking(
      { threads: [at(7, 70), at(5, 50)], roots: [], next: 'more' },
      refused,
      at(6, 60, { following: false }),
    );
    const seconds = [90, 60, 50, 40];
    const listed = seconds.map((last) => ({ thread: at(last / 10, last), root: undefined }));
    const before = following.known.value;
    await following.refresh(listed);
    expect(asked.slice(1).map(([command, body]) => [command, body])).toEqual([
      ['threads.get', { room: ROOM, target: 9 }],
      ['threads.get', { room: ROOM, target: 6 }],
    ]);
    const now = following.arranged(listed, before, false);
    expect(now.map(({ thread }) => thread.thread)).toEqual([9, 7, 5, 4]);
  });

  it('add to the sum what one wants to hear of in their rooms', () => {
    const { following, set } = asking();
    following.take(thread({ unread: 5, mentions: 2 }));
    following.take(thread({ thread: 4, unread: 3, mentions: 0 }));
    following.take(thread({ room: 'other', unread: 1, mentions: 1 }));
    following.take(thread({ room: 'left', unread: 7, mentions: 7 }));
    expect(following.unread.value).toBe(9);
    set(ROOM, { notifications: 'mentions' });
    expect(following.unread.value).toBe(3);
    set(ROOM, { notifications: 'none' });
    expect(following.unread.value).toBe(1);
    set(ROOM, { notifications: 'all', snoozedUntil: Date.now() + 60_000 });
    expect(following.unread.value).toBe(3);
    set(ROOM, { snoozedUntil: undefined });
    expect(following.unread.value).toBe(9);
  });

  it('are followed, or there is a word why not', async () => {
    const refused = new Failure('CONFLICT', 'you follow 500 threads of this room');
    const { asked, following } = asking(thread(), thread({ following: false }), refused, {
      ...thread({ following: false }),
    });
    await wishToFollow(following, ROOM, 3, true);
    expect(toast.value).toBeUndefined();
    await wishToFollow(following, ROOM, 3, true);
    expect(toast.value?.text).toBe(words().notFollowed);
    await wishToFollow(following, ROOM, 3, true);
    expect(toast.value?.text).toBe(why(refused));
    say(undefined);
    await wishToFollow(following, ROOM, 3, false);
    expect(toast.value).toBeUndefined();
    expect(asked.map(([command]) => command)).toEqual([
      ...Array<string>(3).fill('threads.follow'),
      'threads.unfollow',
    ]);
  });

  it('go with their room', () => {
    const { following } = asking();
    following.take(thread());
    following.take(thread({ room: 'other', unread: 1 }));
    following.gone(ROOM);
    expect(following.unread.value).toBe(1);
  });
});
