import { useState } from 'preact/hooks';
import { words } from '../../words';
import { useApp } from '../context';
import { follow, paths } from '../router';
import { Field } from '../ui/Field';
import { useWork } from '../ui/useAsk';
import { EntryForm, EntryFrame } from './EntryFrame';
import { PasswordField } from './PasswordField';
import { about, asIdentifier } from './problems';
import { forgetTyped, typed } from './typed';

export function SignUp() {
  const app = useApp();
  const [password, setPassword] = useState('');
  const work = useWork();
  const { name, identifier } = typed;
  const w = words();
  const signUp = async () => {
    const known = asIdentifier(identifier.value.trim());
    await app.signUp({ name: name.value.trim(), ...known, password });
    forgetTyped();
  };
  const problems = {
    name: about(work.failure, 'name', 'displayName'),
    identifier: about(work.failure, 'username', 'email', 'phoneNumber'),
    password: about(work.failure, 'password'),
  };
  const said = Object.values(problems).some((problem) => problem !== undefined);
  return (
    <EntryFrame title={w.signUpTitle} lead={w.signUpLead}>
      <EntryForm
        action={w.signUp}
        work={work}
        failure={said ? undefined : work.failure}
        text={work.failure?.reason === 'FORBIDDEN' ? w.door.notSafe : undefined}
        onSubmit={() => work.run(signUp)}
      >
        <Field
          label={w.displayName}
          name="name"
          hint={w.door.nameHint}
          value={name.value}
          onInput={(value) => (name.value = value)}
          autocomplete="name"
          error={problems.name}
          maxLength={200}
          autofocus
          required
        />
        <Field
          label={w.username}
          name="username"
          hint={w.door.usernameRule}
          value={identifier.value}
          onInput={(value) => (identifier.value = value)}
          autocomplete="username"
          error={problems.identifier}
          maxLength={254}
          required
        />
        <PasswordField
          value={password}
          onInput={setPassword}
          autocomplete="new-password"
          hint={w.door.passwordRule}
          error={problems.password}
        />
      </EntryForm>
      <p class="mt-6 text-center text-sm text-soft">
        {w.haveAccount}{' '}
        <a class="link" href={paths.signIn} onClick={follow}>
          {w.signIn}
        </a>
      </p>
    </EntryFrame>
  );
}
