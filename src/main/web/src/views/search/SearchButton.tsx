import { words } from '../../words';
import { go, paths } from '../router';
import { Icon } from '../ui/Icon';

/** Opens and closes the search beside a room. */
export function SearchButton({ id, shown }: { id: string; shown: boolean }) {
  const w = words().search;
  return (
    <button
      type="button"
      class="icon-button aria-pressed:bg-accent-soft aria-pressed:text-accent-strong"
      aria-pressed={shown}
      aria-label={shown ? w.close : w.openHere}
      title={w.openHere}
      onClick={() => go(shown ? paths.room(id) : paths.searchIn(id), shown ? 'replace' : 'push')}
    >
      <Icon name="search" />
    </button>
  );
}
