import { writes } from '../../state/rights';
import type { Message } from '../../state/room';
import { words } from '../../words';
import { Icon } from '../ui/Icon';
import { useTalk } from './talk';

/** What a message offers to a mouse over it, and to whoever comes by keyboard. */
export function MessageTools({ message }: { message: Message }) {
  const { room, answering, act, react } = useTalk();
  const w = words();
  return (
    <div class="tools absolute end-2 -top-4 z-[1] flex rounded-md border border-line bg-raised">
      {writes(room.value, Date.now()) && (
        <button
          type="button"
          class="icon-button"
          tabIndex={-1}
          aria-haspopup="dialog"
          aria-label={w.react}
          title={w.react}
          onClick={(event) => react(message, event.currentTarget.getBoundingClientRect())}
        >
          <Icon name="smile" size={16} />
        </button>
      )}
      {writes(room.value, Date.now()) && (
        <button
          type="button"
          class="icon-button"
          tabIndex={-1}
          aria-label={w.reply}
          title={w.reply}
          onClick={() => (answering.value = message.seq)}
        >
          <Icon name="reply" size={16} />
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        aria-haspopup="menu"
        aria-label={w.actions}
        title={w.actions}
        onClick={(event) => act(message, event.currentTarget.getBoundingClientRect())}
      >
        <Icon name="more" size={16} />
      </button>
    </div>
  );
}
