import { describe, expect, it, vi } from 'vitest';
import { Arrivals } from '../src/state/arrivals';
import { apply } from '../src/state/apply';
import { begun, candidates, matching, mentioning, rallies } from '../src/state/mentioning';
import { fateOf, Receipts } from '../src/state/receipts';
import {
  covers,
  fromView,
  hint,
  markRead,
  mentions,
  readOn,
  setBack,
  unread,
  withView,
  type RoomState,
} from '../src/state/room';
import { entry, freshRoom, ME, said, view, YOU } from './entries';

const CEM = '00000000-0000-7000-8000-000000000003';

function all(entries: Parameters<typeof apply>[1][], room: RoomState = freshRoom()): RoomState {
  return entries.reduce((before, one) => apply(before, one, ME).room, room);
}

function calling(seq: number, n: number, more: object = { mentions: [ME] }) {
  return entry('message', seq, { n, body: { text: '@Ada hello', ...more } });
}

describe('mentions', () => {
  it('are counted apart from what is unread, and are read with it', () => {
    const room = all([said(1, 1), calling(2, 2), calling(3, 3, { mentionsRoom: true })]);
    expect(unread(room)).toBe(3);
    expect(mentions(room)).toBe(2);
    expect(mentions(markRead(room))).toBe(0);
  });

  it('are not made by oneself', () => {
    const own = entry('message', 1, { n: 1, by: ME, body: { text: 'x', mentions: [ME] } });
    expect(mentions(all([own]))).toBe(0);
  });

  it('change with an edit and go with the message', () => {
    const room = all([calling(1, 1), said(2, 2)]);
    const gone = all([entry('delete', 3, { target: 1 })], room);
    expect(mentions(gone)).toBe(0);
    expect(unread(gone)).toBe(2);
    const edit = entry('edit', 3, { target: 2, body: { text: '@Ada', mentions: [ME] } });
    expect(mentions(all([edit], room))).toBe(2);
  });

  it('are told by a hint, once however often', () => {
    const told = { room: 'x', head: 4, n: 4, at: '2026-11-21T02:30:00.000Z', mentions: [3, 4] };
    const room = hint(hint(all([said(1, 1)]), told), told);
    expect(mentions(room)).toBe(2);
    const here = all([said(2, 2), calling(3, 3)], room);
    expect(mentions(here)).toBe(2);
  });

  it('are as the list says, and what came later on top', () => {
    const listed = view(4, 4, 2, 2);
    listed.membership!.mentions = 1;
    const room = all([calling(5, 5)], withView(fromView(listed, ME), listed, ME));
    expect(mentions(room)).toBe(2);
  });
});

describe('marking unread', () => {
  const READ = markRead(all([said(1, 1), said(2, 2), said(3, 3, ME), calling(4, 4)]));

  it('goes back at once and counts what others said', () => {
    const room = setBack(READ, { room: 'x', seq: 1, n: 1, marks: 1 }, ME);
    expect(room.read).toBe(1);
    expect(unread(room)).toBe(2);
    expect(mentions(room)).toBe(1);
  });

  it('is heard from another device, and older news of reading undoes nothing', () => {
    const told = { room: 'x', seq: 1, head: 4, n: 4, unread: 2, mentions: 1, marks: 1 };
    const room = readOn(READ, told, ME);
    expect(unread(room)).toBe(2);
    expect(mentions(room)).toBe(1);
    const older = readOn(room, { ...told, seq: 4, unread: 0, mentions: 0, marks: 0 }, ME);
    expect(older).toBe(room);
    const later = readOn(room, { ...told, seq: 4, unread: 0, mentions: 0 }, ME);
    expect(unread(later)).toBe(0);
    expect(mentions(later)).toBe(0);
  });

  it('changes no count that it is too old for, but the place', () => {
    const room = all([said(8, 8)], fromView(view(7, 7, 4, 2), ME));
    expect(covers(room, 5)).toBe(false);
    const told = { room: 'x', seq: 3, head: 5, n: 5, unread: 2, mentions: 0, marks: 0 };
    expect(readOn(room, told, ME)).toMatchObject({ read: 3, waiting: 5 });
    expect(covers(room, 7)).toBe(true);
    const fit = { ...told, head: 7, n: 7, unread: 3 };
    expect(readOn(room, fit, ME)).toMatchObject({ read: 3, waiting: 4, waitingTo: 8 });
  });

  it('is in the list as well, and an older list undoes nothing', () => {
    const listed = view(4, 4, 2, 1);
    listed.membership!.marks = 1;
    const room = withView(READ, listed, ME);
    expect(room.read).toBe(1);
    expect(unread(room)).toBe(2);
    expect(withView(room, view(4, 4, 0, 4), ME).read).toBe(1);
  });
});

