import { describe, expect, it } from 'vitest';
import type { Client } from '../src/client/client';
import type { FollowedThread } from '../src/client/threads';
import { Following } from '../src/state/following';
import { said } from './entries';

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

/** A client that is answered so, and remembers what it asked. */
function asking(...answers: object[]) {
  const asked: [string, object][] = [];
  const read = (command: string, body: object) => {
    asked.push([command, body]);
    return Promise.resolve(answers.shift());
  };
  return { asked, following: new Following({ read } as unknown as Client) };
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
    expect(following.mentions.value).toBe(1);
    // These have nothing unread, and one follows them still.
    expect(following.of(ROOM, 6)).toBe(open);
    expect(following.of(ROOM, 7)).toEqual(thread({ thread: 7, unread: 0, mentions: 0 }));
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
    const turn = following.turn.value;
    following.take(thread({ following: true, read: 9, unread: 0 }));
    expect(following.turn.value).toBe(turn + 1);
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

  it('go with their room', () => {
    const { following } = asking();
    following.take(thread());
    following.take(thread({ room: 'other', unread: 1 }));
    following.gone(ROOM);
    expect(following.unread.value).toBe(1);
  });
});
