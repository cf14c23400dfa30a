import type { Parcel } from '../../state/outbox';
import type { Notice } from '../../state/notices';
import type { Item, Message } from '../../state/room';
import { startOfDay } from '../../words/times';

/** What stands above an item: a new day, the line before what is unread, the name of who speaks. */
interface Above {
  key: string;
  day: number | undefined;
  unread: boolean;
  first: boolean;
  /** Nobody goes on after it. */
  last: boolean;
}

export type Row = Above &
  (
    | { is: 'message'; message: Message; own: boolean }
    | { is: 'notice'; notice: Notice }
    | { is: 'parcel'; parcel: Parcel }
  );

/** Messages of one author within this time form a group. */
const GROUP_MS = 5 * 60_000;
/** When the clocks go forward. */
const SHORTEST_DAY_MS = 23 * 3_600_000;

/**
 * The rows of a timeline, one for each item, so that pages before and after never change where one begins; what is not
 * confirmed yet stands at the end.
 */
export function rowsOf(
  items: readonly Item[],
  parcels: readonly Parcel[],
  me: string,
  unreadAfter: number | undefined,
): Row[] {
  const rows: Row[] = [];
  let speaker = '';
  let spokeAt = 0;
  let day = 0;
  let line = unreadAfter;
  const above = (at: number, author: string): Pick<Above, 'day' | 'first'> => {
    // To ask the calendar for each of many thousands would be felt.
    const today = at >= day && at - day < SHORTEST_DAY_MS ? day : startOfDay(at);
    const newDay = today !== day;
    const first = newDay || author !== speaker || at - spokeAt > GROUP_MS || author === '';
    day = today;
    spokeAt = at;
    speaker = author;
    return { day: newDay ? today : undefined, first };
  };
  for (const item of items) {
    const message = item.is === 'message' ? item : undefined;
    const own = message?.author.id === me;
    const unread = line !== undefined && item.seq > line && message !== undefined && !own;
    if (unread) line = undefined;
    const where = above(item.at, message?.author.id ?? '');
    const key = own && message.cid !== '' ? message.cid : `s${item.seq}`;
    const head = { key, ...where, unread, first: where.first || unread, last: false };
    rows.push(
      message
        ? { is: 'message', message, own, ...head }
        : { is: 'notice', notice: item as Notice, ...head },
    );
  }
  const shown = new Set(
    parcels.length > 0 ? items.map((item) => (item.is === 'message' ? item.cid : '')) : [],
  );
  for (const parcel of parcels) {
    if (!shown.has(parcel.cid)) {
      rows.push({
        is: 'parcel',
        parcel,
        key: parcel.cid,
        unread: false,
        last: false,
        ...above(parcel.at, me),
      });
    }
  }
  rows.forEach((row, index) => (row.last = rows[index + 1]?.first ?? true));
  return rows;
}
