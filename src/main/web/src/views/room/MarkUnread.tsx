import { words } from '../../words';
import { useHome } from '../context';
import { say } from '../status/toast';
import { Icon } from '../ui/Icon';

/** One wants to come back to a message of somebody's, and all that was said after it. */
export function MarkUnread({ room, seq }: { room: string; seq: number }) {
  const { reader } = useHome();
  const w = words();
  return (
    <button
      type="button"
      class="grid size-8 place-items-center rounded-md border border-line bg-raised text-soft opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:text-ink focus-visible:opacity-100 pointer-coarse:size-11"
      aria-label={w.markUnread}
      title={w.markUnread}
      onClick={() => {
        reader.markUnread(room, seq).then(
          () => say({ text: w.markedUnread }),
          () => say({ text: w.notMarked }),
        );
      }}
    >
      <Icon name="unread" size={16} />
    </button>
  );
}
