import type { Signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import type { Member } from '../../client/protocol';
import { gives, manages, removes } from '../../state/rights';
import type { RoomState } from '../../state/room';
import { why, words } from '../../words';
import { useHome } from '../context';
import { PageNote, PageSkeletons } from '../pages/Page';
import { back, paths } from '../router';
import { Icon } from '../ui/Icon';
import { AddPeople } from './AddPeople';
import { MemberRow } from './MemberRow';

interface Page {
  members: readonly Member[];
  next: string | undefined;
}

/** Who is in a room; beside the conversation, or over it where there is no place beside. */
export function Members({ room }: { room: Signal<RoomState> }) {
  const home = useHome();
  const { id, memberCount, role, rolesAt, type } = room.value;
  const [page, setPage] = useState<Page>();
  const [failure, setFailure] = useState<Failure>();
  const [adding, setAdding] = useState(false);
  const w = words();
  const load = (after?: string) => {
    home.members(id, after).then(
      ({ members, next }) =>
        setPage((shown) => ({
          members: after === undefined ? members : [...(shown?.members ?? []), ...members],
          next,
        })),
      (thrown: unknown) => setFailure(Failure.from(thrown)),
    );
  };
  // Somebody who comes or goes is on the list, or off it, at once; and who becomes something else is that.
  useEffect(() => load(), [id, memberCount, rolesAt]);
  const mine = type === 'direct' ? undefined : role;
  return (
    <aside
      aria-label={w.members}
      class="absolute inset-0 z-10 flex w-full flex-col border-line bg-paper lg:static lg:w-72 lg:flex-none xl:w-80 lg:border-s"
    >
      <header class="flex min-h-14 flex-none items-center justify-between border-b border-line ps-5 pe-2">
        <h2 class="font-semibold">{w.members}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={w.hideMembers}
          onClick={() => back(paths.room(id))}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="min-h-0 flex-1 overflow-y-auto p-3">
        {manages(mine) && (
          <button
            type="button"
            class="button button-plain mb-2 w-full"
            onClick={() => setAdding(true)}
          >
            <Icon name="plus" />
            {w.addPeople}
          </button>
        )}
        {failure && <PageNote>{why(failure)}</PageNote>}
        {!page && !failure && <PageSkeletons />}
        <ul>
          {page?.members.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              roles={gives(mine, member.role)}
              onRole={(other) => home.managing.give(id, member.id, other)}
              onRemove={
                removes(mine, member.role) ? () => home.managing.remove(id, member.id) : undefined
              }
            />
          ))}
        </ul>
        {page?.next !== undefined && (
          <button type="button" class="button button-plain w-full" onClick={() => load(page.next)}>
            {w.more}
          </button>
        )}
      </div>
      {adding && <AddPeople id={id} onClose={() => setAdding(false)} />}
    </aside>
  );
}
