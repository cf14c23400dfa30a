import { useState } from 'preact/hooks';
import type { Failure } from '../../client/failure';
import { why, words } from '../../words';
import { useApp } from '../context';
import { follow, paths } from '../router';
import { Field } from '../ui/Field';
import { useWork } from '../ui/useAsk';
import { EntryFrame } from './EntryFrame';
import { PasswordField } from './PasswordField';

export function SignUp() {
  const app = useApp();
  const [name, setName] = useState('');
  const [identifier, setIdentifier] = useState('');
  const [password, setPassword] = useState('');
  const { busy, failure, run } = useWork();
  const w = words();
  return (
    <EntryFrame
      title={w.signUpTitle}
      lead={w.signUpLead}
      action={w.signUp}
      busy={busy}
      failure={failure}
      onSubmit={() =>
        run(() => app.signUp({ name: name.trim(), ...asIdentifier(identifier.trim()), password }))
      }
      other={
        <>
          {w.haveAccount}{' '}
          <a class="link" href={paths.signIn} onClick={follow}>
            {w.signIn}
          </a>
        </>
      }
    >
      <Field
        label={w.displayName}
        value={name}
        onInput={setName}
        autocomplete="name"
        error={about(failure, 'name', 'displayName')}
        maxLength={200}
        autofocus
        required
      />
      <Field
        label={w.username}
        hint={w.usernameHint}
        value={identifier}
        onInput={setIdentifier}
        autocomplete="username"
        error={about(failure, 'username', 'email', 'phoneNumber', 'identifier')}
        required
      />
      <PasswordField
        value={password}
        onInput={setPassword}
        autocomplete="new-password"
        error={about(failure, 'password')}
      />
    </EntryFrame>
  );
}

/** What somebody typed tells by itself what it is. */
function asIdentifier(
  typed: string,
): { email: string } | { phoneNumber: string } | { username: string } {
  if (typed.includes('@')) return { email: typed };
  return /^\+[\d\s().-]+$/.test(typed) ? { phoneNumber: typed } : { username: typed };
}

function about(failure: Failure | undefined, ...fields: string[]): string | undefined {
  return failure && fields.includes(failure.details.field ?? '') ? why(failure) : undefined;
}
