import { counted, mentions, type RoomState } from '../../state/room';
import { words } from '../../words';
import { Count } from '../ui/Count';

/** How much of a room is new, and how much of that is for oneself. */
export function Badges({ state }: { state: RoomState }) {
  const count = counted(state);
  const called = mentions(state);
  const w = words();
  return (
    <>
      {called > 0 && (
        <span class="ms-auto min-w-5 flex-none rounded-full bg-danger px-1.5 text-center text-xs leading-5 font-semibold text-on-accent">
          <span aria-hidden="true">@{called > 99 ? '99+' : called}</span>
          <span class="sr-only">{w.mentionsOfYou(called)}</span>
        </span>
      )}
      <Count count={count} label={w.unread(count)} class={called > 0 ? '' : 'ms-auto'} />
    </>
  );
}
