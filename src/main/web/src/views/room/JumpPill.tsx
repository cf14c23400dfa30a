import { words } from '../../words';
import { Icon } from '../ui/Icon';

/** The way back to the present, and what waits there. */
export function JumpPill({ count, onJump }: { count: number; onJump: () => void }) {
  const w = words();
  return (
    <button
      type="button"
      onClick={onJump}
      class={`arrived absolute bottom-3 left-1/2 flex min-h-9 -translate-x-1/2 items-center gap-2 rounded-full px-4 text-sm font-medium shadow-float ${count > 0 ? 'bg-accent text-on-accent' : 'border border-line bg-raised'}`}
    >
      {count > 0 ? w.newBelow(count) : w.jumpLatest}
      <Icon name="down" size={16} />
    </button>
  );
}
