import { useState } from 'preact/hooks';
import type { RoomView } from '../../client/protocol';
import { why, words } from '../../words';
import { useHome } from '../context';
import { go, paths } from '../router';
import { Avatar } from '../ui/Avatar';
import { Search } from '../ui/Search';
import { useAsk, useWork } from '../ui/useAsk';
import { Page, PageNote, PageSkeletons } from './Page';

/** Public rooms, to be joined. */
export function Discover() {
  const home = useHome();
  const [query, setQuery] = useState('');
  const { answer, failure } = useAsk(query.trim(), (part) => home.discover(part));
  const w = words();
  return (
    <Page title={w.discover} lead={w.discoverLead}>
      <Search label={w.searchPublic} value={query} onInput={setQuery} />
      {failure && <PageNote>{why(failure)}</PageNote>}
      {!answer && !failure && <PageSkeletons />}
      {answer?.length === 0 && <PageNote>{query === '' ? w.noPublic : w.noMatch}</PageNote>}
      <ul class="mt-3">
        {answer?.map((room) => (
          <PublicRoom key={room.id} room={room} />
        ))}
      </ul>
    </Page>
  );
}

function PublicRoom({ room }: { room: RoomView }) {
  const home = useHome();
  const { busy, failure, run } = useWork();
  const w = words();
  const member = room.membership !== undefined;
  const asks = !member && (room.join === 'request' || failure?.details.rule === 'ask');
  const join = () => home.membership.atDoor(room.id, () => home.join(room.id));
  return (
    <li class="flex items-center gap-3 border-b border-line py-3">
      <Avatar id={room.id} name={room.name} size="lg" room />
      <div class="min-w-0 flex-1">
        <p class="truncate font-medium">
          <bdi>{room.name}</bdi>
        </p>
        <p class="line-clamp-2 text-sm text-soft">
          {w.membersOf(room.memberCount)}
          {room.description !== '' && (
            <>
              {' · '}
              <bdi>{room.description}</bdi>
            </>
          )}
        </p>
        {failure && (
          <p role="alert" class="text-sm text-danger">
            {why(failure)}
          </p>
        )}
      </div>
      <button
        type="button"
        class={`button ${member ? 'button-plain' : 'button-soft'}`}
        aria-busy={busy}
        onClick={() =>
          member || asks ? go(paths.room(room.id)) : run(async () => go(paths.room(await join())))
        }
      >
        {member ? w.open : asks ? w.membership.ask : w.join}
      </button>
    </li>
  );
}
