import { expect, it } from 'vitest';
import type { Entry, History } from '../src/client/protocol';
import { apply } from '../src/state/apply';
import * as pages from '../src/state/pages';
import { EMPTY, type RoomState } from '../src/state/room';
import { entry, freshRoom, ME, said, YOU } from './entries';

const opened = (room: RoomState, page: History) => pages.opened(room, page, ME);
const before = (room: RoomState, page: History) => pages.before(room, page, ME);
const after = (room: RoomState, page: History) => pages.after(room, page, ME);

function page(entries: Entry[], asOf: number, more: Partial<History> = {}): History {
  const head = { seq: asOf, n: asOf, cursor: `c${asOf}` };
  return { entries, older: false, newer: false, asOf: head, ...more };
}

function range(from: number, to: number): Entry[] {
  return Array.from({ length: to - from + 1 }, (_, i) => said(from + i, from + i));
}

function unopened(entries: Entry[]): RoomState {
  const room = { ...freshRoom(), timeline: EMPTY };
  return entries.reduce((state, one) => apply(state, one, ME).room, room);
}

function seqs(room: RoomState): number[] {
  return room.timeline.items.map((item) => item.seq);
}

it('joins a page with the entries that came while it was read', () => {
  const room = opened(unopened(range(1, 6)), page(range(2, 4), 4, { older: true }));
  expect(seqs(room)).toEqual([2, 3, 4, 5, 6]);
  expect(room.timeline).toMatchObject({ status: 'loaded', older: true, newer: false });
});

it('shows nothing twice when the page was read ahead of the live entries', () => {
  const ahead = opened(unopened(range(1, 3)), page(range(1, 5), 5));
  const room = range(4, 6).reduce((state, one) => apply(state, one, ME).room, ahead);
  expect(seqs(room)).toEqual([1, 2, 3, 4, 5, 6]);
});

it('does not undo a later edit by an earlier one that arrives after the page', () => {
  const edited = { ...said(1, 1), body: { text: 'second edit' } };
  const ahead = opened(unopened(range(1, 1)), page([edited], 3));
  const first = entry('edit', 2, { target: 1, n: 1, body: { text: 'first edit' } });
  const room = apply(ahead, first, ME).room;
  expect(room.timeline.items[0]).toMatchObject({ text: 'second edit' });
});

it('applies to a page the edits and deletes that came while it was read', () => {
  const changes = [
    entry('edit', 5, { target: 1, n: 4, body: { text: 'edited' } }),
    entry('delete', 6, { target: 2, n: 4 }),
  ];
  const live = unopened([...range(1, 4), ...changes]);
  const room = before(opened(live, page(range(3, 4), 6)), page(range(1, 2), 4));
  expect(room.timeline.items[0]).toMatchObject({ text: 'edited' });
  expect(room.timeline.items[1]).toMatchObject({ deleted: true });
  expect(seqs(room)).toEqual([1, 2, 3, 4]);
});

it('keeps live messages out of a part that does not reach the present, and joins them at its end', () => {
  const live = unopened(range(1, 8));
  const middle = opened(live, page(range(2, 4), 8, { older: true, newer: true }));
  const later = apply(middle, said(9, 9, YOU), ME).room;
  expect(seqs(later)).toEqual([2, 3, 4]);
  const room = after(later, page(range(5, 8), 8));
  expect(seqs(room)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  expect(room.timeline.newer).toBe(false);
});

it('lets go of old messages, which can be loaded again', () => {
  const room = pages.trimmed(opened(unopened(range(1, 50)), page(range(1, 50), 50)), 10);
  expect(seqs(room)).toEqual([41, 42, 43, 44, 45, 46, 47, 48, 49, 50]);
  expect(room.timeline.older).toBe(true);
});

it('remembers the newest message of a page as the last line', () => {
  expect(opened({ ...freshRoom(), seq: 4 }, page(range(2, 4), 4)).last).toMatchObject({ seq: 4 });
});

it('knows which changes a page has in it, be they later than the page says', () => {
  const state = { rev: 3, reactions: [{ emoji: '+', count: 2, mine: true }] };
  const early = opened(unopened(range(1, 1)), page([{ ...said(1, 1), state }], 1));
  const changes = [
    entry('react', 2, { target: 1, n: 1, by: ME, body: { emoji: '+' } }),
    entry('react', 3, { target: 1, n: 1, body: { emoji: '+' } }),
    entry('unreact', 4, { target: 1, n: 1, by: ME, body: { emoji: '+' } }),
    entry('react', 5, { target: 1, n: 1, by: ME, body: { emoji: '-' } }),
  ];
  const room = changes.reduce((before, one) => apply(before, one, ME).room, early);
  expect(room.timeline.items[0]).toMatchObject({
    rev: 5,
    reactions: [
      { emoji: '+', count: 1, mine: false },
      { emoji: '-', count: 1, mine: true },
    ],
  });
});

it('shows what has become of a message that was read in its present state', () => {
  const entries = [
    { ...said(1, 1, YOU, 'better'), state: { rev: 4, editedAt: '2026-11-21T02:31:00.000Z' } },
    { ...said(2, 2), body: { deleted: true }, state: { rev: 5, deleted: true } },
  ];
  const room = opened(unopened(range(1, 5)), page(entries, 5));
  expect(room.timeline.items.slice(0, 2)).toMatchObject([
    { text: 'better', edited: true, deleted: false, rev: 5 },
    { text: '', edited: false, deleted: true, rev: 5 },
  ]);
});
