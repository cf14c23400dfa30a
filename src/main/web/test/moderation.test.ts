import { describe, expect, it } from 'vitest';
import { apply, item } from '../src/state/apply';
import { fromView, withView, type RoomState } from '../src/state/room';
import type { Entry } from '../src/client/protocol';
import { entry, freshRoom, ME, view, YOU } from './entries';

const UNTIL = '2026-11-22T02:30:00.000Z';
const ada = { id: ME, name: 'Ada' };
const ben = { id: YOU, name: 'Ben' };

function after(entries: Entry[], room: RoomState = freshRoom()): RoomState {
  return entries.reduce((state, one) => apply(state, one, ME).room, room);
}

describe('what holds in a room', () => {
  it('is that it is slow, until it is not', () => {
    const slow = after([entry('slowmode', 1, { body: { seconds: 30 } })]);
    expect(slow).toMatchObject({ slowMode: 30, seq: 1 });
    expect(after([entry('slowmode', 2, { body: { seconds: 0 } })], slow).slowMode).toBe(0);
  });

  it('is that it is archived, until it goes on', () => {
    const archived = after([entry('archive', 1)]);
    expect(archived.archived).toBe(true);
    expect(after([entry('unarchive', 2)], archived).archived).toBe(false);
  });

  it('comes with the view of it, under what was heard since', () => {
    const told = { ...view(1, 0, 0), archived: true, slowMode: 5 };
    expect(fromView(told, ME)).toMatchObject({ archived: true, slowMode: 5 });
    expect(fromView(view(1, 0, 0), ME)).toMatchObject({ archived: false, slowMode: 0 });
    const heard = after([entry('archive', 1), entry('unarchive', 2)]);
    expect(withView(heard, told, ME).archived).toBe(false);
  });
});

describe('a mute', () => {
  it('is one’s own until it ends, and others’ is not', () => {
    const own = after([entry('mute', 1, { body: { user: ada, until: UNTIL } })]);
    expect(own).toMatchObject({ mutedUntil: Date.parse(UNTIL), rolesAt: 1 });
    const other = after([entry('mute', 2, { body: { user: ben, until: UNTIL } })], own);
    expect(other).toMatchObject({ mutedUntil: Date.parse(UNTIL), rolesAt: 2 });
    expect(after([entry('unmute', 3, { body: { user: ada } })], other).mutedUntil).toBeUndefined();
  });

  it('is known from the view', () => {
    const told = view(1, 0, 0);
    const muted = { ...told, membership: { ...told.membership!, mutedUntil: UNTIL } };
    expect(fromView(muted, ME).mutedUntil).toBe(Date.parse(UNTIL));
  });
});

describe('a ban', () => {
  it('ends a membership where there was one', () => {
    const banned = after([entry('ban', 1, { body: { user: ben, member: true, members: 1 } })]);
    expect(banned).toMatchObject({ memberCount: 1, role: 'member' });
    const stranger = after([entry('ban', 1, { body: { user: ben, member: false, members: 2 } })]);
    expect(stranger.memberCount).toBe(2);
    expect(after([entry('unban', 2, { body: { user: ben } })], banned).memberCount).toBe(1);
  });

  it('puts oneself out', () => {
    expect(after([entry('ban', 1, { body: { user: ada, member: true } })]).role).toBeUndefined();
  });
});

it('is told in the timeline, live and in pages', () => {
  const told = entry('mute', 1, { body: { user: ada, until: UNTIL } });
  const shown = { is: 'notice', kind: 'mute', subject: ada, until: Date.parse(UNTIL) };
  expect(after([told]).timeline.items).toMatchObject([shown]);
  expect(item(told, 1)).toMatchObject(shown);
  expect(item(entry('slowmode', 2, { body: { seconds: 9 } }), 2)).toMatchObject({ seconds: 9 });
});
