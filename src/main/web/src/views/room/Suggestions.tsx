import { useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../../words';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import type { Completion, Suggestion } from './useCompletion';

/** The id of the list, and of each of its rows. */
export const SUGGESTIONS = 'suggestions';
export const optionId = (index: number) => `${SUGGESTIONS}-${index}`;

/** What may complete what is being written. The field keeps the focus; its arrow keys go through the list. */
export function Suggestions({ completion }: { completion: Completion }) {
  const { found, active, pick } = completion;
  const list = useRef<HTMLUListElement>(null);
  const some = found.length > 0;
  // Where the conversation ends above it there is room below.
  useLayoutEffect(() => {
    const above = list.current?.closest('[role=log]')?.getBoundingClientRect().top ?? 0;
    if (list.current && list.current.getBoundingClientRect().top < above) {
      list.current.style.inset = '100% 0 auto';
    }
  }, [some]);
  const w = words();
  return (
    <>
      <p role="status" class="sr-only">
        {some ? w.suggested(found.length) : ''}
      </p>
      {some && (
        <ul
          ref={list}
          id={SUGGESTIONS}
          role="listbox"
          aria-label={found[0]?.is === 'emoji' ? w.emojiSuggestions : w.suggestions}
          class="absolute inset-x-0 bottom-full z-20 mb-1 max-h-[40vh] overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {found.map((suggestion, index) => (
            <li
              key={suggestion.is === 'emoji' ? suggestion.emoji : (suggestion.id ?? '')}
              id={optionId(index)}
              role="option"
              aria-selected={index === active}
              class="flex min-h-10 min-w-0 items-center gap-2 rounded-md px-2 aria-selected:bg-accent-soft pointer-coarse:min-h-11"
              onPointerDown={(event) => {
                event.preventDefault();
                pick(suggestion);
              }}
            >
              <Face suggestion={suggestion} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Face({ suggestion }: { suggestion: Suggestion }) {
  const { name } = suggestion;
  if (suggestion.is === 'emoji') {
    return (
      <>
        <span class="grid size-7 place-items-center emoji-font text-lg">{suggestion.emoji}</span>
        <span class="min-w-0 truncate">{name}</span>
      </>
    );
  }
  return suggestion.id === undefined ? (
    <>
      <span class="grid size-7 place-items-center text-soft">
        <Icon name="people" />
      </span>
      <span class="font-medium">@{name}</span>
      <span class="min-w-0 truncate text-sm text-soft">{words().everybody}</span>
    </>
  ) : (
    <>
      <Avatar id={suggestion.id} name={name} size="sm" />
      <bdi class="min-w-0 truncate">{name}</bdi>
    </>
  );
}
