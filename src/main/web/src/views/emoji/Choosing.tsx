import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Favourites, searched, type Emoji } from '../../state/emoji';
import { words } from '../../words';
import { useHome } from '../context';
import { Search } from '../ui/Search';
import { beside } from './beside';
import { emojiGroups, emojiTable, needEmoji } from './table-loading';

interface Section {
  name: string;
  label: string;
  emoji: readonly Emoji[];
}

/** Emoji in groups, those that one uses often first, and a line to look for one by name. Arrow keys go everywhere. */
export function Choosing({ onPick }: { onPick: (emoji: string) => void }) {
  const { me } = useHome();
  const [query, setQuery] = useState('');
  const page = useRef<HTMLDivElement>(null);
  const often = useMemo(() => new Favourites(me.id).first(), [me.id]);
  const all = emojiTable.value;
  const groups = emojiGroups.value;
  useEffect(needEmoji, []);
  // A keyboard on the screen would cover what there is to choose from.
  useLayoutEffect(() => {
    const first = matchMedia('(pointer: fine)').matches ? 'input' : '[data-emoji]';
    page.current?.querySelector<HTMLElement>(first)?.focus();
  }, [all !== undefined]);
  const w = words();
  const wanted = query.trim();
  const names = new Map(all?.map(({ emoji, name }) => [emoji, name]));
  const sections: Section[] =
    wanted === ''
      ? [
          {
            name: 'often',
            label: w.emojiOften,
            emoji: often.map((emoji) => ({ emoji, name: names.get(emoji) ?? emoji })),
          },
          ...(groups ?? []).map(({ name, emoji }) => ({
            name,
            label: w.emojiGroups[name] ?? name,
            emoji,
          })),
        ]
      : [{ name: 'found', label: w.emojiFound, emoji: searched(all ?? [], wanted) }];
  const first = sections[0]?.emoji[0]?.emoji;
  const move = (event: KeyboardEvent) => {
    const stops = [...(page.current?.querySelectorAll<HTMLElement>('[data-emoji]') ?? [])];
    const here = stops.indexOf(document.activeElement as HTMLElement);
    const typing = here < 0;
    // In the line, what goes left and right is the caret.
    if (typing && event.key !== 'ArrowDown') return;
    const next = typing ? stops[0] : beside(stops, here, event.key);
    if (next === undefined) return;
    event.preventDefault();
    if (next === 'above') page.current?.querySelector('input')?.focus();
    else next.focus();
  };
  return (
    <div ref={page} class="flex h-full min-h-0 flex-col" onKeyDown={move}>
      <div class="p-2">
        <Search
          label={w.searchEmoji}
          value={query}
          most={40}
          onInput={setQuery}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && first !== undefined && !event.isComposing) {
              event.preventDefault();
              onPick(first);
            }
          }}
        />
      </div>
      <div class="min-h-0 flex-1 overflow-y-auto px-2 pb-2" aria-busy={!all}>
        {first === undefined && all && (
          <p role="status" class="py-6 text-center text-soft">
            {w.noEmoji}
          </p>
        )}
        {sections.map(({ name, label, emoji }, at) => (
          <section key={name} aria-label={label}>
            {emoji.length > 0 && (
              <h3 class="px-1 pt-2 pb-1 text-xs font-medium text-soft">{label}</h3>
            )}
            <div class="emoji-grid">
              {emoji.map((one, index) => (
                <button
                  key={one.emoji}
                  type="button"
                  data-emoji
                  class="emoji"
                  tabIndex={at === 0 && index === 0 ? 0 : -1}
                  aria-label={one.name}
                  title={one.name}
                  onClick={() => onPick(one.emoji)}
                >
                  {one.emoji}
                </button>
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}
