import { useId } from 'preact/hooks';
import { words } from '../../words';

export const ABOUT_MAX = 500;
const NEAR = 50;

interface Props {
  value: string;
  onInput: (value: string) => void;
  error: string | undefined;
}

/** A few lines about oneself, with what is left of them. */
export function About({ value, onInput, error }: Props) {
  const id = useId();
  const left = ABOUT_MAX - Array.from(value).length;
  const w = words();
  return (
    <div class="grid gap-1">
      <label for={id} class="text-sm font-medium">
        {w.aboutYou} <span class="font-normal text-faint">({w.optional})</span>
      </label>
      <textarea
        id={id}
        rows={4}
        dir="auto"
        class="field resize-y"
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-told`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p
        id={`${id}-told`}
        class={`flex justify-between gap-4 text-sm ${error === undefined ? 'text-faint' : 'text-danger'}`}
      >
        <span>{error ?? w.aboutHint}</span>
        {left >= 0 && (
          <span class="flex-none tabular-nums" role={left < NEAR ? 'status' : undefined}>
            {w.charactersLeft(left)}
          </span>
        )}
      </p>
    </div>
  );
}
