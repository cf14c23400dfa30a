import type { ComponentChildren } from 'preact';

interface Props {
  on: boolean;
  onClick: () => void;
  children: ComponentChildren;
}

/** Something that narrows or orders what is looked for, on or off. */
export function Chip({ on, onClick, children }: Props) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onClick}
      class={`min-h-8 rounded-full border px-3 text-sm pointer-coarse:min-h-11 ${on ? 'border-accent bg-accent-soft font-medium text-accent-strong' : 'border-control text-soft hover:bg-hover'}`}
    >
      {children}
    </button>
  );
}
