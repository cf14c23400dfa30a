import { describe, expect, it } from 'vitest';
import type { Entry } from '../src/client/protocol';
import { apply, ready, skip } from '../src/state/apply';
import {
  behind,
  fromView,
  hint,
  markRead,
  readOn,
  unread,
  withView,
  type RoomState,
} from '../src/state/room';
import { entry, freshRoom, ME, said, view, YOU } from './entries';

function all(entries: Entry[], room: RoomState = freshRoom()): RoomState {
  return entries.reduce((state, one) => apply(state, one, ME).room, room);
}

function shown(room: RoomState): string[] {
  return room.timeline.items.map((item) => (item.is === 'message' ? item.text : item.kind));
}

const TALK = [
  entry('create', 1),
  entry('join', 2, { by: ME, body: { user: { id: ME, name: 'Ada' }, members: 3 } }),
  said(3, 1, YOU, 'hello'),
  said(4, 2, ME, 'hi'),
  entry('edit', 5, { n: 2, target: 3, body: { text: 'hello!' } }),
  said(6, 3, YOU, 'tea?'),
  entry('delete', 7, { n: 3, target: 6, body: {} }),
];

describe('apply', () => {
  it('builds a timeline in which edits and deletes have happened', () => {
    const room = all(TALK);
    expect(shown(room)).toEqual(['create', 'join', 'hello!', 'hi', '']);
    expect(room.timeline.items[4]).toMatchObject({ deleted: true });
    expect(room.timeline.items[2]).toMatchObject({ edited: true });
    expect(room).toMatchObject({ seq: 7, cursor: 'c7', n: 3 });
  });

  it('changes nothing when entries come again, in whatever order', () => {
    const room = all(TALK);
    for (const again of [...TALK].reverse()) {
      expect(apply(room, again, ME)).toEqual({ room, outcome: 'known' });
    }
  });

  it('counts reactions, forgets those that nobody gives, and leaves nothing of what was deleted', () => {
    const emoji = (kind: string, seq: number, by: string, target = 4) =>
      entry(kind, seq, { n: 3, by, target, body: { emoji: '+' } });
    const given = all([...TALK, emoji('react', 8, ME), emoji('react', 9, YOU)]);
    expect(given.timeline.items[3]).toMatchObject({
      reactions: [{ emoji: '+', count: 2, mine: true }],
    });
    const taken = all([emoji('unreact', 10, ME), emoji('unreact', 11, YOU)], given);
    expect(taken.timeline.items[3]).toMatchObject({ reactions: [], rev: 11 });
    const deleted = all([emoji('react', 12, YOU), entry('delete', 13, { target: 4 })], taken);
    expect(deleted.timeline.items[3]).toMatchObject({ deleted: true, reactions: [] });
  });

  it('brings back nothing of what was deleted after a view was read', () => {
    const room = all([...TALK, entry('delete', 8, { n: 3, target: 4 })]);
    const read = { ...view(7, 3, 0), last: said(4, 2, ME, 'hi') };
    const after = withView(
      { ...room, last: { ...room.last!, seq: 4, deleted: true, rev: 8 } },
      read,
      ME,
    );
    expect(after.last).toMatchObject({ seq: 4, deleted: true });
  });

  it('takes nothing past a hole', () => {
    const room = all(TALK.slice(0, 3));
    expect(apply(room, said(5, 3), ME)).toEqual({ room, outcome: 'gap' });
  });

  it('moves on over kinds it does not know', () => {
    const room = all([...TALK, entry('hologram', 8, { n: 3 })]);
    expect(room).toMatchObject({ seq: 8, cursor: 'c8' });
    expect(shown(room)).toEqual(shown(all(TALK)));
  });

  it('moves on over a number that has no entry, and keeps the cursor of one that has', () => {
    const room = skip(all(TALK), 8);
    expect(room).toMatchObject({ seq: 8, cursor: 'c7' });
    expect(skip(room, 20)).toBe(room);
    expect(apply(room, said(9, 4), ME).outcome).toBe('applied');
  });

  it('is told how many members there are, and notices when one is out oneself', () => {
    const ben = { user: { id: YOU, name: 'Ben' }, members: 2 };
    const left = all([...TALK, entry('leave', 8, { body: ben })]);
    expect(left).toMatchObject({ memberCount: 2, role: 'member' });
    const kicked = all(
      [entry('kick', 9, { body: { user: { id: ME, name: 'Ada' }, members: 1 } })],
      left,
    );
    expect(kicked).toMatchObject({ memberCount: 1, role: undefined });
    expect(unread(kicked)).toBe(0);
  });
});

