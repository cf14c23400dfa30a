import { useEffect } from 'preact/hooks';
import { watchIdle } from '../state/idle';
import { endSnoozes } from '../state/snoozes';
import { useBadge } from './calling/useBadge';
import { useCalling } from './calling/useCalling';
import { useHome } from './context';
import { Discover } from './pages/Discover';
import { FollowedThreads } from './pages/FollowedThreads';
import { NewRoom } from './pages/NewRoom';
import { Nothing } from './pages/Nothing';
import { People } from './pages/People';
import { Card } from './people/Card';
import { Rail } from './Rail';
import { Room } from './room/Room';
import { RoomList } from './rooms/RoomList';
import { SearchPage } from './search/SearchPage';
import { Switcher, switching } from './search/Switcher';
import { useSearchKey } from './search/useSearchKey';
import { useSwitchKey } from './search/useSwitchKey';
import { Settings } from './settings/Settings';
import { SettingsList } from './settings/SettingsList';
import { ConfirmLine } from './status/ConfirmLine';
import { ConnectionLine } from './status/ConnectionLine';
import { ToastLine } from './status/ToastLine';
import { useDecided } from './status/useDecided';
import { Invitation } from './pages/Invitation';
import { back, go, paths, place } from './router';

/** All that a signed-in person sees: the rail, a list of rooms or of settings, and what is open. On a phone one of them. */
export function Shell() {
  const home = useHome();
  const where = place.value;
  const chats = where.is === 'chats' || where.is === 'new';
  const settings = where.is === 'settings';
  const listed = chats || (settings && where.section === undefined);
  const lost = home.lost.value;
  useSearchKey();
  useSwitchKey();

  useEffect(() => watchIdle((idle) => home.presence.rest(idle)), [home]);
  useEffect(() => endSnoozes(home.rooms), [home]);
  useBadge(home.rooms.unread.value + home.threads.following.unread.value);
  useCalling();
  useDecided();
  useEffect(() => {
    if (lost && !lost.stays && where.is === 'room' && where.id === lost.room) {
      go(paths.chats, 'replace');
    }
  }, [lost]);

  return (
    <div class="flex h-full flex-col pt-[env(safe-area-inset-top)]">
      <ConnectionLine />
      <ConfirmLine />
      <div class="flex min-h-0 flex-1 flex-col-reverse md:flex-row">
        <Rail hidden={where.is === 'room'} />
        <div
          class={`${listed ? 'flex' : 'hidden'} min-h-0 flex-1 md:flex md:w-72 md:flex-none md:border-e md:border-line`}
        >
          {settings ? <SettingsList section={where.section} /> : <RoomList />}
        </div>
        <main class={`${listed ? 'hidden' : 'flex'} min-h-0 min-w-0 flex-1 bg-paper md:flex`}>
          {where.is === 'room' && (
            <Room
              key={where.id}
              id={where.id}
              at={where.at}
              panel={where.panel}
              thread={where.thread}
            />
          )}
          {where.is === 'discover' && <Discover />}
          {where.is === 'people' && <People />}
          {where.is === 'threads' && <FollowedThreads />}
          {where.is === 'search' && <SearchPage />}
          {where.is === 'invite' && <Invitation />}
          {where.is === 'person' && <Card />}
          {settings && <Settings section={where.section} />}
          {chats && <Nothing />}
        </main>
      </div>
      <ToastLine />
      {switching.value && <Switcher />}
      {where.is === 'new' && <NewRoom onClose={() => back(paths.chats)} />}
    </div>
  );
}
