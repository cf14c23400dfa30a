import { useState } from 'preact/hooks';
import { words } from '../../words';
import { useApp } from '../context';
import { follow, paths } from '../router';
import { Field } from '../ui/Field';
import { useWork } from '../ui/useAsk';
import { EntryFrame } from './EntryFrame';
import { PasswordField } from './PasswordField';

export function SignIn() {
  const app = useApp();
  const [identifier, setIdentifier] = useState('');
  const [password, setPassword] = useState('');
  const { busy, failure, run } = useWork();
  const w = words();
  return (
    <EntryFrame
      title={w.signInTitle}
      lead={w.signInLead}
      action={w.signIn}
      busy={busy}
      failure={failure}
      onSubmit={() => run(() => app.signIn(identifier.trim(), password))}
      other={
        <>
          {w.newHere}{' '}
          <a class="link" href={paths.signUp} onClick={follow}>
            {w.signUp}
          </a>
        </>
      }
    >
      <Field
        label={w.identifier}
        value={identifier}
        onInput={setIdentifier}
        autocomplete="username"
        autofocus
        required
      />
      <PasswordField value={password} onInput={setPassword} autocomplete="current-password" />
    </EntryFrame>
  );
}
