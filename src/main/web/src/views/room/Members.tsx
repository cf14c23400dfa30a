import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import type { Member } from '../../client/protocol';
import { bans, gives, manages, mutes, removes } from '../../state/rights';
import type { RoomState } from '../../state/room';
import { why, words } from '../../words';
import { useHome } from '../context';
import { PageNote, PageSkeletons } from '../pages/Page';
import { back, paths } from '../router';
import { Icon } from '../ui/Icon';
import { AddPeople } from './AddPeople';
import { MemberRow } from './MemberRow';
import { Moderate } from './Moderate';

interface Page {
  members: readonly Member[];
  next: string | undefined;
}

/** Who is in a room; beside the conversation, or over it where there is no place beside. */
export function Members({ room }: { room: Signal<RoomState> }) {
  const home = useHome();
  const { id, memberCount, role, rolesAt, type, archived } = room.value;
  const [page, setPage] = useState<Page>();
  const [failure, setFailure] = useState<Failure>();
  const [adding, setAdding] = useState(false);
  const [moderated, setModerated] = useState<Member>();
  const w = words();
  const reading = useRef(0);
  // Reads on until so many are there; an answer that was overtaken is forgotten.
  const load = async (wanted: number, from: Page = { members: [], next: undefined }) => {
    const turn = ++reading.current;
    try {
      let read = from;
      do {
        const { members, next } = await home.members(id, read.next);
        read = { members: [...read.members, ...members], next };
      } while (read.members.length < wanted && read.next !== undefined);
      if (turn !== reading.current) return;
      setPage(read);
      setFailure(undefined);
    } catch (thrown) {
      if (turn === reading.current) setFailure(Failure.from(thrown));
    }
  };
  // Somebody who comes or goes is on the list, or off it, at once; and who becomes something else is that.
  useEffect(() => void load(page?.members.length ?? 0), [id, memberCount, rolesAt]);
  const mine = type === 'direct' ? undefined : role;
  // In an archive nobody comes or becomes anything else.
  const writing = archived ? undefined : mine;
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
        {manages(writing) && (
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
              roles={gives(writing, member.role)}
              onRole={(other) => home.managing.give(id, member.id, other)}
              onModerate={
                mutes(writing, member.role) || bans(mine, member.role)
                  ? () => setModerated(member)
                  : undefined
              }
              onRemove={
                removes(mine, member.role) ? () => home.managing.remove(id, member.id) : undefined
              }
            />
          ))}
        </ul>
        {page?.next !== undefined && (
          <button
            type="button"
            class="button button-plain w-full"
            onClick={() => void load(page.members.length + 1, page)}
          >
            {w.more}
          </button>
        )}
      </div>
      {adding && <AddPeople id={id} onClose={() => setAdding(false)} />}
      {moderated && (
        <Moderate
          room={id}
          mine={mine}
          member={moderated}
          archived={archived}
          onClose={() => setModerated(undefined)}
        />
      )}
    </aside>
  );
}
