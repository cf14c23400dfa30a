import { useState } from 'preact/hooks';
import { words } from '../../words';
import { useApp } from '../context';
import { follow, paths } from '../router';
import { Field } from '../ui/Field';
import { useWork } from '../ui/useAsk';
import { EntryForm, EntryFrame } from './EntryFrame';
import { resetting } from './links';
import { mailed } from './mailed';
import { PasswordField } from './PasswordField';
import { about } from './problems';

/** What has become of a link: it is used up, by this password or before. */
type End = 'done' | 'gone' | 'perhaps';

/** A new password for whoever has lost the old one: asks for a mail, or, opened by its link, for the password. */
export function Reset() {
  const [end, setEnd] = useState<End>();
  const token = mailed.value;
  const { door } = words();
  if (token !== undefined) {
    const over = (how: End) => {
      mailed.value = undefined;
      setEnd(how);
    };
    return <Choose key={token} token={token} onEnd={over} />;
  }
  if (end === 'done') {
    return (
      <EntryFrame title={door.resetDone} lead={door.resetDoneLead}>
        <ToSignIn main />
      </EntryFrame>
    );
  }
  if (end === 'perhaps') {
    return (
      <EntryFrame title={door.resetPerhaps} lead={door.resetPerhapsLead}>
        <ToSignIn main />
        <p class="mt-6 text-center text-sm">
          <button type="button" class="link" onClick={() => setEnd(undefined)}>
            {door.askAnother}
          </button>
        </p>
      </EntryFrame>
    );
  }
  return <Ask gone={end === 'gone'} />;
}

/** Has a link sent. The answer is the same whoever has an account. */
function Ask({ gone }: { gone: boolean }) {
  const { identity } = useApp();
  const [email, setEmail] = useState('');
  const [asked, setAsked] = useState(false);
  const work = useWork();
  const { door } = words();
  const problem = about(work.failure, 'email');
  const ask = async () => {
    await identity.askReset(email.trim());
    setAsked(true);
  };
  if (asked) {
    return (
      <EntryFrame title={door.askedTitle}>
        <p role="status" class="mt-2 text-soft">
          {door.asked(email.trim())}
        </p>
        <p class="mt-4 text-sm text-soft">
          {door.askedNothing}{' '}
          <button type="button" class="link" onClick={() => setAsked(false)}>
            {door.askAgain}
          </button>
        </p>
        <ToSignIn />
      </EntryFrame>
    );
  }
  return (
    <EntryFrame
      title={gone ? door.linkGone : door.resetTitle}
      lead={gone ? door.linkGoneLead : door.resetLead}
    >
      <EntryForm
        action={door.sendLink}
        work={work}
        failure={problem === undefined ? work.failure : undefined}
        text={work.failure?.reason === 'FORBIDDEN' ? door.noMails : undefined}
        onSubmit={() => work.run(ask)}
      >
        <Field
          label={door.email}
          name="email"
          inputMode="email"
          value={email}
          onInput={setEmail}
          autocomplete="email"
          error={problem}
          maxLength={254}
          autofocus
          required
        />
      </EntryForm>
      <ToSignIn />
    </EntryFrame>
  );
}

interface ChooseProps {
  token: string;
  onEnd: (end: End) => void;
}

function Choose({ token, onEnd }: ChooseProps) {
  const { identity } = useApp();
  const [password, setPassword] = useState('');
  const [reset] = useState(() => resetting(identity, token));
  const work = useWork();
  const { door } = words();
  const problem = about(work.failure, 'password');
  const { failure } = work;
  return (
    <EntryFrame title={door.resetTitle} lead={door.resetNote}>
      <EntryForm
        action={door.setPassword}
        work={work}
        failure={problem === undefined ? failure : undefined}
        onSubmit={() => work.run(async () => onEnd(await reset(password)))}
      >
        <PasswordField
          label={door.newPassword}
          value={password}
          onInput={setPassword}
          autocomplete="new-password"
          hint={door.passwordRule}
          error={problem}
          autofocus
        />
      </EntryForm>
    </EntryFrame>
  );
}

function ToSignIn({ main = false }: { main?: boolean }) {
  const w = words();
  return (
    <p class={main ? '' : 'mt-6 text-center text-sm'}>
      <a class={main ? 'button button-main w-full' : 'link'} href={paths.signIn} onClick={follow}>
        {main ? w.signIn : w.door.backToSignIn}
      </a>
    </p>
  );
}
