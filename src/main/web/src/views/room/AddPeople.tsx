import { useState } from 'preact/hooks';
import type { Person } from '../../client/protocol';
import { why, words } from '../../words';
import { useHome } from '../context';
import { Avatar } from '../ui/Avatar';
import { Dialog } from '../ui/Dialog';
import { Search } from '../ui/Search';
import { useAsk, useWork } from '../ui/useAsk';

/** Brings people into a room. */
export function AddPeople({ id, onClose }: { id: string; onClose: () => void }) {
  const home = useHome();
  const [query, setQuery] = useState('');
  const { answer, failure } = useAsk(query.trim(), async (part) => (await home.find(part)).users);
  const w = words();
  return (
    <Dialog title={w.addPeople} onClose={onClose}>
      <Search label={w.searchPeople} value={query} onInput={setQuery} />
      {failure && <p class="py-4 text-sm text-danger">{why(failure)}</p>}
      <ul class="mt-2 max-h-80 min-h-40 overflow-y-auto">
        {answer
          ?.filter((person) => person.id !== home.me.id)
          .map((person) => (
            <Candidate key={person.id} room={id} person={person} />
          ))}
        {answer?.length === 0 && <li class="py-6 text-center text-soft">{w.noPeople}</li>}
      </ul>
    </Dialog>
  );
}

function Candidate({ room, person }: { room: string; person: Person }) {
  const home = useHome();
  const [added, setAdded] = useState(false);
  const { busy, failure, run } = useWork();
  const w = words();
  const add = async () => {
    await home.managing.add(room, person.id);
    setAdded(true);
  };
  return (
    <li class="flex min-h-12 items-center gap-3">
      <Avatar id={person.id} name={person.name} size="sm" />
      <span class="min-w-0 flex-1">
        <span class="block truncate">
          <bdi>{person.name}</bdi>
        </span>
        {failure && <span class="block text-xs text-danger">{why(failure)}</span>}
      </span>
      <button
        type="button"
        class="button button-plain"
        disabled={added}
        aria-busy={busy}
        onClick={() => run(add)}
      >
        {added ? '✓' : w.add}
      </button>
    </li>
  );
}
