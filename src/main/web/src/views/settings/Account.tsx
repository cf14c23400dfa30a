import { useEffect, useState } from 'preact/hooks';
import type { Kind } from '../../client/identity';
import { isolated, words } from '../../words';
import { useApp, useHome } from '../context';
import { SendAgain } from '../entry/SendAgain';
import { ChangeIdentifier } from './ChangeIdentifier';

const KINDS: readonly Kind[] = ['username', 'email', 'phoneNumber'];

/** What one is known by. */
export function Account() {
  const app = useApp();
  const home = useHome();
  const [changing, setChanging] = useState<Kind>();
  const [said, setSaid] = useState('');
  const w = words().settings;
  const me = home.me;
  const open = home.connection.value.is === 'open';
  // Another device may have changed it, or a mailed link.
  useEffect(() => {
    if (open)
      app.identity.me().then(
        (account) => app.learn(account),
        () => undefined,
      );
  }, [open]);
  return (
    <>
      <p class="mt-1 mb-4 text-soft">{w.accountLead}</p>
      <ul>
        {KINDS.map((kind) => (
          <li key={kind} class="flex items-start gap-3 border-b border-line py-3">
            <div class="min-w-0 flex-1">
              <p class="text-sm text-soft">{w.kinds[kind]}</p>
              <p class={me[kind] === undefined ? 'text-faint' : 'font-medium break-words'}>
                {me[kind] === undefined ? w.notSet : <bdi>{me[kind]}</bdi>}
              </p>
              {kind === 'email' && <EmailState />}
            </div>
            <button
              type="button"
              class="button button-plain"
              aria-label={(me[kind] === undefined ? w.addNamed : w.changeNamed)(w.kinds[kind])}
              onClick={() => setChanging(kind)}
            >
              {me[kind] === undefined ? w.addKind : w.change}
            </button>
          </li>
        ))}
      </ul>
      <p role="status" class="min-h-6 pt-3 text-sm text-success">
        {said}
      </p>
      {changing && (
        <ChangeIdentifier
          kind={changing}
          onClose={() => setChanging(undefined)}
          onDone={() => {
            setSaid(home.pending.value === undefined ? w.saved(w.kinds[changing]) : '');
            setChanging(undefined);
          }}
        />
      )}
    </>
  );
}

/** Whether the address is proved, and what is under way. */
function EmailState() {
  const { me, pending, mails } = useHome();
  const w = words().settings;
  const unproved = me.email !== undefined && me.emailVerifiedAt === undefined;
  return (
    <>
      {me.email === undefined && <p class="text-sm text-soft">{w.noEmail}</p>}
      {me.emailVerifiedAt !== undefined && <p class="text-sm text-success">{w.confirmed}</p>}
      {unproved && mails.value && pending.value === undefined && (
        <p class="text-sm text-soft">
          {w.unconfirmed}. <SendAgain quiet />
        </p>
      )}
      {pending.value !== undefined && (
        <p role="status" class="mt-1 rounded-md bg-notice p-2 text-sm text-on-notice">
          {w.pending(isolated(pending.value))}
        </p>
      )}
    </>
  );
}
