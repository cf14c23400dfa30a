import { useEffect, useState } from 'preact/hooks';
import { words } from '../../words';
import { unreachable } from '../../words/refusals';
import { say, toast, undo } from './toast';
import { Icon } from '../ui/Icon';

const SHOWN_MS = 8_000;

/** What was just done, for a moment; for as long as somebody is at it. */
export function ToastLine() {
  const shown = toast.value;
  const [held, setHeld] = useState(false);
  const w = words();
  useEffect(() => {
    if (!shown || held) return undefined;
    const timer = setTimeout(() => say(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown, held]);
  // Nobody is told what somebody before them has done.
  useEffect(() => () => say(undefined), []);
  const takeBack = () => {
    setHeld(false);
    undo().catch((thrown: unknown) => say({ text: unreachable(thrown) }));
  };
  return (
    <div
      role="status"
      class="pointer-events-none fixed inset-x-4 bottom-[calc(76px+env(safe-area-inset-bottom))] z-20 flex justify-center md:bottom-6"
    >
      {shown && (
        <div
          class="arrived pointer-events-auto flex min-h-12 max-w-[440px] items-center gap-2 rounded-lg border border-line bg-raised ps-4 pe-1 shadow-float"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocusIn={() => setHeld(true)}
          onFocusOut={() => setHeld(false)}
        >
          <span class="min-w-0 py-2">{shown.text}</span>
          {shown.undo && (
            <button
              type="button"
              class="min-h-10 flex-none rounded-md px-3 font-medium text-accent-strong hover:bg-hover"
              onClick={takeBack}
            >
              {w.undo}
            </button>
          )}
          <button
            type="button"
            class="icon-button"
            aria-label={w.close}
            onClick={() => {
              setHeld(false);
              say(undefined);
            }}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      )}
    </div>
  );
}
