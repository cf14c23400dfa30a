import { words } from '../../words';
import { useHome } from '../context';
import { useCountdown } from '../status/useCountdown';

/** Why the next post has to wait, and how long. */
export function WaitLine({ id }: { id: string }) {
  const { outbox, connection } = useHome();
  const wait = outbox.waits.value.get(id);
  const seconds = useCountdown(wait?.until);
  if (!wait || connection.value.is !== 'open') {
    return null;
  }
  const w = words();
  const said =
    wait.reason === 'SLOW_MODE' ? w.slowMode : wait.reason === 'RATE_LIMITED' ? w.tooFast : w.busy;
  return (
    <p role="status" class="mb-2 rounded-md bg-notice px-3 py-1.5 text-sm text-on-notice">
      {said(Math.max(1, seconds))}
    </p>
  );
}
