import { words } from '../../words';
import type { Space } from './space';

/** How much more fits into a field, where that is soon nothing. */
export function SpaceLine({ id, space }: { id: string; space: Space }) {
  const { left, near } = space;
  const w = words();
  return near ? (
    <p
      id={id}
      role="status"
      class={`pt-1 text-end text-xs ${left < 0 ? 'text-danger' : 'text-soft'}`}
    >
      {left < 0 ? w.tooLong(-left) : w.charactersLeft(left)}
    </p>
  ) : null;
}
