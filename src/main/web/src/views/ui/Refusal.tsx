import type { Failure } from '../../client/failure';
import { why, words } from '../../words';
import { useCountdown } from '../status/useCountdown';

interface Props {
  failure: Failure;
  /** When it is worth another try. */
  until: number | undefined;
  /** Instead of the usual words. */
  text?: string | undefined;
}

/** Why something did not work, and how long to wait, counting down where that is known. */
export function Refusal({ failure, until, text }: Props) {
  const seconds = useCountdown(until);
  const said = text ?? inWords(failure, seconds);
  return (
    <div role="alert" class="rounded-md bg-danger-soft p-3 text-sm text-danger">
      {until === undefined || seconds === 0 ? (
        said
      ) : (
        <>
          <span aria-hidden="true" class="tabular-nums">
            {said}
          </span>
          {/* Said once: who listens is not told of every second. */}
          <span class="sr-only">
            {text ?? inWords(failure, Math.ceil((failure.retryAfterMs ?? 0) / 1000))}
          </span>
        </>
      )}
    </div>
  );
}

function inWords(failure: Failure, seconds: number): string {
  const w = words().door;
  if (failure.retryAfterMs === undefined) return why(failure);
  if (failure.reason === 'RATE_LIMITED')
    return seconds > 0 ? w.tooMany(lasting(seconds)) : w.nowAgain;
  if (failure.reason === 'OVERLOADED') return seconds > 0 ? w.wait(lasting(seconds)) : w.nowAgain;
  return why(failure);
}

/** A time to wait, in words. */
export function lasting(seconds: number): string {
  const w = words().door;
  return seconds < 100 ? w.seconds(seconds) : w.minutes(Math.ceil(seconds / 60));
}
