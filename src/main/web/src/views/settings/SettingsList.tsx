import { words } from '../../words';
import { useApp, useHome } from '../context';
import { follow, go, paths } from '../router';
import { PersonAvatar } from '../people/PersonAvatar';
import { Icon } from '../ui/Icon';
import { Availability } from './Availability';
import { sections, type Section } from './sections';

/** Oneself: who one is here, the parts of the settings, and the way out. */
export function SettingsList({ section }: { section: string | undefined }) {
  const app = useApp();
  const { me } = useHome();
  const w = words();
  return (
    <section aria-label={w.you} class="flex min-w-0 flex-1 flex-col overflow-y-auto bg-side">
      <h1 class="px-4 pt-4 text-lg font-semibold">{w.settings.title}</h1>
      <div class="flex items-center gap-3 px-4 py-3">
        <PersonAvatar id={me.id} name={me.name} size="lg" />
        <div class="min-w-0">
          <p class="truncate font-semibold">
            <bdi>{me.name}</bdi>
          </p>
          {me.username !== undefined && (
            <p class="truncate text-sm text-soft">
              <bdi>@{me.username}</bdi>
            </p>
          )}
        </div>
      </div>
      <Availability />
      <nav aria-label={w.settings.title}>
        <ul class="px-2">
          {sections.map((one, i) => (
            <li key={one.path}>
              <Entry
                section={one}
                current={one.path === section}
                shown={section === undefined && i === 0}
              />
            </li>
          ))}
        </ul>
      </nav>
      <div class="mt-4 px-4 pb-6">
        <button
          type="button"
          class="button button-danger w-full"
          onClick={() => {
            go(paths.signIn);
            void app.signOut();
          }}
        >
          {w.signOut}
        </button>
      </div>
    </section>
  );
}

interface EntryProps {
  section: Section;
  current: boolean;
  /** It stands beside the list where there is room, though nobody chose it. */
  shown: boolean;
}

function Entry({ section, current, shown }: EntryProps) {
  const tone = current ? 'bg-accent-soft font-medium' : 'hover:bg-hover';
  return (
    <a
      href={paths.section(section.path)}
      onClick={follow}
      aria-current={current ? 'page' : undefined}
      class={`flex min-h-11 items-center gap-3 rounded-md px-3 py-2 ${tone} ${shown ? 'md:bg-accent-soft md:font-medium' : ''}`}
    >
      <span class="text-soft">
        <Icon name={section.icon} />
      </span>
      <span class="min-w-0 flex-1">{section.name(words())}</span>
      <span class="text-faint md:hidden">
        <Icon name="next" size={18} />
      </span>
    </a>
  );
}
