import { useEffect, useRef } from 'preact/hooks';
import { words } from '../../words';
import { back, paths } from '../router';
import { Icon } from '../ui/Icon';
import { sections } from './sections';

/** One part of the settings: that of the path, or the first. */
export function Settings({ section }: { section: string | undefined }) {
  const { path, name, Content } = sections.find((one) => one.path === section) ?? sections[0];
  const heading = useRef<HTMLHeadingElement>(null);
  const w = words();
  // On a phone the list with the link that was followed is gone, and the focus with it.
  useEffect(() => {
    if (section !== undefined && document.activeElement === document.body) {
      heading.current?.focus({ preventScroll: true });
    }
  }, [section]);
  return (
    <div class="min-h-0 min-w-0 flex-1 overflow-y-auto">
      <div class="mx-auto max-w-[640px] px-4 py-6 md:px-8">
        <div class="flex items-center gap-1">
          <button
            type="button"
            class="icon-button -ms-2 md:hidden"
            aria-label={w.back}
            onClick={() => back(paths.settings)}
          >
            <Icon name="back" />
          </button>
          <h1 ref={heading} tabIndex={-1} class="text-xl font-semibold outline-none">
            {name(w)}
          </h1>
        </div>
        <Content key={path} />
      </div>
    </div>
  );
}
