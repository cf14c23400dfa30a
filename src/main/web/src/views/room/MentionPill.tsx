import { useEffect, useState } from 'preact/hooks';
import { words } from '../../words';
import { go, paths } from '../router';
import { Icon } from '../ui/Icon';

interface Props {
  room: string;
  /** Where one was mentioned by what was unread when one came, oldest first. */
  mentions: readonly number[];
  /** Where the unread begins, if that is not at hand. */
  line: number | undefined;
}

/** The way to what one has missed: where it begins, and from one mention to the next. */
export function MentionPill({ room, mentions, line }: Props) {
  const [next, setNext] = useState(0);
  useEffect(() => setNext(0), [mentions]);
  const w = words();
  const mention = mentions[next];
  if (mention === undefined && line === undefined) return null;
  return (
    <div class="pointer-events-none absolute inset-x-0 top-2 z-10 flex flex-wrap justify-center gap-2 px-3">
      {line !== undefined && (
        <button
          type="button"
          class="arrived pointer-events-auto flex min-h-9 items-center gap-2 rounded-full border border-line bg-raised px-4 text-sm font-medium shadow-float"
          onClick={() => go(paths.message(room, line), 'replace')}
        >
          {w.jumpUnread}
        </button>
      )}
      {mention !== undefined && (
        <button
          type="button"
          class="arrived pointer-events-auto flex min-h-9 items-center gap-2 rounded-full bg-accent px-4 text-sm font-medium text-on-accent shadow-float"
          onClick={() => {
            go(paths.message(room, mention), 'replace');
            setNext(next + 1);
          }}
        >
          <Icon name="at" size={16} />
          {w.jumpMention(mentions.length - next)}
        </button>
      )}
    </div>
  );
}
