import { useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import { why, words } from '../../words';
import { useApp } from '../context';
import { useCountdown } from '../status/useCountdown';
import { lasting } from '../ui/Refusal';
import { useWork } from '../ui/useAsk';

/** Has the mail sent again that proves one's own address; as a link in a text, or as a button of its own. */
export function SendAgain({ quiet = false }: { quiet?: boolean }) {
  const app = useApp();
  const [sent, setSent] = useState(false);
  const work = useWork();
  const seconds = useCountdown(work.until);
  const w = words().door;
  const send = async () => {
    try {
      await app.identity.resendVerification();
      setSent(true);
    } catch (thrown) {
      if (Failure.from(thrown).reason !== 'CONFLICT') throw thrown;
      // It was proved in the meantime.
      app.learn(await app.identity.me());
    }
  };
  if (sent) {
    return <span role="status">{w.resent}</span>;
  }
  const { failure } = work;
  const waiting = seconds > 0;
  return (
    <>
      {waiting && (
        <span aria-hidden="true" class="text-danger">
          {w.tooManyMails(lasting(seconds))}{' '}
        </span>
      )}
      {failure && (
        <span role="alert" class={waiting ? 'sr-only' : 'text-danger'}>
          {inWords(failure, waiting)}{' '}
        </span>
      )}
      <button
        type="button"
        class={quiet ? 'link' : 'button button-plain mb-3 w-full'}
        aria-busy={work.busy}
        aria-disabled={waiting}
        onClick={() => {
          if (!work.busy && !waiting) work.run(send);
        }}
      >
        {w.resend}
      </button>
    </>
  );
}

/** What is said once, and not again with every second. */
function inWords(failure: Failure, waiting: boolean): string {
  const w = words().door;
  if (failure.reason !== 'RATE_LIMITED') return why(failure);
  return waiting
    ? w.tooManyMails(lasting(Math.ceil((failure.retryAfterMs ?? 0) / 1000)))
    : w.nowAgain;
}
