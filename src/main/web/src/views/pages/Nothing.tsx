import { words } from '../../words';
import { follow, paths } from '../router';

/** No room is open: an invitation, for screens wide enough to show it beside the list. */
export function Nothing() {
  const w = words();
  return (
    <div class="m-auto grid max-w-[360px] gap-4 p-8 text-center">
      <img src="/icon.svg" alt="" width="56" height="56" class="mx-auto opacity-80" />
      <p class="text-soft">{w.pickRoom}</p>
      <p class="flex justify-center gap-2">
        <a class="button button-plain" href={paths.discover} onClick={follow}>
          {w.discover}
        </a>
        <a class="button button-main" href={paths.new} onClick={follow}>
          {w.newRoom}
        </a>
      </p>
    </div>
  );
}
