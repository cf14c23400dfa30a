import type { Signal } from '@preact/signals';
import type { Fate } from '../../state/receipts';
import type { RoomState } from '../../state/room';
import { words } from '../../words';
import { useHome } from '../context';
import { PersonName } from '../people/PersonName';
import { Avatar } from '../ui/Avatar';
import { Dialog } from '../ui/Dialog';

interface Props {
  room: Signal<RoomState>;
  fate: Fate;
  onClose: () => void;
}

/** Who has read a message of one's own, and to whom it has come. */
export function ReadBy({ fate, onClose }: Props) {
  const w = words();
  const unread = fate.receivers.filter((user) => !fate.readers.includes(user));
  return (
    <Dialog title={w.fate.title} onClose={onClose}>
      <div class="grid max-h-[60vh] gap-4 overflow-y-auto">
        <People title={w.fate.readBy(fate.read)} users={fate.readers} />
        <People title={w.fate.deliveredTo(unread.length)} users={unread} />
      </div>
    </Dialog>
  );
}

function People({ title, users }: { title: string; users: readonly string[] }) {
  const { people } = useHome();
  if (users.length === 0) return null;
  return (
    <section>
      <h3 class="pb-1 text-sm font-medium text-soft">{title}</h3>
      <ul class="grid gap-1">
        {users.map((user) => {
          const name = people.name(user) ?? '';
          return (
            <li key={user} class="flex min-w-0 items-center gap-2 py-1">
              <Avatar id={user} name={name} size="sm" />
              <span class="min-w-0 truncate">
                <PersonName name={name} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
