import type { Signal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { RoomState } from '../../state/room';
import { words } from '../../words';
import { useHome } from '../context';
import { Announcer } from './Announcer';
import { JumpPill } from './JumpPill';
import { MentionPill } from './MentionPill';
import { rowsOf, type Row } from './rows';
import { TimelineRow } from './TimelineRow';
import { TimelineSkeletons } from './TimelineSkeletons';
import { useEditedInSight } from './useEditedInSight';
import { usePosition } from './usePosition';
import { useReading } from './useReading';

/** All that was said, as far as it is at hand; only what is on the screen is in the page. */
export function Timeline({ room, at }: { room: Signal<RoomState>; at: number | undefined }) {
  const { me, outbox } = useHome();
  const { id, name, timeline } = room.value;
  const parcels = outbox.parcels.value.filter(
    (parcel) => parcel.room === id && parcel.thread === undefined,
  );
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const loaded = timeline.status === 'loaded';
  const reading = useReading(room, loaded);
  const unsent = parcels
    .map(({ cid, failure, seq = 0 }) => `${cid} ${failure?.reason ?? ''} ${seq}`)
    .join();
  const rows = useMemo(
    () => rowsOf(timeline.items, timeline.newer ? [] : parcels, me.id, reading.line),
    [timeline.items, timeline.newer, unsent, reading.line],
  );
  const position = usePosition({ room, rows, at, list, scroller, reading });
  const edited = useEditedInSight(id, rows, list);
  const waiting = !loaded && rows.length === 0;
  return (
    <div class="relative min-h-0 flex-1">
      {waiting && <TimelineSkeletons />}
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={words().messages(name)}
        aria-busy={waiting}
        tabIndex={0}
        class="flex h-full flex-col overflow-x-hidden overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <div class="flex-1" />
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          data={rows}
          shift={position.shift}
          keepMounted={edited}
          bufferSize={240}
          onScroll={position.onScroll}
        >
          {(row: Row, index: number) => (
            <TimelineRow
              key={row.key}
              room={room}
              row={row}
              start={index === 0 && loaded && !timeline.older}
              pointed={row.is === 'message' && row.message.seq === at}
            />
          )}
        </Virtualizer>
      </div>
      <MentionPill room={id} mentions={reading.mentions} line={above(room, reading.line)} />
      {position.away && <JumpPill count={position.below} onJump={position.toLatest} />}
      <Announcer room={room} />
    </div>
  );
}

/** Where the unread begins, when that is further up than what is at hand. */
function above(room: Signal<RoomState>, line: number | undefined): number | undefined {
  const { items, older } = room.value.timeline;
  const first = items[0]?.seq ?? 0;
  return line !== undefined && older && first > line + 1 ? line + 1 : undefined;
}
