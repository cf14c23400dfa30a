import type { RoomState } from '../../state/room';
import { words } from '../../words';
import { useHome } from '../context';
import type { Choice } from '../ui/Menu';

/** What one can wish for of a room: that it stands first, tells less, or is put away. */
export function useWishes(room: RoomState, onNotify: () => void): Choice[] {
  const { membership } = useHome();
  const m = words().membership;
  const { id, favourite, hidden } = room;
  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);
  return [
    {
      icon: 'star',
      label: favourite ? m.noFavourite : m.favourite,
      run: () => quietly(membership.favourite(id, !favourite)),
    },
    { icon: 'bell', label: m.notifications, run: onNotify },
    {
      icon: hidden ? 'eye' : 'hide',
      label: hidden ? m.unhide : m.hide,
      run: () => quietly(membership.hide(id, !hidden)),
    },
  ];
}
