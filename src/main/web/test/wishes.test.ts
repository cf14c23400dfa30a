import { computed, signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Wishes } from '../src/client/membership';
import { apply } from '../src/state/apply';
import {
  counted,
  decides,
  fromView,
  hint,
  inOrder,
  quiet,
  summed,
  unread,
  withView,
  woken,
  type RoomState,
} from '../src/state/room';
import { endSnoozes } from '../src/state/snoozes';
import { snoozes } from '../src/views/room/snoozes';
import { entry, ME, said, view } from './entries';

const NOW = Date.UTC(2026, 10, 21, 12);

function room(own: Partial<RoomState> = {}): RoomState {
  return { ...fromView(view(3, 3, 3, 0), ME), ...own };
}

describe('what one is told of a room', () => {
  it('is every message, unless one wants less', () => {
    expect(counted(room())).toBe(3);
    expect(counted(room({ notifications: 'mentions' }))).toBe(0);
    expect(counted(room({ notifications: 'none' }))).toBe(0);
    expect(unread(room({ notifications: 'none' }))).toBe(3);
  });

  it('is less for as long as that was said', () => {
    const snoozed = room({ snoozedUntil: NOW });
    expect(quiet(snoozed, NOW - 1)).toBe(true);
    expect(quiet(snoozed, NOW)).toBe(false);
  });

  it('adds mentions to the sum of all, and nothing of a room of which one wants to hear nothing', () => {
    expect(summed(room({ mentions: 2 }))).toBe(3);
    expect(summed(room({ mentions: 2, notifications: 'mentions' }))).toBe(2);
    expect(summed(room({ mentions: 2, notifications: 'none' }))).toBe(0);
  });

  it('adds nothing of a room that was put away, until something brings it back', () => {
    const away = room({ hidden: true, seq: 3, waitingTo: 3 });
    expect(summed(away)).toBe(0);
    expect(summed(apply(away, said(4, 4), ME).room)).toBe(4);
  });
});

describe('a room that was put away', () => {
  const away = { hidden: true, seq: 3, waitingTo: 3 };
  const after = (before: RoomState, body: object) =>
    apply(before, { ...said(4, 4), body: { text: 'x', ...body } }, ME).room.hidden;

  it('comes back with a message', () => {
    expect(after(room(away), {})).toBe(false);
  });

  it('comes back with a mention only where one wants to hear of nothing else', () => {
    const muted = room({ ...away, notifications: 'none' });
    expect(after(muted, {})).toBe(true);
    expect(after(muted, { mentions: [ME] })).toBe(false);
  });

  it('stays away for what is no message', () => {
    expect(apply(room(away), entry('join', 4), ME).room.hidden).toBe(true);
  });

  it('comes back by hearsay as well', () => {
    const head = { room: 'x', head: 9, n: 4, at: '2026-11-21T02:31:00.000Z' };
    const muted = room({ ...away, notifications: 'mentions' });
    expect(woken(room(away), hint(room(away), head)).hidden).toBe(false);
    expect(woken(muted, hint(muted, head)).hidden).toBe(true);
    expect(woken(muted, hint(muted, { ...head, mentions: [9] })).hidden).toBe(false);
  });
});

describe('what the server says of a room that was put away', () => {
  const before = (head: number, n: number, settings: object = {}) => {
    const told = view(head, n, 0);
    const all = { favourite: false, notifications: 'all', hidden: true, ...settings } as Wishes;
    return { ...told, membership: { ...told.membership!, settings: all } };
  };
  const at = room({ seq: 3, waitingTo: 3 });
  const later = apply(at, said(4, 4), ME).room;

  it('counts where nothing has come since', () => {
    expect(withView(at, before(3, 3), ME).hidden).toBe(true);
    expect(withView(at, before(5, 5), ME).hidden).toBe(true);
  });

  it('does not put it away again when a message has come since', () => {
    expect(later.hidden).toBe(false);
    expect(withView(later, before(3, 3), ME).hidden).toBe(false);
    expect(withView(room({ hinted: 4 }), before(3, 3), ME).hidden).toBe(false);
  });

  it('counts where one does not want to be told of what has come, unless it is a mention', () => {
    expect(withView(later, before(3, 3, { notifications: 'mentions' }), ME).hidden).toBe(true);
    const body = { text: 'you', mentions: [ME] };
    const called = apply(at, { ...said(4, 4), body }, ME).room;
    expect(withView(called, before(3, 3, { notifications: 'none' }), ME).hidden).toBe(false);
    expect(withView(called, before(4, 4, { notifications: 'none' }), ME).hidden).toBe(true);
  });
});

describe('those who ask to be let in', () => {
  const asked = (own: Partial<RoomState> = {}) =>
    room({ seq: 3, waitingTo: 3, role: 'moderator', join: 'request', requests: 3, ...own });
  const after = (before: RoomState, kind: string, body: object = {}) =>
    apply(before, entry(kind, 4, { body: body as Record<string, unknown> }), ME).room;

  it('are for moderators to decide about', () => {
    expect(decides(asked())).toBe(true);
    expect(decides(asked({ role: 'member' }))).toBe(false);
  });

  it('are nobody’s to decide about once the door is open, and wait for it to be closed again', () => {
    const opened = after(asked(), 'door', { join: 'open' });
    expect(decides(opened)).toBe(false);
    const closed = apply(opened, entry('door', 5, { body: { join: 'request' } }), ME).room;
    expect([decides(closed), closed.requests]).toEqual([true, 3]);
  });

  it('wait while the room is archived', () => {
    expect(decides(after(asked(), 'archive'))).toBe(false);
    expect(decides(after(asked({ archived: true }), 'unarchive'))).toBe(true);
  });
});

