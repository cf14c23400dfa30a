import { writes } from '../../state/rights';
import type { Message } from '../../state/room';
import { words } from '../../words';
import { Icon } from '../ui/Icon';
import { useTalk } from './talk';

/** The emoji that a message was given, and how often. Who writes here gives and takes them by a click. */
export function Reactions({ message }: { message: Message }) {
  const { room, react, toggle } = useTalk();
  const may = writes(room.value, Date.now());
  const w = words();
  return (
    <ul class="flex flex-wrap gap-1 pt-0.5 pointer-coarse:gap-2" aria-label={w.reactions}>
      {message.reactions.map(({ emoji, count, mine }) => {
        const told = w.reacted(emoji, count, mine);
        const shown = (
          <>
            <span aria-hidden="true">
              <span class="emoji-font">{emoji}</span>{' '}
              <span class="tabular-nums text-soft">{count}</span>
            </span>
            <span class="sr-only">{told}</span>
          </>
        );
        const look = `reaction ${mine ? 'border-accent bg-accent-soft' : 'border-line bg-paper'}`;
        return (
          <li key={emoji}>
            {may ? (
              <button
                type="button"
                class={`${look} ${mine ? '' : 'hover:border-control'}`}
                aria-pressed={mine}
                title={told}
                onClick={() => toggle(message, emoji)}
              >
                {shown}
              </button>
            ) : (
              <span class={look} title={told}>
                {shown}
              </span>
            )}
          </li>
        );
      })}
      {may && (
        <li>
          <button
            type="button"
            class="reaction border-line bg-paper text-soft hover:border-control"
            aria-haspopup="dialog"
            aria-label={w.react}
            title={w.react}
            onClick={(event) => react(message, event.currentTarget.getBoundingClientRect())}
          >
            <Icon name="smile" size={16} />
          </button>
        </li>
      )}
    </ul>
  );
}