describe('receipts', () => {
  const marker = (user: string, delivered: number, read: number, since = 1) => ({
    user,
    delivered,
    read,
    since,
  });

  it('tell by name who has read, and count nobody who came later', () => {
    const receipts = new Receipts(ME);
    const own = marker(ME, 9, 9);
    const markers = [own, marker(YOU, 7, 5), marker(CEM, 9, 9, 8)];
    receipts.opened({ room: 'r', members: 3, own, markers });
    const fate = (seq: number) => fateOf(receipts.of('r').value, seq, 3);
    expect(fate(5)).toMatchObject({ is: 'read', read: 1, readers: [YOU] });
    expect(fate(7)).toMatchObject({ is: 'delivered', read: 0, receivers: [YOU] });
    expect(fate(8)).toMatchObject({ is: 'sent', delivered: 0 });
    expect(fate(9)).toMatchObject({ is: 'sent', readers: [CEM] });
    receipts.heard('r', { markers: [marker(YOU, 9, 9)] });
    expect(fate(9)).toMatchObject({ is: 'read', read: 2 });
    receipts.heard('r', { markers: [marker(YOU, 3, 3)] });
    expect(fate(9)).toMatchObject({ is: 'read' });
  });

  it('count where there are no names, as far as the numbers go', () => {
    const counts = {
      from: 4,
      delivered: [{ seq: 9, members: 12 }],
      read: [
        { seq: 9, members: 3 },
        { seq: 6, members: 12 },
      ],
      joined: [{ seq: 5, members: 2 }],
    };
    const fate = (seq: number) => fateOf({ others: undefined, counts }, seq, 61);
    expect(fate(9)).toMatchObject({ is: 'sent', read: 3, delivered: 12 });
    expect(fate(6)).toMatchObject({ read: 12 });
    expect(fate(5)).toMatchObject({ read: 10 });
    expect(fate(3)).toMatchObject({ is: 'sent', read: 0, delivered: 0 });
  });

  it('are none where nothing is told', () => {
    const fate = fateOf({ others: undefined, counts: undefined }, 5, 900);
    expect(fate).toMatchObject({ is: 'sent', read: 0 });
  });
});

describe('what has come', () => {
  it('is told once a second and room, the furthest, and not where it is read', () => {
    vi.useFakeTimers();
    const told: [string, number][] = [];
    const read = new Map([['b', 9]]);
    let online = true;
    const arrivals = new Arrivals(
      (room, seq) => (online && told.push([room, seq]), online),
      (room) => read.get(room) ?? 0,
    );
    arrivals.came('a', 3);
    arrivals.came('a', 5);
    arrivals.came('a', 4);
    arrivals.came('b', 9);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([['a', 5]]);
    arrivals.came('a', 5);
    vi.advanceTimersByTime(5_000);
    expect(told).toHaveLength(1);
    online = false;
    arrivals.came('a', 6);
    vi.advanceTimersByTime(3_000);
    online = true;
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([
      ['a', 5],
      ['a', 6],
    ]);
    arrivals.stop();
    vi.useRealTimers();
  });
});

describe('writing a mention', () => {
  const member = (id: string, name: string) => ({
    id,
    name,
    role: 'member' as const,
    joinedAt: '',
  });

  it('begins with an at sign that stands apart', () => {
    expect(begun('hi @be', 6)).toEqual({ at: 3, query: 'be' });
    expect(begun('@', 1)).toEqual({ at: 0, query: '' });
    expect(begun('(@Ben Ash', 9)).toEqual({ at: 1, query: 'Ben Ash' });
    expect(begun('mail@be', 7)).toBeUndefined();
    expect(begun('hi @be', 2)).toBeUndefined();
    expect(begun('a @ b', 5)).toBeUndefined();
  });

  it('finds members by the beginning of a name, and everybody where that is allowed', () => {
    const people = candidates([member(ME, 'Ada'), member(YOU, 'Ben Ash')], ME, 'room');
    expect(matching(people, 'as').map(({ name }) => name)).toEqual(['Ben Ash']);
    expect(matching(people, 'R').map(({ id }) => id)).toEqual([undefined]);
    expect(matching(people, 'ada')).toEqual([]);
    expect(candidates([], ME, undefined)).toEqual([]);
  });

  it('says whom the text still names', () => {
    const picked = [
      { id: YOU, name: 'Ben' },
      { id: CEM, name: 'Cem' },
      { id: undefined, name: 'room' },
    ];
    expect(mentioning('@Ben and @room', picked)).toEqual({ mentions: [YOU], mentionsRoom: true });
    expect(mentioning('nobody', picked)).toEqual({});
  });

  it('means everybody by right', () => {
    expect(rallies('member', 20)).toBe(true);
    expect(rallies('member', 21)).toBe(false);
    expect(rallies('moderator', 400)).toBe(true);
    expect(rallies('readonly', 2)).toBe(false);
    expect(rallies(undefined, 2)).toBe(false);
  });
});
