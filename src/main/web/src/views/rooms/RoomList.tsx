import { useState } from 'preact/hooks';
import { words } from '../../words';
import { useHome } from '../context';
import { follow, go, paths, place } from '../router';
import { Icon } from '../ui/Icon';
import { Search } from '../ui/Search';
import { RoomRow } from './RoomRow';

/** One's own rooms, the liveliest first. */
export function RoomList() {
  const { rooms } = useHome();
  const [query, setQuery] = useState('');
  const where = place.value;
  const w = words();
  const wanted = query.trim().toLocaleLowerCase();
  const found = rooms.order.value.filter(
    (room) => room.value.role !== undefined && room.value.name.toLocaleLowerCase().includes(wanted),
  );
  const [shown, setShown] = useState(false);
  const away = wanted === '' ? found.filter((room) => room.value.hidden) : [];
  const listed = found.filter((room) => !away.includes(room));
  const loading = !rooms.listed.value && rooms.byId.value.size === 0;
  const row = (room: (typeof found)[number]) => (
    <RoomRow
      key={room.value.id}
      room={room}
      current={where.is === 'room' && where.id === room.value.id}
    />
  );
  return (
    <section aria-label={w.rooms} class="flex min-w-0 flex-1 flex-col bg-side">
      <header class="flex items-center justify-between ps-4 pe-2 pt-3 pb-2">
        <h1 class="text-lg font-semibold">{w.chats}</h1>
        <span class="flex">
          <a
            class="icon-button"
            href={paths.search}
            onClick={follow}
            aria-label={w.search.open}
            title={w.search.open}
          >
            <Icon name="search" />
          </a>
          <a
            class="icon-button"
            href={paths.new}
            onClick={follow}
            aria-label={w.newRoom}
            title={w.newRoom}
          >
            <Icon name="plus" />
          </a>
        </span>
      </header>
      <div class="px-3 pb-2">
        <Search
          label={w.searchRooms}
          value={query}
          onInput={setQuery}
          onKeyDown={(event) => {
            const first = found[0];
            if (event.key === 'Enter' && first) go(paths.room(first.value.id));
            if (event.key === 'Escape') setQuery('');
          }}
        />
      </div>
      {loading ? (
        <Skeletons />
      ) : (
        <ul class="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
          {listed.map(row)}
          {away.length > 0 && (
            <li>
              <button
                type="button"
                class="flex min-h-10 w-full items-center gap-3 rounded-md px-3 text-start text-sm text-soft hover:bg-hover"
                aria-expanded={shown}
                onClick={() => setShown(!shown)}
              >
                <Icon name="hide" />
                {w.membership.hidden(away.length)}
              </button>
            </li>
          )}
          {shown && away.map(row)}
          {found.length === 0 && (
            <li class="px-3 py-6 text-center text-soft">{wanted === '' ? w.noRooms : w.noMatch}</li>
          )}
        </ul>
      )}
    </section>
  );
}

function Skeletons() {
  return (
    <div aria-hidden="true" class="grid gap-3 px-4 pt-2">
      {[1, 2, 3, 4, 5].map((one) => (
        <div key={one} class="flex items-center gap-3">
          <div class="skeleton size-10" />
          <div class="grid flex-1 gap-2">
            <div class="skeleton h-3 w-1/2" />
            <div class="skeleton h-3 w-4/5" />
          </div>
        </div>
      ))}
    </div>
  );
}
