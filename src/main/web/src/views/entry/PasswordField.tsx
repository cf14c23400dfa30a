import { useState } from 'preact/hooks';
import { words } from '../../words';
import { Field } from '../ui/Field';
import { Icon } from '../ui/Icon';

interface Props {
  value: string;
  onInput: (value: string) => void;
  autocomplete: 'current-password' | 'new-password';
  label?: string;
  hint?: string | undefined;
  error?: string | undefined;
  autofocus?: boolean;
}

/** A password, hidden unless its owner wants to see it. */
export function PasswordField({ label, autocomplete, ...field }: Props) {
  const [shown, setShown] = useState(false);
  const w = words();
  return (
    <Field
      label={label ?? w.password}
      name={autocomplete}
      type={shown ? 'text' : 'password'}
      autocomplete={autocomplete}
      required
      {...field}
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
