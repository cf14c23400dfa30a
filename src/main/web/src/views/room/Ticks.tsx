import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { fateOf, type Fate } from '../../state/receipts';
import type { Message, RoomState } from '../../state/room';
import { words } from '../../words';
import { useHome } from '../context';
import { Icon } from '../ui/Icon';
import { ReadBy } from './ReadBy';

/** What has become of a message of one's own: sent, come to everybody, read; in words for those who listen. */
export function Ticks({ room, message }: { room: Signal<RoomState>; message: Message }) {
  const [shown, setShown] = useState(false);
  const { id, type, memberCount } = room.value;
  const fate = fateOf(useHome().reader.receipts.of(id).value, message.seq, memberCount);
  const label = labelOf(fate, type === 'direct');
  const look = fate.is === 'read' ? 'text-accent' : 'text-faint';
  const drawn = (
    <>
      {fate.is !== 'read' && fate.read > 0 && (
        <span class="text-xs" aria-hidden="true">
          {fate.read}
        </span>
      )}
      <Icon name={fate.is === 'sent' ? 'check' : 'checks'} size={16} />
      <span class="sr-only">{label}</span>
    </>
  );
  if (type === 'direct' || fate.receivers.length === 0) {
    return (
      <span class={`flex items-center gap-0.5 ${look}`} title={label}>
        {drawn}
      </span>
    );
  }
  return (
    <>
      <button
        type="button"
        class={`flex min-h-6 min-w-6 items-center justify-end gap-0.5 rounded-md hover:text-ink ${look}`}
        title={label}
        onClick={() => setShown(true)}
      >
        {drawn}
      </button>
      {shown && <ReadBy room={room} fate={fate} onClose={() => setShown(false)} />}
    </>
  );
}

function labelOf({ is, read, delivered }: Fate, direct: boolean): string {
  const w = words();
  if (is === 'read') return direct ? w.fate.read : w.fate.readByAll;
  if (read > 0) return w.fate.readBy(read);
  if (is === 'delivered') return w.fate.delivered;
  return delivered > 0 ? w.fate.deliveredTo(delivered) : w.fate.sent;
}
