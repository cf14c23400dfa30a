import { Icon } from './Icon';

interface Props {
  label: string;
  value: string;
  onInput: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  /** The most characters. */
  most?: number;
}

/** A line to look for something by name. */
export function Search({ label, value, onInput, onKeyDown, most = 100 }: Props) {
  return (
    <div class="relative">
      <span class="pointer-events-none absolute inset-y-0 start-3 grid place-items-center text-soft">
        <Icon name="search" size={18} />
      </span>
      <input
        type="search"
        class="field field-quiet ps-10"
        dir="auto"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={most}
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
