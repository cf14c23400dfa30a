import { useState } from 'preact/hooks';
import type { Kind } from '../../client/identity';
import { words } from '../../words';
import { useApp, useHome } from '../context';
import { EntryForm } from '../entry/EntryFrame';
import { PasswordField } from '../entry/PasswordField';
import { about } from '../entry/problems';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { useWork } from '../ui/useAsk';

interface Props {
  kind: Kind;
  onClose: () => void;
  onDone: () => void;
}

/** Another username, e-mail address or phone number, or none, for whoever knows the password. */
export function ChangeIdentifier({ kind, onClose, onDone }: Props) {
  const app = useApp();
  const home = useHome();
  const had = home.self.peek()[kind];
  const [value, setValue] = useState(had ?? '');
  const [none, setNone] = useState(false);
  const [password, setPassword] = useState('');
  const work = useWork();
  const w = words().settings;
  const { failure } = work;
  const problems = { value: about(failure, kind, 'value'), password: about(failure, 'password') };
  const said = problems.value ?? problems.password;
  const change = async () => {
    const wanted = none ? undefined : value.trim();
    await app.changeIdentifier(kind, wanted, password);
    onDone();
  };
  const hints = {
    ...w.valueHints,
    email: home.mails.value ? w.valueHints.email : w.valueHints.emailUnproved,
  };
  return (
    <Dialog title={w.changeTitles[kind]} onClose={onClose}>
      <EntryForm
        action={none ? w.takeAway : w.save}
        work={work}
        failure={said === undefined ? failure : undefined}
        text={failure?.reason === 'CONFLICT' ? w.onlyOne : undefined}
        onSubmit={() => work.run(change)}
      >
        {!none && (
          <Field
            label={w.changeTitles[kind]}
            name={kind}
            hint={hints[kind]}
            value={value}
            onInput={setValue}
            autocomplete={AUTOCOMPLETE[kind]}
            {...(kind === 'username' ? {} : { inputMode: kind === 'email' ? 'email' : 'tel' })}
            error={problems.value}
            maxLength={254}
            autofocus
            required
          />
        )}
        {had !== undefined && (
          <label class="flex items-start gap-3">
            <input
              type="checkbox"
              class="mt-1 size-4 accent-accent"
              checked={none}
              onChange={(event) => setNone(event.currentTarget.checked)}
            />
            <span>
              {w.takeAway}
              <span class="block text-sm text-soft">{w.takeAwayHint}</span>
            </span>
          </label>
        )}
        <PasswordField
          label={w.yourPassword}
          value={password}
          onInput={setPassword}
          autocomplete="current-password"
          error={problems.password}
        />
      </EntryForm>
    </Dialog>
  );
}

const AUTOCOMPLETE = { email: 'email', phoneNumber: 'tel', username: 'username' };
