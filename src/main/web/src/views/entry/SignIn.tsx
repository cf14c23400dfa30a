import { useState } from 'preact/hooks';
import type { Failure } from '../../client/failure';
import { words } from '../../words';
import { useApp } from '../context';
import { follow, paths } from '../router';
import { Field } from '../ui/Field';
import { useWork } from '../ui/useAsk';
import { EntryForm, EntryFrame } from './EntryFrame';
import { PasswordField } from './PasswordField';
import { forgetTyped, typed } from './typed';

export function SignIn() {
  const app = useApp();
  const [password, setPassword] = useState('');
  const work = useWork();
  const { identifier } = typed;
  const w = words();
  const signIn = async () => {
    await app.signIn(identifier.value.trim(), password);
    forgetTyped();
  };
  return (
    <EntryFrame title={w.signInTitle} lead={w.signInLead}>
      {app.ended.value && !work.failure && <Ended failure={app.ended.value} />}
      <EntryForm
        action={w.signIn}
        work={work}
        failure={work.failure}
        text={wrong(work.failure)}
        onSubmit={() => work.run(signIn)}
      >
        <Field
          label={w.identifier}
          name="username"
          value={identifier.value}
          onInput={(value) => (identifier.value = value)}
          autocomplete="username"
          maxLength={254}
          autofocus
          required
        />
        <PasswordField value={password} onInput={setPassword} autocomplete="current-password" />
      </EntryForm>
      <p class="mt-4 text-center text-sm">
        <a class="link" href={paths.reset} onClick={follow}>
          {w.door.forgot}
        </a>
      </p>
      <p class="mt-6 text-center text-sm text-soft">
        {w.newHere}{' '}
        <a class="link" href={paths.signUp} onClick={follow}>
          {w.signUp}
        </a>
      </p>
    </EntryFrame>
  );
}

/** Why one is here again. */
function Ended({ failure }: { failure: Failure }) {
  const w = words();
  const revoked = failure.reason === 'SESSION_REVOKED' ? w.door.signedOutHere : w.sessionEnded;
  return (
    <p role="status" class="mb-4 rounded-md bg-notice p-3 text-sm text-on-notice">
      {failure.details.other === undefined ? revoked : w.door.signedOutOther}
    </p>
  );
}

/** What a refusal means at this door. */
function wrong(failure: Failure | undefined): string | undefined {
  const { door } = words();
  if (failure?.reason === 'UNAUTHENTICATED' || failure?.details.field !== undefined) {
    return door.wrong;
  }
  if (failure?.reason !== 'FORBIDDEN') return undefined;
  return failure.details.account === 'disabled' ? door.disabled : door.notSafe;
}
