import { Icon, type IconName } from './Icon';
import { Popup } from './Popup';

/** One of the things to choose from. */
export interface Choice {
  icon: IconName;
  label: string;
  /** It cannot be taken back for long. */
  grave?: boolean;
  run: () => void;
}

interface Props {
  label: string;
  choices: readonly Choice[];
  /** What it stands beside; at the bottom of the screen without. */
  beside: DOMRect | undefined;
  onClose: () => void;
}

/** A few things to choose from. */
export function Menu({ label, choices, beside, onClose }: Props) {
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
    const now = all.indexOf(document.activeElement as HTMLButtonElement);
    all[(now + step + all.length) % all.length]?.focus();
  };
  return (
    <Popup
      label={label}
      beside={beside}
      first="button"
      style="menu-narrow p-1"
      onClose={onClose}
      onKeyDown={move}
    >
      <ul role="menu" aria-label={label}>
        {choices.map((choice) => (
          <li key={choice.label} role="none">
            <button
              type="button"
              role="menuitem"
              class={`flex min-h-10 w-full items-center gap-3 rounded-md px-3 text-start hover:bg-hover focus-visible:bg-hover ${choice.grave ? 'text-danger' : ''}`}
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
    </Popup>
  );
}
