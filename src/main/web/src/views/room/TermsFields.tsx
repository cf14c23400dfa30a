import { useId } from 'preact/hooks';
import type { Door, RoomHistory } from '../../client/membership';
import { words } from '../../words';

interface Props {
  history: RoomHistory;
  /** Nothing for a room that nobody enters by themselves. */
  join: Door | undefined;
  /** What changing the first of them means here. */
  hint?: string;
  onHistory: (history: RoomHistory) => void;
  onJoin: (join: Door) => void;
}

/** On which terms people come into a room. */
export function TermsFields({ history, join, hint, onHistory, onJoin }: Props) {
  const m = words().membership;
  return (
    <>
      {join !== undefined && (
        <Select
          label={m.join}
          value={join}
          names={{ open: m.joinOpen, request: m.joinRequest }}
          onChange={onJoin}
        />
      )}
      <Select
        label={m.history}
        value={history}
        names={{ all: m.historyAll, 'since-join': m.historySince }}
        {...(hint === undefined ? {} : { hint })}
        onChange={onHistory}
      />
    </>
  );
}

interface SelectProps<T extends string> {
  label: string;
  value: T;
  names: Record<T, string>;
  hint?: string;
  onChange: (value: T) => void;
}

function Select<T extends string>({ label, value, names, hint, onChange }: SelectProps<T>) {
  const id = useId();
  return (
    <div class="grid gap-1">
      <label for={id} class="text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        class="field"
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.value as T)}
      >
        {(Object.entries(names) as [T, string][]).map(([word, name]) => (
          <option key={word} value={word}>
            {name}
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
