import type { Reaction } from '../../client/protocol';
import { words } from '../../words';

/** The emoji that a message was given, and how often. */
export function Reactions({ given }: { given: readonly Reaction[] }) {
  const w = words();
  return (
    <ul class="flex flex-wrap gap-1 pt-0.5" aria-label={w.reactions}>
      {given.map(({ emoji, count, mine }) => (
        <li
          key={emoji}
          class={`rounded-full border px-2 text-sm ${mine ? 'border-accent bg-own' : 'border-line'}`}
          title={w.reacted(emoji, count, mine)}
        >
          <span aria-hidden="true">
            {emoji} <span class="tabular-nums text-soft">{count}</span>
          </span>
          <span class="sr-only">{w.reacted(emoji, count, mine)}</span>
        </li>
      ))}
    </ul>
  );
}
