import { useState } from 'preact/hooks';
import { rememberReminder, wantsReminder } from '../../state/browser';
import { isolated, words } from '../../words';
import { useHome } from '../context';
import { SendAgain } from '../entry/SendAgain';
import { Icon } from '../ui/Icon';

/** That one's address has yet to be proved, until it is, or nobody wants to hear of it in this browser. */
export function ConfirmLine() {
  const { me, mails, pending } = useHome();
  const [quiet, setQuiet] = useState(() => !wantsReminder(me.id));
  const w = words().door;
  const { email, emailVerifiedAt } = me;
  // A mail for this address would make the one for the next address useless.
  const wanted = mails.value && pending.value === undefined && !quiet;
  if (!wanted || email === undefined || emailVerifiedAt !== undefined) {
    return null;
  }
  return (
    <div class="flex flex-none items-center justify-center gap-3 border-b border-line bg-side ps-4 pe-1 text-sm text-soft">
      <p class="min-w-0 py-1 break-words">
        {w.confirmLine(isolated(email))} <SendAgain quiet />
      </p>
      <button
        type="button"
        class="icon-button"
        aria-label={w.later}
        title={w.later}
        onClick={() => {
          rememberReminder(me.id, false);
          setQuiet(true);
        }}
      >
        <Icon name="close" size={18} />
      </button>
    </div>
  );
}
