import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './Icon';

interface Props {
  label: string;
  choices: readonly { icon: IconName; label: string; run: () => void }[];
  /** What it stands beside; at the bottom of the screen without. */
  beside: DOMRect | undefined;
  onClose: () => void;
}

const WIDTH = 220;
const MARGIN = 8;

/** A few things to choose from; the focus stays in it and goes back to where it was. */
export function Menu({ label, choices, beside, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the screen: whoever types on is where they were as soon as it is gone.
  useLayoutEffect(() => {
    const element = dialog.current;
    const from = document.activeElement;
    element?.showModal();
    if (element && beside) place(element, beside);
    element?.querySelector('button')?.focus();
    return () => {
      element?.close();
      if (from instanceof HTMLElement) from.focus({ preventScroll: true });
    };
  }, []);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...(dialog.current?.querySelectorAll('button') ?? [])];
    const now = all.indexOf(document.activeElement as HTMLButtonElement);
    all[(now + step + all.length) % all.length]?.focus();
  };
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      class={`menu bg-raised p-1 text-ink shadow-float ${beside ? 'menu-beside' : 'menu-below'}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
      onKeyDown={move}
    >
      <ul role="menu" aria-label={label}>
        {choices.map((choice) => (
          <li key={choice.label} role="none">
            <button
              type="button"
              role="menuitem"
              class="flex min-h-10 w-full items-center gap-3 rounded-md px-3 text-start hover:bg-hover focus-visible:bg-hover"
              onClick={() => {
                onClose();
                choice.run();
              }}
            >
              <Icon name={choice.icon} />
              {choice.label}
            </button>
          </li>
        ))}
      </ul>
    </dialog>
  );
}

/** Under what it belongs to, or above it where there is no room below; never over the edge. */
function place(menu: HTMLElement, beside: DOMRect): void {
  const height = menu.offsetHeight;
  const below = beside.bottom + MARGIN;
  const fits = below + height < innerHeight - MARGIN;
  const top = fits ? below : Math.max(MARGIN, beside.top - height - MARGIN);
  const wanted = document.dir === 'rtl' ? beside.left : beside.right - WIDTH;
  const left = Math.max(MARGIN, Math.min(wanted, innerWidth - WIDTH - MARGIN));
  menu.style.insetBlockStart = `${top}px`;
  menu.style.left = `${left}px`;
}
