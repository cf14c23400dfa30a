import { describe, expect, it } from 'vitest';
import type { Client } from '../src/client/client';
import type { Entry } from '../src/client/protocol';
import { apply, item, ready } from '../src/state/apply';
import { messageAt, Picks } from '../src/state/picks';
import { pins } from '../src/state/rights';
import { message, type RoomState } from '../src/state/room';
import type { Rooms } from '../src/state/rooms';
import { entry, freshRoom, ME, said, YOU } from './entries';

function all(entries: Entry[], room: RoomState = freshRoom()): RoomState {
  return entries.reduce((state, one) => apply(state, one, ME).room, room);
}

const change = (kind: string, seq: number, target: number, body = {}) =>
  entry(kind, seq, { n: 2, target, body });

describe('pins', () => {
  it('are marks of messages and lines in the timeline, until they are taken back', () => {
    const pinned = all([said(1, 1), said(2, 2), change('pin', 3, 1)]);
    expect(pinned.timeline.items.map((one) => one.is)).toEqual(['message', 'message', 'notice']);
    expect(pinned.timeline.items[0]).toMatchObject({ pinned: 3, rev: 3 });
    expect(pinned.timeline.items[2]).toMatchObject({ kind: 'pin', target: 1 });
    expect(pinned.pinsAt).toBe(3);
    const unpinned = all([change('unpin', 4, 1)], pinned);
    expect(unpinned.timeline.items).toHaveLength(3);
    expect(unpinned.timeline.items[0]).toMatchObject({ pinned: undefined });
  });

  it('end with a deletion, and what was pinned before is known from a page', () => {
    const deleted = all([said(1, 1), change('pin', 2, 1), change('delete', 3, 1)]);
    expect(deleted.timeline.items[0]).toMatchObject({ deleted: true, pinned: undefined });
    const page = said(4, 2);
    page.state = { rev: 9, pinned: { seq: 9, at: page.at, by: YOU } };
    expect(item(page, 9)).toMatchObject({ pinned: 9 });
    expect(item(change('pin', 9, 4), 9)).toMatchObject({ is: 'notice', kind: 'pin', target: 4 });
    expect(item(change('unpin', 10, 4), 10)).toBeUndefined();
  });

  it('are for moderators, and for both of a direct room', () => {
    expect((['owner', 'admin', 'moderator'] as const).map((role) => pins(role, 'public'))).toEqual([
      true,
      true,
      true,
    ]);
    expect(pins('member', 'private')).toBe(false);
    expect(pins('readonly', 'public')).toBe(false);
    expect(pins('member', 'direct')).toBe(true);
    expect(pins(undefined, 'direct')).toBe(false);
  });
});

describe('quotes', () => {
  /** A room whose timeline has none of the messages that are answered. */
  function scene(entries: Entry[], more = false) {
    let room = freshRoom();
    const asked: number[][] = [];
    const client = {
      read: (_name: string, { seqs }: { seqs: number[] }) => {
        asked.push(seqs);
        const found = entries.filter(({ seq }) => seqs.includes(seq));
        return Promise.resolve(
          more && found.length > 1
            ? { entries: found.slice(0, 1), more: true }
            : { entries: found, more: false },
        );
      },
    };
    const rooms = {
      get: () => ({ peek: () => room }),
      change: (_id: string, how: (state: RoomState) => RoomState) => (room = how(room)),
    };
    const picks = new Picks(client as unknown as Client, rooms as unknown as Rooms, ME);
    return {
      picks,
      asked,
      room: () => room,
      hear: (...heard: Entry[]) => (room = all(heard, room)),
    };
  }

  it('are asked for together, and once', async () => {
    const { picks, asked, room } = scene([said(1, 1), said(2, 2)]);
    picks.want('r', 1);
    picks.want('r', 2);
    picks.want('r', 7);
    picks.want('r', 1);
    await expect.poll(() => room().quoted.size).toBe(3);
    expect(asked).toEqual([[1, 2, 7]]);
    picks.want('r', 7);
    await new Promise((done) => setTimeout(done, 5));
    expect(asked).toHaveLength(1);
    expect(messageAt(room(), 2)).toMatchObject({ text: 'message 2' });
    expect(messageAt(room(), 7)).toBeNull();
    expect(messageAt(room(), 8)).toBeUndefined();
  });

  it('come in several answers where one is not enough', async () => {
    const { picks, asked, room } = scene([said(1, 1), said(2, 2), said(3, 3)], true);
    [1, 2, 3, 9].forEach((seq) => picks.want('r', seq));
    await expect.poll(() => room().quoted.size).toBe(4);
    expect(asked).toEqual([
      [1, 2, 3, 9],
      [2, 3, 9],
      [3, 9],
    ]);
    expect(messageAt(room(), 3)).toMatchObject({ seq: 3 });
    expect(messageAt(room(), 9)).toBeNull();
  });

  it('follow edits and deletions, also such that came while they were asked for', async () => {
    const { picks, room, hear } = scene([said(1, 1)]);
    for (let seq = 1; seq < 5; seq++) hear(entry('odd', seq));
    picks.want('r', 1);
    hear(change('edit', 5, 1, { text: 'better' }));
    await expect.poll(() => messageAt(room(), 1)).toMatchObject({ text: 'better', edited: true });
    hear(change('edit', 6, 1, { text: 'best' }));
    expect(messageAt(room(), 1)).toMatchObject({ text: 'best' });
    hear(change('delete', 7, 1));
    expect(messageAt(room(), 1)).toMatchObject({ deleted: true, text: '' });
  });

  it('need nothing where the message is in sight', () => {
    const { picks, asked, room, hear } = scene([]);
    hear(said(1, 1));
    picks.want('r', 1);
    expect(asked).toEqual([]);
    expect(messageAt(room(), 1)).toMatchObject({ text: 'message 1' });
  });

  it('are gone with the log that they are from', () => {
    const room = { ...freshRoom(), quoted: new Map([[1, message(said(1, 1))]]) };
    const told = { kind: 'ready', head: 9, cursor: 'c9', complete: true, reset: true } as const;
    expect(ready(room, told).quoted.size).toBe(0);
  });
});

describe('what was said elsewhere', () => {
  it('says who said it first, until it is deleted', () => {
    const body = { text: 'hi', forwarded: { author: { id: YOU, name: 'Ben' } } };
    const room = all([entry('message', 1, { n: 1, body })]);
    expect(room.timeline.items[0]).toMatchObject({ forwarded: { id: YOU, name: 'Ben' } });
    const deleted = all([change('delete', 2, 1)], room);
    expect(deleted.timeline.items[0]).toMatchObject({ forwarded: undefined });
  });
});
