import { useState } from 'preact/hooks';
import { words } from '../../words';
import { useApp, useHome } from '../context';
import { EntryForm } from '../entry/EntryFrame';
import { PasswordField } from '../entry/PasswordField';
import { about } from '../entry/problems';
import { useWork } from '../ui/useAsk';

/** Another password, for whoever knows the present one. */
export function Password() {
  const { identity } = useApp();
  const { me } = useHome();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const work = useWork();
  const w = words();
  const { failure } = work;
  const problems = {
    current: about(failure, 'current'),
    password: about(failure, 'password'),
  };
  const said = problems.current ?? problems.password;
  const change = async () => {
    setDone(false);
    await identity.changePassword(current, password);
    setCurrent('');
    setPassword('');
    setDone(true);
  };
  return (
    <>
      <p class="mt-1 mb-4 text-soft">{w.settings.passwordLead}</p>
      <div class="max-w-[420px]">
        <EntryForm
          action={w.settings.changePassword}
          work={work}
          failure={said === undefined ? failure : undefined}
          text={failure?.reason === 'CONFLICT' ? w.settings.differently : undefined}
          onSubmit={() => work.run(change)}
        >
          {/* By this, password managers know whose password it is. */}
          <input
            type="text"
            name="username"
            autocomplete="username"
            value={me.username ?? me.email ?? me.phoneNumber ?? ''}
            readOnly
            hidden
          />
          <PasswordField
            label={w.settings.currentPassword}
            value={current}
            onInput={setCurrent}
            autocomplete="current-password"
            error={problems.current}
          />
          <PasswordField
            label={w.door.newPassword}
            value={password}
            onInput={setPassword}
            autocomplete="new-password"
            hint={w.door.passwordRule}
            error={problems.password}
          />
        </EntryForm>
        <p role="status" class="min-h-6 pt-3 text-sm text-success">
          {done && w.settings.passwordChanged}
        </p>
      </div>
    </>
  );
}
