import { useEffect, useRef } from 'preact/hooks';
import type { Sort } from '../../client/search';
import { why, words } from '../../words';
import { useHome } from '../context';
import { PageNote, PageSkeletons } from '../pages/Page';
import { arrows } from '../ui/arrows';
import { Search } from '../ui/Search';
import { usePages } from '../ui/usePages';
import { Chip } from './Chip';
import { ResultRow } from './ResultRow';
import { Ways } from './Ways';

interface Props {
  /** The room that is open, if one is. */
  room?: string;
}

/** A line to look for messages, and what was found. */
export function Finder({ room }: Props) {
  const { finding } = useHome();
  const text = finding.text.value;
  const sort = finding.sort.value;
  const everywhere = room === undefined || finding.everywhere.value;
  const scope = everywhere ? undefined : room;
  const question = JSON.stringify([text.trim(), scope, sort]);
  const line = useRef<HTMLDivElement>(null);
  const { items, failure, busy, more } = usePages(question, async (asked, after) => {
    const [query, where, how] = JSON.parse(asked) as [string, string | null, Sort];
    const { results, next } = await finding.ask(query, where ?? undefined, how, after);
    return { items: results, next };
  });
  useEffect(() => line.current?.querySelector('input')?.focus(), [room]);
  const w = words().search;
  const empty = text.trim() === '';
  // Where the panel covers the room, whoever follows a result wants to see the room.
  const wide = matchMedia('(min-width: 1024px)').matches;
  return (
    <div onKeyDown={arrows} ref={line}>
      <Search
        label={w.label}
        value={text}
        most={500}
        onInput={(typed) => (finding.text.value = typed)}
      />
      <div class="mt-2 flex flex-wrap gap-1.5">
        {room !== undefined && (
          <Chip on={everywhere} onClick={() => (finding.everywhere.value = !everywhere)}>
            {w.everywhere}
          </Chip>
        )}
        <Chip on={finding.has('from:me')} onClick={() => finding.toggle('from:me')}>
          {w.fromMe}
        </Chip>
        <Chip on={finding.has('has:link')} onClick={() => finding.toggle('has:link')}>
          {w.withLink}
        </Chip>
        <Chip
          on={sort === 'rank'}
          onClick={() => (finding.sort.value = sort === 'rank' ? 'time' : 'rank')}
        >
          {w.best}
        </Chip>
      </div>
      {empty ? (
        <Ways />
      ) : (
        <section aria-label={w.results} class="mt-3" aria-busy={!items && !failure}>
          {failure && <PageNote>{why(failure)}</PageNote>}
          {!items && !failure && <PageSkeletons />}
          {items?.length === 0 && !more && (
            <PageNote>{everywhere ? w.nothingAnywhere : w.nothing}</PageNote>
          )}
          <ul>
            {items?.map((result) => (
              <ResultRow
                key={`${result.room} ${result.seq}`}
                result={result}
                beside={room !== undefined && wide}
                here={!everywhere}
              />
            ))}
          </ul>
          {more && (
            <button
              type="button"
              class="button button-plain mt-3 w-full"
              aria-busy={busy}
              onClick={more}
            >
              {busy ? words().working : words().more}
            </button>
          )}
        </section>
      )}
    </div>
  );
}