describe('what a room is', () => {
  const ben = { id: YOU, name: 'Ben' };
  const own = { id: ME, name: 'Ada' };
  const CHANGES = [
    entry('rename', 8, { n: 3, body: { name: 'Coffee' } }),
    entry('topic', 9, { n: 3, body: { description: 'Hot' } }),
    entry('role', 10, { n: 3, body: { user: own, role: 'moderator' } }),
    entry('role', 11, { n: 3, by: ME, body: { user: ben, role: 'readonly' } }),
  ];

  it('follows its log, with a quiet word on each change', () => {
    const room = all([...TALK, ...CHANGES]);
    expect(room).toMatchObject({
      name: 'Coffee',
      description: 'Hot',
      role: 'moderator',
      rolesAt: 11,
      memberCount: all(TALK).memberCount,
      seq: 11,
    });
    expect(room.timeline.items.slice(5)).toMatchObject([
      { kind: 'rename', text: 'Coffee', author: ben },
      { kind: 'topic', text: 'Hot' },
      { kind: 'role', role: 'moderator', subject: own, author: ben },
      { kind: 'role', role: 'readonly', subject: ben },
    ]);
    expect(unread(room)).toBe(unread(all(TALK)));
  });

  it('is not made older by what the server said before', () => {
    const room = all([...TALK, ...CHANGES]);
    const told = { name: 'Coffee', description: 'Hot', role: 'moderator', rolesAt: 11 };
    // The name is read a moment before the head.
    for (const head of [7, 9, 11]) {
      expect(withView(room, view(head, 3, 0), ME)).toMatchObject(told);
    }
    expect(withView(room, view(12, 3, 0), ME)).toMatchObject({ name: 'tea', role: 'member' });
  });

  it('stays what it is after what nobody understands', () => {
    const odd = all([
      ...TALK,
      entry('rename', 8, { n: 3, body: { name: 7 } }),
      entry('topic', 9, { n: 3 }),
      entry('role', 10, { n: 3, body: { user: own, role: 'wizard' } }),
    ]);
    expect(odd).toMatchObject({ name: 'tea', description: '', role: 'member', seq: 10 });
  });

  it('is no member by a change of role', () => {
    const out = all([...TALK, entry('kick', 8, { n: 3, body: { user: own } })]);
    const late = all([entry('role', 9, { n: 3, body: { user: own, role: 'admin' } })], out);
    expect(late.role).toBeUndefined();
  });
});

describe('unread', () => {
  it('is arithmetic: messages of others after the marker', () => {
    const room = all(TALK);
    expect(unread(room)).toBe(2);
    expect(unread(markRead(room))).toBe(0);
    expect(unread(all([said(8, 4), said(9, 5, ME), said(10, 6)], markRead(room)))).toBe(2);
  });

  it('counts no message twice when the room list is ahead of the log', () => {
    const behind = all(TALK.slice(0, 3));
    const listed = withView(behind, view(6, 3, 2, 2), ME);
    expect(unread(listed)).toBe(2);
    expect(unread(all(TALK.slice(3), listed))).toBe(2);
  });

  it('counts what came after the room list was read', () => {
    const ahead = all(TALK);
    expect(unread(withView(ahead, view(3, 1, 1, 2), ME))).toBe(2);
  });

  it('does not come back when an old list still has the old marker', () => {
    const room = markRead(all(TALK));
    expect(unread(withView(room, view(7, 3, 2, 2), ME))).toBe(0);
  });

  it('starts with what the server says', () => {
    expect(unread(fromView(view(40, 30, 12, 20), ME))).toBe(12);
  });
});

describe('hints', () => {
  const head = { room: 'any', head: 12, n: 6, at: '2026-11-21T03:00:00.000Z' };

  it('count until the entries are here, and then no more', () => {
    const room = markRead(all(TALK));
    const hinted = hint(room, head);
    expect([unread(hinted), behind(hinted)]).toEqual([3, true]);
    expect(hinted.at).toBeGreaterThan(room.at);
    const rest = [said(8, 4), said(9, 5, ME), said(10, 6), entry('join', 11, { n: 6 })];
    const here = all([...rest, entry('join', 12, { n: 6 })], hinted);
    expect([unread(here), behind(here)]).toEqual([2, false]);
  });

  it('change nothing when they come again, late, or of what is here', () => {
    const room = all(TALK);
    const hinted = hint(room, head);
    expect(hint(hinted, head)).toBe(hinted);
    expect(hint(hinted, { ...head, head: 9, n: 4 })).toBe(hinted);
    expect(hint(room, { ...head, head: 7, n: 3 })).toBe(room);
  });
});

describe('reading on another device', () => {
  const told = { room: 'any', seq: 4, head: 7, n: 3, unread: 1 };

  it('clears what was read there and keeps what came after', () => {
    const room = readOn(all(TALK), told, ME);
    expect(unread(room)).toBe(1);
    expect(room).toMatchObject({ read: 4, readElsewhere: 4 });
    const later = all([said(8, 4), said(9, 5, ME)], all(TALK));
    expect(unread(readOn(later, told, ME))).toBe(2);
  });

  it('changes nothing when this one has read as far', () => {
    const room = markRead(all(TALK));
    expect(readOn(room, told, ME)).toEqual(room);
    const once = readOn(all(TALK), told, ME);
    expect(readOn(once, told, ME)).toEqual(once);
  });

  it('counts nothing twice when it is ahead of the log', () => {
    const room = readOn(all(TALK.slice(0, 3)), told, ME);
    expect(unread(room)).toBe(1);
    expect(unread(all([...TALK.slice(3), said(8, 4)], room))).toBe(2);
  });
});

describe('ready', () => {
  const told = { kind: 'ready', head: 9, cursor: 'c9', complete: true } as const;

  it('moves to the head when what lies between is not for this reader', () => {
    expect(ready(all(TALK), told)).toMatchObject({ seq: 9, cursor: 'c9', missing: undefined });
  });

  it('says how much is missing when it was too much to send', () => {
    const room = ready(all(TALK), { ...told, head: 407, complete: false });
    expect(room).toMatchObject({ seq: 7, cursor: 'c7', missing: 400 });
    expect(all([said(8, 4)], room).missing).toBe(399);
  });

  it('drops everything at a reset', () => {
    const room = ready(all(TALK), { ...told, reset: true });
    expect(room).toMatchObject({ seq: 9, cursor: 'c9', recent: [] });
    expect(room.timeline.status).toBe('empty');
  });
});
