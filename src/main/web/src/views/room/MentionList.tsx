import type { Candidate } from '../../state/mentioning';
import { words } from '../../words';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import type { Mentions } from './useMentions';

/** The id of the list, and of each of its rows. */
export const MENTION_LIST = 'mention-list';
export const optionId = (index: number) => `${MENTION_LIST}-${index}`;

/** Whom what is being written may mention. The field keeps the focus; its arrow keys go through the list. */
export function MentionList({ mentions }: { mentions: Mentions }) {
  const { found, active, pick } = mentions;
  const w = words();
  return (
    <>
      <p role="status" class="sr-only">
        {found.length > 0 ? w.suggested(found.length) : ''}
      </p>
      {found.length > 0 && (
        <ul
          id={MENTION_LIST}
          role="listbox"
          aria-label={w.suggestions}
          class="absolute inset-x-0 bottom-full z-20 mb-1 max-h-[40vh] overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {found.map((candidate, index) => (
            <li
              key={candidate.id ?? ''}
              id={optionId(index)}
              role="option"
              aria-selected={index === active}
              class="flex min-h-10 min-w-0 items-center gap-2 rounded-md px-2 aria-selected:bg-accent-soft pointer-coarse:min-h-11"
              onPointerDown={(event) => {
                event.preventDefault();
                pick(candidate);
              }}
            >
              <Face {...candidate} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Face({ id, name }: Candidate) {
  return id === undefined ? (
    <>
      <span class="grid size-7 place-items-center text-soft">
        <Icon name="people" />
      </span>
      <span class="font-medium">@{name}</span>
      <span class="min-w-0 truncate text-sm text-soft">{words().everybody}</span>
    </>
  ) : (
    <>
      <Avatar id={id} name={name} size="sm" />
      <bdi class="min-w-0 truncate">{name}</bdi>
    </>
  );
}
