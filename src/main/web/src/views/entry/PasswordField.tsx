import { useState } from 'preact/hooks';
import { words } from '../../words';
import { Field } from '../ui/Field';
import { Icon } from '../ui/Icon';

interface Props {
  value: string;
  onInput: (value: string) => void;
  autocomplete: 'current-password' | 'new-password';
  error?: string | undefined;
}

/** A password, hidden unless its owner wants to see it. */
export function PasswordField({ value, onInput, autocomplete, error }: Props) {
  const [shown, setShown] = useState(false);
  const w = words();
  return (
    <Field
      label={w.password}
      type={shown ? 'text' : 'password'}
      value={value}
      onInput={onInput}
      autocomplete={autocomplete}
      error={error}
      required
    >
      <button
        type="button"
        class="icon-button absolute inset-y-0 end-1 my-auto"
        aria-label={shown ? w.hidePassword : w.showPassword}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        <Icon name="eye" />
      </button>
    </Field>
  );
}
