import type { ComponentChildren } from 'preact';
import { why, words } from '../../words';
import type { Pages } from '../ui/usePages';

interface Props<T> {
  title: string;
  /** What is said where there is nothing. */
  none: string;
  pages: Pages<T>;
  /** Those that stand there no more, though they were read. */
  without: (item: T) => boolean;
  row: (item: T) => ComponentChildren;
}

/** A part of a room's settings that lists what there may be much of. */
export function PagedSection<T>({ title, none, pages, without, row }: Props<T>) {
  const { items, failure, busy, more } = pages;
  const shown = items?.filter((item) => !without(item));
  return (
    <section aria-label={title} class="grid gap-2">
      <h3 class="text-sm font-medium">{title}</h3>
      {failure && <p class="text-sm text-danger">{why(failure)}</p>}
      {shown?.length === 0 && !more && <p class="text-sm text-soft">{none}</p>}
      <ul class="grid max-h-60 gap-1 overflow-y-auto">{shown?.map(row)}</ul>
      {more && (
        <button type="button" class="button button-plain" aria-busy={busy} onClick={more}>
          {words().more}
        </button>
      )}
    </section>
  );
}
