import type { Entry, RoomView } from '../src/client/protocol';
import { fromView, type RoomState } from '../src/state/room';

export const ME = '00000000-0000-7000-8000-000000000001';
export const YOU = '00000000-0000-7000-8000-000000000002';
const ROOM = '00000000-0000-7000-8000-0000000000aa';
const NAMES: Record<string, string> = { [ME]: 'Ada', [YOU]: 'Ben' };

/** An entry in the server's own form. */
export function entry(
  kind: string,
  seq: number,
  more: Partial<Entry> & { by?: string } = {},
): Entry {
  const { by = YOU, ...rest } = more;
  return {
    kind,
    room: ROOM,
    seq,
    n: 0,
    cursor: `c${seq}`,
    id: `id-${seq}`,
    cid: `cid-${seq}`,
    at: new Date(Date.UTC(2026, 10, 21, 2, 30, seq)).toISOString(),
    author: { id: by, name: NAMES[by] ?? '' },
    body: {},
    ...rest,
  };
}

export function said(seq: number, n: number, by = YOU, text = `message ${seq}`): Entry {
  return entry('message', seq, { n, by, body: { text } });
}

export function view(head: number, n: number, unread: number, read = head): RoomView {
  return {
    id: ROOM,
    name: 'tea',
    description: '',
    type: 'public',
    createdAt: '2026-11-21T02:00:00.000Z',
    memberCount: 2,
    membership: {
      role: 'member',
      joinedAt: '2026-11-21T02:00:00.000Z',
      head,
      cursor: `c${head}`,
      n,
      at: '2026-11-21T02:30:00.000Z',
      read,
      unread,
    },
  };
}

/** A member's room with its whole timeline at hand, nothing in it yet. */
export function freshRoom(): RoomState {
  return {
    ...fromView(view(0, 0, 0), ME),
    timeline: { status: 'loaded', items: [], older: false, newer: false },
  };
}
