import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { invites } from '../../state/rights';
import { decides, type RoomState } from '../../state/room';
import { words } from '../../words';
import { ago } from '../../words/times';
import { PersonAvatar } from '../people/PersonAvatar';
import { PersonName } from '../people/PersonName';
import { StatusLine } from '../people/StatusLine';
import type { Somebody } from '../people/usePerson';
import { useHome } from '../context';
import { follow, go, paths, type Panel } from '../router';
import { SearchButton } from '../search/SearchButton';
import { Avatar } from '../ui/Avatar';
import { Icon, type IconName } from '../ui/Icon';
import { Menu, type Choice } from '../ui/Menu';
import { AskingLine } from './AskingLine';
import { Leave } from './Leave';
import { Notifications } from './Notifications';
import { RoomSettings } from './RoomSettings';
import { useWishes } from './wishes';

interface Props {
  room: Signal<RoomState>;
  panel: Panel | undefined;
  /** The other one of a direct room. */
  other: Somebody;
}

/** Where there is room for all buttons, as `md` says it to the styles. */
const WIDE = '(min-width: 48rem)';

/** What room this is, and what can be done with it. */
export function Header({ room, panel, other }: Props) {
  const { id, name, description, type, peer, memberCount, role, missing } = room.value;
  const [leaving, setLeaving] = useState(false);
  const [changing, setChanging] = useState(false);
  const [notifying, setNotifying] = useState(false);
  const [more, setMore] = useState<{ beside: DOMRect; choices: Choice[] }>();
  const w = words();
  const direct = type === 'direct';
  const lastSeen = other.blocked ? NaN : Date.parse(other.seen?.lastSeen ?? '');
  const here = useHome().presence.of(peer ?? '');
  const state = here?.state ?? 'offline';
  const since = Number.isNaN(lastSeen) ? w.directMessage : w.lastSeen(ago(lastSeen));
  const met = state === 'offline' ? since : w.presence.states[state];
  const about = direct ? met : w.membersOf(memberCount);
  const wishes = useWishes(room.value, () => setNotifying(true));
  const pins: Choice = { icon: 'pin', label: w.pins, run: () => go(paths.pins(id)) };
  const rare: Choice[] = [];
  if (invites(role) && !direct) {
    rare.push({ icon: 'pen', label: w.roomSettings, run: () => setChanging(true) });
  }
  if (role !== undefined && !direct) {
    rare.push({ icon: 'exit', label: w.leave, run: () => setLeaving(true) });
  }
  return (
    <>
      <header class="flex min-h-14 flex-none items-center gap-2 border-b border-line px-2 md:px-4">
        <a class="icon-button md:hidden" href={paths.chats} onClick={follow} aria-label={w.back}>
          <Icon name="back" />
        </a>
        {peer === undefined ? (
          <Avatar id={id} name={name} room />
        ) : (
          <PersonAvatar id={peer} name={name} />
        )}
        <div class="min-w-0 flex-1 ps-1">
          <h1 class="truncate leading-tight font-semibold">
            {peer === undefined ? (
              <bdi>{name}</bdi>
            ) : (
              <a href={paths.person(peer)} onClick={follow} class="hover:underline">
                <PersonName name={name} />
              </a>
            )}
          </h1>
          <p class="truncate text-sm text-soft">
            <span role="status">{missing ? w.catchingUp(missing) : ''}</span>
            {!missing && about}
            {!missing && here?.status && (
              <>
                {' · '}
                <StatusLine status={here.status} />
              </>
            )}
            {!missing && description !== '' && (
              <>
                {' · '}
                <bdi>{description}</bdi>
              </>
            )}
          </p>
        </div>
        {role !== undefined && <SearchButton id={id} shown={panel === 'search'} />}
        {role !== undefined && (
          <>
            <span class="hidden md:contents">
              <PanelButton
                icon="pin"
                shown={panel === 'pins'}
                label={panel === 'pins' ? w.hidePins : w.showPins}
                title={w.pins}
                to={panel === 'pins' ? paths.room(id) : paths.pins(id)}
              />
            </span>
            <PanelButton
              icon="people"
              shown={panel === 'members'}
              label={panel === 'members' ? w.hideMembers : w.showMembers}
              title={w.members}
              to={panel === 'members' ? paths.room(id) : paths.members(id)}
            />
            <span class="hidden md:contents">
              {rare.map(({ icon, label, run }) => (
                <button
                  key={label}
                  type="button"
                  class="icon-button"
                  aria-label={label}
                  title={label}
                  onClick={run}
                >
                  <Icon name={icon} />
                </button>
              ))}
            </span>
            {/* Where there is little room, what else is done seldom stands behind this button as well. */}
            <button
              type="button"
              class="icon-button"
              aria-haspopup="menu"
              aria-label={w.roomMenu}
              title={w.roomMenu}
              onClick={({ currentTarget }) =>
                setMore({
                  beside: currentTarget.getBoundingClientRect(),
                  choices: matchMedia(WIDE).matches ? wishes : [...wishes, pins, ...rare],
                })
              }
            >
              <Icon name="more" />
            </button>
          </>
        )}
        {more && (
          <Menu
            label={w.roomMenu}
            choices={more.choices}
            beside={more.beside}
            onClose={() => setMore(undefined)}
          />
        )}
        {notifying && <Notifications room={room} onClose={() => setNotifying(false)} />}
        {changing && <RoomSettings room={room} onClose={() => setChanging(false)} />}
        {leaving && <Leave room={room} onClose={() => setLeaving(false)} />}
      </header>
      {room.value.requests > 0 && decides(room.value) && (
        <AskingLine count={room.value.requests} onReview={() => setChanging(true)} />
      )}
    </>
  );
}

interface PanelButtonProps {
  icon: IconName;
  shown: boolean;
  label: string;
  title: string;
  to: string;
}

/** Shows what stands beside the conversation, or takes it away. */
function PanelButton({ icon, shown, label, title, to }: PanelButtonProps) {
  return (
    <button
      type="button"
      class="icon-button aria-pressed:bg-accent-soft aria-pressed:text-accent-strong"
      aria-pressed={shown}
      aria-label={label}
      title={title}
      onClick={() => go(to, shown ? 'replace' : 'push')}
    >
      <Icon name={icon} />
    </button>
  );
}
