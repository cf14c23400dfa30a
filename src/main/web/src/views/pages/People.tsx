import { useState } from 'preact/hooks';
import type { Person } from '../../client/protocol';
import { why, words } from '../../words';
import { useHome } from '../context';
import { go, paths } from '../router';
import { Avatar } from '../ui/Avatar';
import { Search } from '../ui/Search';
import { useAsk, useWork } from '../ui/useAsk';
import { Page, PageNote, PageSkeletons } from './Page';

/** Everybody here, to be written to. */
export function People() {
  const home = useHome();
  const [query, setQuery] = useState('');
  const { answer, failure } = useAsk(query.trim(), (part) => home.find(part));
  const others = answer?.filter((person) => person.id !== home.me.id);
  const w = words();
  return (
    <Page title={w.people} lead={w.peopleLead}>
      <Search label={w.searchPeople} value={query} onInput={setQuery} />
      {failure && <PageNote>{why(failure)}</PageNote>}
      {!others && !failure && <PageSkeletons />}
      {others?.length === 0 && <PageNote>{w.noPeople}</PageNote>}
      <ul class="mt-3">
        {others?.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </ul>
    </Page>
  );
}

function PersonRow({ person }: { person: Person }) {
  const home = useHome();
  const { busy, failure, run } = useWork();
  return (
    <li class="flex items-center gap-3 border-b border-line py-3">
      <Avatar id={person.id} name={person.name} size="lg" />
      <div class="min-w-0 flex-1">
        <p class="truncate font-medium">
          <bdi>{person.name}</bdi>
        </p>
        {person.username !== undefined && (
          <p class="truncate text-sm text-soft">
            <bdi>@{person.username}</bdi>
          </p>
        )}
        {failure && (
          <p role="alert" class="text-sm text-danger">
            {why(failure)}
          </p>
        )}
      </div>
      <button
        type="button"
        class="button button-soft"
        aria-busy={busy}
        onClick={() => run(async () => go(paths.room(await home.direct(person.id))))}
      >
        {words().write}
      </button>
    </li>
  );
}
