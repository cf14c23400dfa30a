import { words } from '../../words';
import { go, paths } from '../router';
import { Icon } from '../ui/Icon';
import { Finder } from './Finder';

/** Finding something said; beside the conversation, or over it where there is no place beside. */
export function SearchPanel({ room }: { room: string }) {
  const w = words().search;
  const close = () => go(paths.room(room), 'replace');
  return (
    <aside
      aria-label={w.title}
      class="absolute inset-0 z-10 flex w-full flex-col border-line bg-paper lg:static lg:w-80 lg:flex-none xl:w-96 lg:border-s"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close();
      }}
    >
      <header class="flex min-h-14 flex-none items-center justify-between border-b border-line ps-5 pe-2">
        <h2 class="font-semibold">{w.title}</h2>
        <button type="button" class="icon-button" aria-label={w.close} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div class="min-h-0 flex-1 overflow-y-auto p-3">
        <Finder room={room} />
      </div>
    </aside>
  );
}
