import type { ComponentChildren } from 'preact';
import { words } from '../words';
import { useHome } from './context';
import { follow, paths, place } from './router';
import { PersonAvatar } from './people/PersonAvatar';
import { Count } from './ui/Count';
import { Icon, type IconName } from './ui/Icon';

const shape = 'grid min-h-14 w-16 place-items-center gap-0.5 py-1 text-xs';

function tone(current: boolean): string {
  return current ? 'font-medium text-accent-strong' : 'text-soft hover:text-ink';
}

/** The sections: a narrow column, or a bar below on a phone. */
export function Rail({ hidden }: { hidden: boolean }) {
  const { me, threads } = useHome();
  const unread = threads.following.unread.value;
  const further = threads.following.further.value;
  const { is } = place.value;
  const w = words();
  const chats = is === 'chats' || is === 'room' || is === 'new' || is === 'search';
  return (
    <nav
      aria-label={w.app}
      class={`${hidden ? 'hidden md:flex' : 'flex'} flex-none justify-around border-t border-line bg-side pb-[env(safe-area-inset-bottom)] md:w-[76px] md:flex-col md:items-center md:justify-start md:gap-1 md:border-t-0 md:border-e md:py-3`}
    >
      <Section to={paths.chats} name={w.chats} icon="chats" current={chats} />
      <Section to={paths.threads} name={w.threads} icon="reply" current={is === 'threads'}>
        <Count
          count={unread}
          label={further ? w.moreUnreadReplies(unread) : w.unreadReplies(unread)}
          more={further}
          class="absolute -end-1 -top-1"
        />
      </Section>
      <Section
        to={paths.people}
        name={w.people}
        icon="people"
        current={is === 'people' || is === 'person'}
      />
      <Section to={paths.discover} name={w.discover} icon="compass" current={is === 'discover'} />
      <a
        href={paths.settings}
        onClick={follow}
        aria-current={is === 'settings' ? 'page' : undefined}
        class={`${shape} md:mt-auto ${tone(is === 'settings')}`}
      >
        <span
          class={`grid size-8 place-items-center rounded-full ${is === 'settings' ? 'ring-2 ring-accent' : ''}`}
        >
          <PersonAvatar id={me.id} name={me.name} size="sm" />
        </span>
        {w.you}
      </a>
    </nav>
  );
}

interface SectionProps {
  to: string;
  name: string;
  icon: IconName;
  current: boolean;
  children?: ComponentChildren;
}

function Section({ to, name, icon, current, children }: SectionProps) {
  return (
    <a
      href={to}
      onClick={follow}
      aria-current={current ? 'page' : undefined}
      class={`${shape} ${tone(current)}`}
    >
      <span
        class={`relative grid h-8 w-12 place-items-center rounded-full ${current ? 'bg-accent-soft' : ''}`}
      >
        <Icon name={icon} />
        {children}
      </span>
      {name}
    </a>
  );
}