describe('the terms on which people come', () => {
  it('are those that the server tells, and the entries after', () => {
    const told = fromView({ ...view(0, 0, 0), history: 'since-join', join: 'request' }, ME);
    expect([told.history, told.join]).toEqual(['since-join', 'request']);
    const opened = apply(told, entry('history', 1, { body: { history: 'all' } }), ME).room;
    expect(opened.history).toBe('all');
    expect(apply(opened, entry('door', 2, { body: { join: 'open' } }), ME).room.join).toBe('open');
  });

  it('open what was said before to whoever is there', () => {
    const late = { ...room({ seq: 3, waitingTo: 3 }), since: 2 };
    const opened = apply(late, entry('history', 4, { body: { history: 'all' } }), ME).room;
    expect(opened.since).toBeUndefined();
    expect(opened.timeline.older).toBe(true);
    const closed = apply(late, entry('history', 4, { body: { history: 'since-join' } }), ME).room;
    expect([closed.since, closed.timeline.older]).toEqual([2, false]);
  });
});

describe('the order of rooms', () => {
  it('begins with favourites and ends with what is archived', () => {
    const rooms = [
      room({ id: 'old', at: 1 }),
      room({ id: 'kept', at: 3, archived: true, favourite: true }),
      room({ id: 'new', at: 2 }),
      room({ id: 'star', at: 0, favourite: true }),
    ];
    expect(rooms.sort(inOrder).map(({ id }) => id)).toEqual(['star', 'new', 'old', 'kept']);
  });
});

describe('a snooze', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const DAY = 86_400_000;

  function rooms(...all: RoomState[]) {
    const signals = all.map((one) => signal(one));
    return {
      signals,
      look: vi.fn<(id: string) => void>(),
      order: computed(() => signals),
      change: (id: string, how: (room: RoomState) => RoomState) => {
        const found = signals.find((one) => one.peek().id === id)!;
        found.value = how(found.peek());
      },
    };
  }

  it('ends when its time has come, and what it kept back counts', () => {
    const long = room({ id: 'long', snoozedUntil: NOW + 40 * DAY });
    const known = rooms(room({ id: 'short', snoozedUntil: NOW + 60_000 }), long);
    const sum = computed(() => known.signals.reduce((all, one) => all + summed(one.value), 0));
    const stop = endSnoozes(known);
    expect(sum.value).toBe(0);

    vi.advanceTimersByTime(59_999);
    expect(sum.value).toBe(0);
    vi.advanceTimersByTime(1);
    expect(sum.value).toBe(3);
    vi.advanceTimersByTime(40 * DAY);
    expect(sum.value).toBe(6);
    stop();
  });

  it('that ends may bring back what was put away, which the server is asked for once', () => {
    const until = NOW + 60_000;
    const known = rooms(
      room({ id: 'away', hidden: true, snoozedUntil: until }),
      room({ id: 'here', snoozedUntil: until }),
    );
    const stop = endSnoozes(known);
    vi.advanceTimersByTime(59_999);
    expect(known.look).not.toHaveBeenCalled();
    vi.advanceTimersByTime(DAY);
    expect(known.look.mock.calls).toEqual([['away']]);
    // A server whose clock is behind says it again, which begins nothing anew.
    const own = view(3, 3, 0).membership!;
    const settings = { favourite: false, notifications: 'all', hidden: true } as const;
    const snoozedUntil = new Date(until).toISOString();
    const told = { ...own, settings: { ...settings, snoozedUntil } };
    known.change('away', (now) => withView(now, { ...view(3, 3, 0), membership: told }, ME));
    vi.advanceTimersByTime(DAY);
    expect(known.look).toHaveBeenCalledTimes(1);
    stop();
  });

  it('is left as it is or ended where it is shown, and none is begun unasked', () => {
    const during = snoozes(NOW + 60_000, undefined, NOW);
    expect(during.chosen).toBeUndefined();
    expect(during.spans.slice(0, 2)).toEqual([undefined, 0]);
    expect(during.until).toBe(NOW + 60_000);
    expect(snoozes(NOW + 60_000, 0, NOW).chosen).toBe(0);
    for (const none of [undefined, NOW]) {
      const { spans, chosen, until } = snoozes(none, undefined, NOW);
      expect([spans[0], chosen, until]).toEqual([0, 0, undefined]);
    }
  });

  it('may begin later, and is left alone when nobody looks any more', () => {
    const known = rooms(room({ id: 'one' }));
    const stop = endSnoozes(known);
    known.change('one', (now) => ({ ...now, snoozedUntil: NOW + 1_000 }));
    expect(vi.getTimerCount()).toBe(1);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
