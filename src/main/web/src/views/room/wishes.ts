import { Failure } from '../../client/failure';
import type { Membership } from '../../state/membership';
import type { RoomState } from '../../state/room';
import { why, words } from '../../words';
import { useHome } from '../context';
import { say } from '../status/toast';
import type { Choice } from '../ui/Menu';

/** What one can wish for of a room: that it stands first, tells less, or is put away. */
export function useWishes(room: RoomState, onNotify: () => void): Choice[] {
  return wishesFor(useHome().membership, room, onNotify);
}

/** The same, wherever it is asked. What cannot be had is told why. */
export function wishesFor(
  membership: Pick<Membership, 'favourite' | 'hide'>,
  { id, favourite, hidden }: Pick<RoomState, 'id' | 'favourite' | 'hidden'>,
  onNotify: () => void,
): Choice[] {
  const m = words().membership;
  const wish = (work: Promise<void>, text?: string) =>
    void work.then(
      () => text !== undefined && say({ text }),
      (thrown: unknown) => say({ text: why(Failure.from(thrown)) }),
    );
  return [
    {
      icon: 'star',
      label: favourite ? m.noFavourite : m.favourite,
      run: () => wish(membership.favourite(id, !favourite)),
    },
    { icon: 'bell', label: m.notifications, run: onNotify },
    hidden
      ? { icon: 'eye', label: m.unhide, run: () => wish(membership.hide(id, false)) }
      : { icon: 'hide', label: m.hide, run: () => wish(membership.hide(id, true), m.hideNote) },
  ];
}
