import { describe, expect, it } from 'vitest';
import type { Entry } from '../src/client/protocol';
import { apply, item } from '../src/state/apply';
import { opened } from '../src/state/pages';
import { unread, withView, type Message, type RoomState } from '../src/state/room';
import { advanced, type ThreadState } from '../src/state/threads';
import { entry, freshRoom, ME, said, view, YOU } from './entries';

function all(entries: Entry[], room: RoomState = freshRoom()): RoomState {
  return entries.reduce((state, one) => apply(state, one, ME).room, room);
}

const reply = (seq: number, thread: number, more: Partial<Entry> = {}) =>
  entry('message', seq, { n: 1, thread, body: { text: `reply ${seq}` }, ...more });

const first = (room: RoomState) => room.timeline.items[0] as Message;

describe('what stands in a thread', () => {
  it('is no line of the timeline, not unread in its room, and one more of its first message', () => {
    const room = all([said(1, 1), reply(2, 1), reply(3, 1)]);
    expect(room.timeline.items).toHaveLength(1);
    expect(first(room).replies).toEqual({ count: 2, at: Date.parse(reply(3, 1).at) });
    expect(room.last?.seq).toBe(1);
    expect(unread(room)).toBe(1);
    expect(room.seq).toBe(3);
    expect(unread(withView(room, view(2, 1, 1, 0), ME))).toBe(1);
  });

  it('is counted once, whatever page it was in already, and also when its first message is gone', () => {
    const page = said(1, 1);
    page.state = { rev: 2, thread: { replies: 1, last: 2, at: page.at } };
    const at = { entries: [page], older: false, newer: false };
    const asOf = { seq: 2, n: 1, cursor: 'c2' };
    const room = all([said(1, 1), reply(2, 1), entry('delete', 3, { target: 1 }), reply(4, 1)]);
    expect(first(opened(room, { ...at, asOf }, ME)).replies?.count).toBe(2);
    expect(first(room)).toMatchObject({ deleted: true, replies: { count: 2 } });
    expect(item(reply(2, 1), 2)).toBeUndefined();
  });

  it('calls nobody in its room', () => {
    const room = all([said(1, 1), reply(2, 1, { body: { text: 'you', mentions: [ME] } })]);
    expect(room.mentioned).toEqual([]);
  });

  it('is followed entry by entry, and read anew when too much has come', () => {
    const room = all([said(1, 1), reply(2, 1)]);
    const thread: ThreadState = {
      root: first(all([said(1, 1)])),
      items: [],
      older: false,
      upTo: 1,
    };
    const later = all(
      [
        said(3, 2),
        reply(4, 3),
        entry('edit', 5, { target: 2, body: { text: 'better' } }),
        reply(6, 1, { author: { id: YOU, name: 'Ben' } }),
      ],
      room,
    );
    const now = advanced(thread, later, ME);
    expect(now?.items.map(({ seq, text }) => `${seq} ${text}`)).toEqual(['2 better', '6 reply 6']);
    expect(now?.root.replies?.count).toBe(2);
    expect(now?.upTo).toBe(6);
    expect(advanced(thread, { ...later, recent: later.recent.slice(-2) }, ME)).toBeUndefined();
  });
});
