import type { Signal } from '@preact/signals';
import { seen } from '../../state/ahead';
import { oneLine } from '../../state/picks';
import { counted, quiet, type RoomState } from '../../state/room';
import { isolated, words } from '../../words';
import { exactly, shortly } from '../../words/times';
import { useHome } from '../context';
import { draftOf } from '../room/drafts';
import { PersonAvatar } from '../people/PersonAvatar';
import { follow, paths } from '../router';
import { Avatar } from '../ui/Avatar';
import { Icon, type IconName } from '../ui/Icon';
import { Badges } from './Badges';

interface Props {
  room: Signal<RoomState>;
  current: boolean;
}

/** A room in the list: what it is called, what was said last, and how much of it is new. */
export function RoomRow({ room, current }: Props) {
  const state = room.value;
  const count = counted(state);
  const direct = state.type === 'direct';
  return (
    <li>
      <a
        href={paths.room(state.id)}
        onClick={follow}
        aria-current={current ? 'page' : undefined}
        class={`flex items-center gap-3 rounded-md px-2 py-2 ${current ? 'bg-accent-soft' : 'hover:bg-hover'}`}
      >
        {state.peer === undefined ? (
          <Avatar id={state.id} name={state.name} size="lg" room={!direct} />
        ) : (
          <PersonAvatar id={state.peer} name={state.name} size="lg" />
        )}
        <span class="min-w-0 flex-1">
          <span class="flex items-center gap-1">
            <bdi class={`min-w-0 truncate ${count > 0 ? 'font-semibold' : 'font-medium'}`}>
              {state.name}
            </bdi>
            {state.type === 'private' && (
              <span class="text-faint">
                <Icon name="lock" size={14} />
              </span>
            )}
            {state.favourite && <Mark name="star" label={words().membership.isFavourite} />}
            {quiet(state) && <Mark name="quiet" label={words().membership.quiet} />}
            {state.archived && (
              <span class="flex-none rounded-sm bg-side px-1 text-xs text-soft">
                {words().moderation.archived}
              </span>
            )}
            <time
              class="ms-auto flex-none ps-2 text-xs text-faint"
              dateTime={new Date(state.at).toISOString()}
              title={exactly(state.at)}
            >
              {shortly(state.at)}
            </time>
          </span>
          <span class="flex min-h-5 items-center gap-2 text-sm text-soft">
            <LastLine state={state} current={current} />
            <Badges state={state} />
          </span>
        </span>
      </a>
    </li>
  );
}

function Mark({ name, label }: { name: IconName; label: string }) {
  return (
    <span class="flex-none text-faint" title={label}>
      <Icon name={name} size={14} />
      <span class="sr-only">{label}</span>
    </span>
  );
}

function LastLine({ state, current }: { state: RoomState; current: boolean }) {
  const { me, acts } = useHome();
  const w = words();
  const draft = current ? '' : draftOf(me.id, state.id);
  if (draft !== '') {
    return (
      <span class="min-w-0 truncate">
        <span class="text-danger">{w.draft}</span> <bdi>{oneLine(draft)}</bdi>
      </span>
    );
  }
  const last = state.last && seen(state.last, acts.at(state.id, state.last.seq));
  if (!last) {
    return <span class="min-w-0 truncate">{state.n === 0 ? w.noMessages : ''}</span>;
  }
  const said = isolated(last.deleted ? w.deleted : oneLine(last.text));
  const own = last.author.id === me.id;
  return (
    <span class="min-w-0 truncate">
      {own
        ? w.youSaid(said)
        : state.type === 'direct'
          ? said
          : w.saidBy(isolated(last.author.name), said)}
    </span>
  );
}
