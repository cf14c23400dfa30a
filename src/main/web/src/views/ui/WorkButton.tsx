import type { ComponentChildren } from 'preact';
import { why } from '../../words';
import type { Work } from './useAsk';

interface Props {
  work: Work;
  /** What pressing it does. */
  does: () => Promise<unknown>;
  /** For those who hear it without the row that it stands in. */
  label: string;
  soft?: boolean;
  children: ComponentChildren;
}

/** A button at the end of a row, which does one thing at a time. */
export function WorkButton({ work, does, label, soft = false, children }: Props) {
  return (
    <button
      type="button"
      class={`button ${soft ? 'button-soft' : 'button-plain'}`}
      aria-busy={work.busy}
      aria-label={label}
      onClick={() => !work.busy && work.run(does)}
    >
      {children}
    </button>
  );
}

/** Why it could not be done, in the row. */
export function WorkFailure({ work }: { work: Work }) {
  return work.failure ? (
    <p role="alert" class="text-xs text-danger">
      {why(work.failure)}
    </p>
  ) : null;
}
