import { useComputed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { DELETED } from '../../client/people';
import { seen } from '../../state/ahead';
import { messageAt, oneLine } from '../../state/picks';
import { words } from '../../words';
import { useHome } from '../context';
import { PersonName } from '../people/PersonName';
import { follow, paths } from '../router';
import { useTalk } from './talk';

/** What a message answers, as it is now, and the way there. */
export function Quote({ seq }: { seq: number }) {
  const { room } = useTalk();
  const { id } = room.value;
  return (
    <a
      href={paths.message(id, seq)}
      onClick={follow}
      class="mb-0.5 block w-fit max-w-full rounded-e-md border-s-2 border-accent bg-hover px-2 py-0.5 text-sm text-soft hover:text-ink"
    >
      <span class="sr-only">{words().inAnswerTo} </span>
      <Quoted seq={seq} />
    </a>
  );
}

/** Who said it, and how it begins; on one line. */
export function Quoted({ seq }: { seq: number }) {
  const { acts, picks, people } = useHome();
  const { room } = useTalk();
  const found = useComputed(() => messageAt(room.value, seq)).value;
  const { id } = room.peek();
  useEffect(() => {
    if (found === undefined) picks.want(id, seq);
  }, [id, seq, found === undefined]);
  const w = words();
  if (!found) {
    return <span class="block truncate">{found === null ? w.notThere : '…'}</span>;
  }
  const { author, text, deleted } = seen(found, acts.at(id, seq));
  return (
    <span class="block truncate">
      <span class="pe-1 font-semibold text-ink">
        <PersonName name={people.gone(author.id) ? DELETED : author.name} />
      </span>{' '}
      {deleted ? <i>{w.deleted}</i> : <bdi>{oneLine(text)}</bdi>}
    </span>
  );
}
