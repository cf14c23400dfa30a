import type { Signal } from '@preact/signals';
import { memo } from 'preact/compat';
import type { RoomState } from '../../state/room';
import { words } from '../../words';
import { dayName } from '../../words/times';
import { MessageRow } from './MessageRow';
import { NoticeRow } from './NoticeRow';
import { ParcelRow } from './ParcelRow';
import type { Row } from './rows';

interface Props {
  room: Signal<RoomState>;
  row: Row;
  /** The first of the room. */
  start: boolean;
  /** The one that a link pointed to. */
  pointed: boolean;
}

/** One row, with the lines that belong above it. */
export const TimelineRow = memo(function TimelineRow({ room, row, start, pointed }: Props) {
  const w = words();
  return (
    <div class={pointed ? 'pointed' : ''}>
      {start && <Beginning room={room} />}
      {row.day !== undefined && <Line label={dayName(row.day)} tone="text-soft" />}
      {row.unread && <Line label={w.newMessages} tone="text-danger" />}
      {row.is === 'message' && (
        <MessageRow
          room={room}
          message={row.message}
          own={row.own}
          first={row.first}
          last={row.last}
        />
      )}
      {row.is === 'notice' && <NoticeRow notice={row.notice} />}
      {row.is === 'parcel' && <ParcelRow parcel={row.parcel} first={row.first} last={row.last} />}
    </div>
  );
}, same);

function Beginning({ room }: { room: Signal<RoomState> }) {
  const w = words();
  return (
    <p class="px-4 pt-10 pb-2 text-center text-sm text-faint">
      {room.value.since === undefined ? w.start : w.membership.sinceYouCame}
    </p>
  );
}

function Line({ label, tone }: { label: string; tone: string }) {
  return (
    <div
      role="separator"
      aria-label={label}
      class={`flex items-center gap-3 px-4 py-3 md:px-6 ${tone}`}
    >
      <span class="h-px flex-1 bg-line" />
      <span class="text-xs font-medium">{label}</span>
      <span class="h-px flex-1 bg-line" />
    </div>
  );
}

function same(before: Props, after: Props): boolean {
  const [a, b] = [before.row, after.row];
  return (
    before.start === after.start &&
    before.pointed === after.pointed &&
    a.day === b.day &&
    a.unread === b.unread &&
    a.first === b.first &&
    a.last === b.last &&
    subject(a) === subject(b)
  );
}

function subject(row: Row): object {
  if (row.is === 'message') return row.message;
  return row.is === 'notice' ? row.notice : row.parcel;
}
