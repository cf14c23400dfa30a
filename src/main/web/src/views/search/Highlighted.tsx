import type { Range } from '../../client/search';

/** So much of a long text stands before the first word that was looked for, and as much in all. */
const BEFORE = 60;
const LENGTH = 280;

interface Piece {
  text: string;
  marked: boolean;
}

/** The part of a text where the words stand, and which pieces of it they are. */
export function pieces(text: string, ranges: readonly Range[]): Piece[] {
  const first = ranges[0]?.start ?? 0;
  const from = first > BEFORE ? whole(text, first - BEFORE) : 0;
  const to = whole(text, Math.min(text.length, from + LENGTH));
  const found: Piece[] = [];
  const add = (start: number, end: number, marked: boolean) => {
    const part = text.slice(Math.max(start, from), Math.min(end, to));
    if (part !== '' && start < to && end > from) found.push({ text: part, marked });
  };
  let place = from;
  for (const { start, end } of ranges) {
    add(place, start, false);
    add(start, end, true);
    place = Math.max(place, end);
  }
  add(place, to, false);
  if (from > 0) found.unshift({ text: '…', marked: false });
  if (to < text.length) found.push({ text: '…', marked: false });
  return found;
}

/** A place that parts no character of two halves. */
function whole(text: string, place: number): number {
  const code = text.charCodeAt(place);
  return code >= 0xdc00 && code <= 0xdfff ? place - 1 : place;
}

/** What somebody wrote, with the words that were looked for. */
export function Highlighted({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  return (
    <bdi dir="auto" class="block break-words whitespace-pre-line">
      {pieces(text, ranges).map((piece, index) =>
        piece.marked ? (
          <mark
            key={index}
            class="rounded-sm bg-accent-soft font-medium text-ink underline decoration-accent decoration-2 underline-offset-2"
          >
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </bdi>
  );
}
