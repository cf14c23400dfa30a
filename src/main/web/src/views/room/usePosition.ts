import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { VirtualizerHandle } from 'virtua';
import type { RoomState } from '../../state/room';
import { useHome } from '../context';
import { again } from '../router';
import { keepPlace, placeOf, type Place } from './places';
import type { Row } from './rows';
import { editedIn } from './useEditedInSight';
import type { Reading } from './useReading';

interface Timeline {
  room: Signal<RoomState>;
  rows: readonly Row[];
  at: number | undefined;
  list: RefObject<VirtualizerHandle | null>;
  scroller: RefObject<HTMLDivElement | null>;
  reading: Reading;
}

export interface Position {
  /** Rows were added or removed at the start: keep the distance to the end. */
  shift: boolean;
  /** The newest message is out of sight. */
  away: boolean;
  /** How many new ones are below. */
  below: number;
  onScroll: (offset: number) => void;
  toLatest: () => void;
}

const NEAR_END = 48;
const LOAD_AHEAD = 1_500;

/** Where the reader is in a timeline: at its end, which they then follow, or somewhere else, where nothing moves them. */
export function usePosition({ room, rows, at, list, scroller, reading }: Timeline): Position {
  const { rooms } = useHome();
  const { id, timeline, n } = room.value;
  const following = useRef(true);
  const placed = useRef(false);
  const searched = useRef(false);
  const wanted = useRef<number | undefined>(undefined);
  const [left, setLeft] = useState<number>();
  const shift = useShift(rows);

  const toEnd = () => list.current?.scrollToIndex(rows.length - 1, { align: 'end' });
  const judge = () => {
    const handle = list.current;
    if (!handle || !placed.current) return;
    const distance = handle.scrollSize - handle.viewportSize - handle.scrollOffset;
    const bottom = distance < NEAR_END && !room.peek().timeline.newer;
    if (bottom !== following.current) {
      following.current = bottom;
      setLeft(bottom ? undefined : room.peek().n);
      if (bottom) rooms.trim(id);
    }
    reading.seen(bottom);
    if (handle.scrollOffset < LOAD_AHEAD) rooms.older(id).catch(() => undefined);
    if (distance < LOAD_AHEAD) rooms.newer(id).catch(() => undefined);
    keepPlace(id, bottom ? undefined : topOf(handle, rows));
  };

  const find = (seq: number): boolean => {
    const index = rows.findIndex((row) => row.is === 'message' && row.message.seq === seq);
    if (index < 0) return false;
    wanted.current = undefined;
    list.current?.scrollToIndex(index, { align: 'center' });
    return true;
  };

  useLayoutEffect(() => {
    if (rows.length === 0) return;
    if (!placed.current) {
      const place = at === undefined ? placeOf(id) : undefined;
      const elsewhere = startElsewhere(list, rows, place, at);
      // A place further up than what is at hand is looked for once; until it is found the end is shown.
      const lost = place !== undefined && !elsewhere && !searched.current;
      if (lost && timeline.status === 'loaded') {
        searched.current = true;
        rooms.around(id, place.seq).catch(() => (placed.current = true));
      }
      placed.current = !lost;
      following.current = !elsewhere;
      // Whoever begins further up is away from the end, as if they had scrolled there.
      if (elsewhere) setLeft(room.peek().n);
    }
    if (wanted.current !== undefined) find(wanted.current);
    if (following.current && !editedIn(scroller.current)) toEnd();
  }, [rows]);
  useEffect(judge, [rows]);

  useEffect(() => {
    if (at === undefined || timeline.status !== 'loaded') return;
    following.current = false;
    if (find(at)) return;
    // It is gone to as soon as its surroundings are at hand.
    wanted.current = at;
    rooms.around(id, at).catch(() => (wanted.current = undefined));
  }, [at, timeline.status, again.value]);

  useEffect(() => {
    const resized = new ResizeObserver(() => following.current && toEnd());
    if (scroller.current) resized.observe(scroller.current);
    return () => resized.disconnect();
  }, [rows]);

  return {
    shift,
    away: left !== undefined || timeline.newer,
    below: left === undefined ? 0 : Math.max(0, n - left),
    onScroll: judge,
    toLatest: () => {
      following.current = true;
      setLeft(undefined);
      if (room.peek().timeline.newer) {
        rooms.latest(id).catch(() => undefined);
      } else {
        rooms.trim(id);
        toEnd();
      }
    },
  };
}

/** Whether the rows differ from those of the last drawing at their start. */
function useShift(rows: readonly Row[]): boolean {
  const before = useRef<readonly Row[]>(rows);
  const old = before.current;
  useLayoutEffect(() => {
    before.current = rows;
  }, [rows]);
  const was = old[0]?.key;
  const is = rows[0]?.key;
  if (was === undefined || is === undefined || was === is) return false;
  return rows.some((row) => row.key === was) || old.some((row) => row.key === is);
}

/** Goes to the message asked for, the place of an earlier visit, or the unread line; says whether there was one. */
function startElsewhere(
  list: RefObject<VirtualizerHandle | null>,
  rows: readonly Row[],
  place: Place | undefined,
  at: number | undefined,
): boolean {
  const seq = at ?? place?.seq;
  const wanted = (row: Row) =>
    seq === undefined ? row.unread : row.is !== 'parcel' && seqOf(row) === seq;
  const index = rows.findIndex(wanted);
  if (index < 0) return false;
  if (place) {
    list.current?.scrollToIndex(index, { align: 'start', offset: place.offset });
  } else {
    list.current?.scrollToIndex(index, { align: 'center' });
  }
  return true;
}

function topOf(handle: VirtualizerHandle, rows: readonly Row[]): Place | undefined {
  const index = handle.findItemIndex(handle.scrollOffset);
  const row = rows[index];
  return row && row.is !== 'parcel'
    ? { seq: seqOf(row), offset: Math.round(handle.scrollOffset - handle.getItemOffset(index)) }
    : undefined;
}

function seqOf(row: Row): number {
  return row.is === 'message' ? row.message.seq : row.is === 'notice' ? row.notice.seq : 0;
}
