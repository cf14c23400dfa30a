import type { Entry, Person } from '../src/client/protocol';
import type { FollowedThread } from '../src/client/threads';
import type { Command } from './fake-commands';
import { current, messageIn, readable } from './fake-picks';
import type { FakeRoom } from './fake-room';
import type { FakeServer } from './fake-server';
import { Refusal } from './fake-commands';

/** What the server in memory remembers of somebody and a thread. */
interface Follow {
  following: boolean;
  read: number;
}

const FOLLOWS = new WeakMap<FakeRoom, Map<string, Follow>>();

function kept(room: FakeRoom): Map<string, Follow> {
  const known = FOLLOWS.get(room) ?? new Map<string, Follow>();
  FOLLOWS.set(room, known);
  return known;
}

const replies = (room: FakeRoom, root: number) =>
  room.entries.filter(({ thread }) => thread === root);

function seen(room: FakeRoom, root: number, user: string): FollowedThread {
  const { following, read } = kept(room).get(`${user}/${root}`) ?? { following: false, read: root };
  const all = replies(room, root);
  const waiting = all.filter(({ seq, author }) => seq > read && author?.id !== user);
  const meant = waiting.filter((entry) => {
    const { mentions, mentionsRoom } = current(room, entry).body ?? {};
    return mentionsRoom === true || (Array.isArray(mentions) && mentions.includes(user));
  });
  const newest = all.at(-1) ?? room.entries[root - 1]!;
  return {
    room: room.id,
    thread: root,
    following,
    read,
    n: all.filter(({ seq }) => seq <= read).length,
    replies: all.length,
    last: newest.seq,
    at: newest.at,
    unread: following ? waiting.length : 0,
    mentions: following ? meant.length : 0,
  };
}

function told(server: FakeServer, room: FakeRoom, root: number, user: string): FollowedThread {
  const body = seen(room, root, user);
  server.tell(`user.${user}`, { kind: 'thread', user, body });
  return body;
}

/** Somebody has written in a thread: who takes part follows, and hears of it. */
export function followed(server: FakeServer, room: FakeRoom, entry: Entry): void {
  const root = entry.thread;
  if (root === undefined) return;
  const named = (entry.body?.mentions ?? []) as string[];
  const author = entry.author!.id;
  const others = [room.entries[root - 1]?.author?.id ?? '', ...named];
  for (const user of others) {
    const known = kept(room).has(`${user}/${root}`);
    if (!known && user !== author && room.members.has(user)) {
      kept(room).set(`${user}/${root}`, { following: true, read: entry.seq - 1 });
    }
  }
  const own = kept(room).get(`${author}/${root}`);
  if (!own?.following) kept(room).set(`${author}/${root}`, { following: true, read: entry.seq });
  for (const [key, { following }] of kept(room)) {
    const [user, thread] = key.split('/');
    if (following && Number(thread) === root) told(server, room, root, user!);
  }
}

/** Runs something with a thread that somebody may read; the newest place of it comes along. */
const within =
  (what: (server: FakeServer, room: FakeRoom, root: number, user: Person, body: Body) => void) =>
  (server: FakeServer, user: Person, body: Body): FollowedThread => {
    const room = readable(server, user, body);
    const root = messageIn(room, body.target);
    if (root.thread !== undefined) throw new Refusal(4040, 'NOT_FOUND: there is no such message');
    what(server, room, root.seq, user, body);
    return seen(room, root.seq, user.id);
  };

type Body = Record<string, unknown>;

function set(room: FakeRoom, root: number, user: string, following: boolean): void {
  kept(room).set(`${user}/${root}`, { following, read: seen(room, root, user).last });
}

export const FOLLOWING: Record<string, Command> = {
  'threads.list': (server, user, body) => {
    const all = [...server.rooms.values()]
      .filter((room) => room.members.has(user.id))
      .filter((room) => body.room === undefined || body.room === room.id)
      .flatMap((room) =>
        [...kept(room).keys()]
          .filter((key) => key.startsWith(`${user.id}/`))
          .map((key) => ({ room, thread: seen(room, Number(key.split('/')[1]), user.id) })),
      )
      .filter(({ thread }) => thread.following && (body.unread !== true || thread.unread > 0))
      .toSorted((a, b) => Date.parse(b.thread.at) - Date.parse(a.thread.at));
    const from = Number(body.after ?? 0);
    const to = from + Number(body.limit ?? 50);
    const page = all.slice(from, to);
    return {
      threads: page.map(({ thread }) => thread),
      roots: page.map(({ room, thread }) =>
        current(room, room.entries[thread.thread - 1]!, user.id),
      ),
      ...(to < all.length ? { next: String(to) } : {}),
    };
  },
  'threads.get': within(() => undefined),
  'threads.follow': within((server, room, root, user) => {
    if (!seen(room, root, user.id).following) set(room, root, user.id, true);
    told(server, room, root, user.id);
  }),
  'threads.unfollow': within((server, room, root, user) => {
    set(room, root, user.id, false);
    told(server, room, root, user.id);
  }),
  'threads.read': within((server, room, root, user, body) => {
    const known = kept(room).get(`${user.id}/${root}`);
    const to = Math.min(Number(body.seq), seen(room, root, user.id).last);
    if (known?.following && to > known.read) {
      kept(room).set(`${user.id}/${root}`, { following: true, read: to });
      told(server, room, root, user.id);
    }
  }),
};
