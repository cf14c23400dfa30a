import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { destinations, ranked, type Destination } from '../../state/switching';
import { words } from '../../words';
import { unreachable } from '../../words/refusals';
import { useHome } from '../context';
import { useCircle } from '../people/useCircle';
import { go, paths, place } from '../router';
import { Badges } from '../rooms/Badges';
import { say } from '../status/toast';
import { Avatar } from '../ui/Avatar';
import { Dialog } from '../ui/Dialog';

/** Whether somebody is on the way to another room. */
export const switching = signal(false);

const LIST = 'destinations';
const optionId = (index: number) => `${LIST}-${index}`;

/** One line that leads to a room or to somebody by name. */
export function Switcher() {
  const home = useHome();
  const { circle } = useCircle();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const where = place.value;
  const here = where.is === 'room' ? where.id : undefined;
  const rooms = home.rooms.order.value.map((room) => room.value);
  const contacts = [...(circle.contacts.value?.values() ?? [])];
  const found = ranked(destinations(rooms, contacts), query, here);
  const w = words();
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active, query]);
  const close = () => (switching.value = false);
  const enter = (to: Destination | undefined) => {
    if (!to) return;
    close();
    if (to.room) {
      go(paths.room(to.id));
      return;
    }
    home.direct(to.id).then(
      (direct) => go(paths.room(direct)),
      (thrown: unknown) => say({ text: unreachable(thrown) }),
    );
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setActive((active + step + found.length) % found.length);
    }
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      enter(found[active]);
    }
  };
  return (
    <Dialog title={w.goTo} onClose={close}>
      <input
        type="text"
        role="combobox"
        class="field"
        dir="auto"
        autofocus
        autocomplete="off"
        aria-label={w.goToName}
        placeholder={w.goToName}
        aria-expanded={found.length > 0}
        aria-autocomplete="list"
        aria-controls={LIST}
        aria-activedescendant={found.length > 0 ? optionId(active) : undefined}
        maxLength={100}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={key}
      />
      <p role="status" class="sr-only">
        {w.suggested(found.length)}
      </p>
      <div class="mt-2 h-[min(320px,50dvh)] overflow-y-auto">
        {found.length === 0 && <p class="py-6 text-center text-soft">{w.noMatch}</p>}
        <ul ref={list} id={LIST} role="listbox" aria-label={w.goTo}>
          {found.map((destination, index) => (
            <li
              key={destination.id}
              id={optionId(index)}
              role="option"
              aria-selected={index === active}
              class="flex min-h-11 min-w-0 cursor-pointer items-center gap-3 rounded-md px-2 hover:bg-hover aria-selected:bg-accent-soft"
              onClick={() => enter(destination)}
            >
              <Face destination={destination} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function Face({ destination }: { destination: Destination }) {
  const { id, name, also, room } = destination;
  const person = !room || room.type === 'direct';
  return (
    <>
      <Avatar id={room?.peer ?? id} name={name} size="sm" room={!person} />
      <span class="flex min-w-0 flex-1 items-center gap-2">
        <bdi class="min-w-0 truncate">{name}</bdi>
        {also !== undefined && also !== name && (
          <bdi class="min-w-0 truncate text-sm text-soft">{also}</bdi>
        )}
        {room && <Badges state={room} />}
      </span>
    </>
  );
}
