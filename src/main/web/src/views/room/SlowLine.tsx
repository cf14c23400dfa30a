import { isolated, words } from '../../words';
import { span } from '../../words/times';
import { useHome } from '../context';
import { useCountdown } from '../status/useCountdown';

interface Props {
  id: string;
  seconds: number;
  /** When one last wrote here, by one's own clock. */
  sentAt: number | undefined;
}

/** That one waits between two messages here, and for how long still. What waits to be sent says so itself. */
export function SlowLine({ id, seconds, sentAt }: Props) {
  const { outbox } = useHome();
  const left = useCountdown(sentAt === undefined ? undefined : sentAt + seconds * 1000);
  if (outbox.waits.value.has(id)) {
    return null;
  }
  const w = words();
  return (
    <p class="px-1 pb-1 text-xs text-soft">
      {left > 0 ? w.slowMode(left) : w.moderation.slowModeOn(isolated(span(seconds)))}
    </p>
  );
}
