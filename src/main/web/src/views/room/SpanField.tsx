import { useId } from 'preact/hooks';
import { words } from '../../words';
import { span } from '../../words/times';

interface Props {
  label: string;
  hint?: string;
  /** In seconds; nothing is for good, or as it is already. */
  spans: readonly (number | undefined)[];
  value: number | undefined;
  onChange: (seconds: number | undefined) => void;
  /** What zero is called. */
  off?: string;
  /** What nothing is called, unless that is for good. */
  kept?: string;
}

/** How long something lasts, of a few lengths. */
export function SpanField({ label, hint, spans, value, onChange, off, kept }: Props) {
  const id = useId();
  const known = spans.includes(value) ? spans : [value, ...spans];
  const name = (seconds: number | undefined) =>
    seconds === undefined
      ? (kept ?? words().moderation.forGood)
      : seconds === 0 && off !== undefined
        ? off
        : span(seconds);
  return (
    <div class="grid gap-1">
      <label for={id} class="text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        class="field"
        value={String(value)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          const seconds = Number(event.currentTarget.value);
          onChange(Number.isNaN(seconds) ? undefined : seconds);
        }}
      >
        {known.map((seconds) => (
          <option key={String(seconds)} value={String(seconds)}>
            {name(seconds)}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}-hint`} class="text-sm text-faint">
          {hint}
        </p>
      )}
    </div>
  );
}
