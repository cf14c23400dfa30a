import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import { DELETED } from '../../client/people';
import { oneLine } from '../../state/picks';
import { pins, writes } from '../../state/rights';
import type { Message, RoomState } from '../../state/room';
import { why, words } from '../../words';
import { exactly, when } from '../../words/times';
import { useHome } from '../context';
import { PageNote, PageSkeletons } from '../pages/Page';
import { PersonName } from '../people/PersonName';
import { back, follow, paths } from '../router';
import { Icon } from '../ui/Icon';
import { useWork } from '../ui/useAsk';

/** What a room keeps at hand; beside the conversation, or over it where there is no place beside. */
export function Pins({ room }: { room: Signal<RoomState> }) {
  const { picks } = useHome();
  const { id, pinsAt, role, type } = room.value;
  const [found, setFound] = useState<readonly Message[]>();
  const [failure, setFailure] = useState<Failure>();
  const may = writes(room.value, Date.now()) && pins(role, type);
  const turn = useRef(0);
  const w = words();
  // An answer that was overtaken is forgotten.
  useEffect(() => {
    const mine = ++turn.current;
    picks.pins(id).then(
      (pinned) => {
        if (mine !== turn.current) return;
        setFound(pinned);
        setFailure(undefined);
      },
      (thrown: unknown) => mine === turn.current && setFailure(Failure.from(thrown)),
    );
  }, [id, pinsAt]);
  return (
    <aside
      aria-label={w.pins}
      class="absolute inset-0 z-10 flex w-full flex-col border-line bg-paper lg:static lg:w-72 lg:flex-none xl:w-80 lg:border-s"
    >
      <header class="flex min-h-14 flex-none items-center justify-between border-b border-line ps-5 pe-2">
        <h2 class="font-semibold">{w.pins}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={w.hidePins}
          onClick={() => back(paths.room(id))}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="min-h-0 flex-1 overflow-y-auto p-3">
        {failure && <PageNote>{why(failure)}</PageNote>}
        {!found && !failure && <PageSkeletons />}
        {found?.length === 0 && <PageNote>{w.noPins}</PageNote>}
        <ul class="grid gap-2">
          {found?.map((message) => (
            <PinRow key={message.seq} id={id} message={message} may={may} />
          ))}
        </ul>
      </div>
    </aside>
  );
}

function PinRow({ id, message, may }: { id: string; message: Message; may: boolean }) {
  const { picks, people } = useHome();
  const { busy, failure, run } = useWork();
  const { author, text, at, seq } = message;
  const w = words();
  return (
    <li class="flex items-start gap-1 rounded-md border border-line">
      <a
        href={paths.message(id, seq)}
        onClick={follow}
        title={w.jump}
        class="block min-w-0 flex-1 rounded-md p-3 hover:bg-hover"
      >
        <span class="flex items-baseline gap-2 text-sm">
          <span class="min-w-0 truncate font-semibold">
            <PersonName name={people.gone(author.id) ? DELETED : author.name} />
          </span>
          <time
            class="flex-none text-xs text-faint"
            dateTime={new Date(at).toISOString()}
            title={exactly(at)}
          >
            {when(at)}
          </time>
        </span>
        <bdi class="line-clamp-3 break-words">{oneLine(text)}</bdi>
        {failure && (
          <span role="alert" class="block text-xs text-danger">
            {why(failure)}
          </span>
        )}
      </a>
      {may && (
        <button
          type="button"
          class="icon-button"
          aria-label={w.unpin}
          title={w.unpin}
          aria-busy={busy}
          onClick={() => !busy && run(() => picks.unpin(id, seq))}
        >
          <Icon name="close" size={16} />
        </button>
      )}
    </li>
  );
}
