import { useState } from 'preact/hooks';
import { uuidv7 } from '../../client/ids';
import { oneLine } from '../../state/picks';
import { writes } from '../../state/rights';
import type { Message, RoomState } from '../../state/room';
import { isolated, why, words } from '../../words';
import { useHome } from '../context';
import { say } from '../status/toast';
import { Avatar } from '../ui/Avatar';
import { Dialog } from '../ui/Dialog';
import { Search } from '../ui/Search';
import { useWork } from '../ui/useAsk';
import { useTalk } from './talk';

/** Asks where to say again what a message says. */
export function Forward({ message, onClose }: { message: Message; onClose: () => void }) {
  const { rooms } = useHome();
  const [query, setQuery] = useState('');
  const w = words();
  const wanted = query.trim().toLocaleLowerCase();
  const places = rooms.order.value
    .map((room) => room.value)
    .filter((room) => writes(room, Date.now()))
    .filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  return (
    <Dialog title={w.forwardTo} onClose={onClose}>
      <p class="mb-3 truncate rounded-e-md border-s-2 border-accent bg-hover px-2 py-1 text-sm text-soft">
        <bdi>{oneLine(message.text)}</bdi>
      </p>
      <Search label={w.searchRooms} value={query} onInput={setQuery} />
      <ul class="mt-2 max-h-80 min-h-40 overflow-y-auto">
        {places.map((place) => (
          <PlaceRow key={place.id} place={place} message={message} onClose={onClose} />
        ))}
        {places.length === 0 && <li class="py-6 text-center text-soft">{w.noMatch}</li>}
      </ul>
    </Dialog>
  );
}

interface RowProps {
  place: RoomState;
  message: Message;
  onClose: () => void;
}

function PlaceRow({ place, message, onClose }: RowProps) {
  const { picks } = useHome();
  const { room } = useTalk();
  // However often it is tried from here, it is said once.
  const [cid] = useState(uuidv7);
  const { busy, failure, run } = useWork();
  const w = words();
  const forward = async () => {
    await picks.forward(room.peek().id, message.seq, place.id, cid);
    onClose();
    say({ text: w.forwardedTo(isolated(place.name)) });
  };
  return (
    <li>
      <button
        type="button"
        class="flex min-h-12 w-full items-center gap-3 rounded-md px-2 text-start hover:bg-hover"
        aria-busy={busy}
        onClick={() => !busy && run(forward)}
      >
        <Avatar
          id={place.peer ?? place.id}
          name={place.name}
          size="sm"
          room={place.type !== 'direct'}
        />
        <span class="min-w-0 flex-1">
          <bdi class="block truncate">{place.name}</bdi>
          {failure && (
            <span role="alert" class="block text-xs text-danger">
              {why(failure)}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
