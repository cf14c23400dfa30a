import type { ComponentChildren } from 'preact';
import type { Failure } from '../../client/failure';
import { words } from '../../words';
import { useCountdown } from '../status/useCountdown';
import { Refusal } from '../ui/Refusal';
import type { Work } from '../ui/useAsk';

interface Props {
  title: string;
  lead?: string | undefined;
  children?: ComponentChildren;
}

/** A page in front of the app. */
export function EntryFrame({ title, lead, children }: Props) {
  return (
    <main class="grid h-full overflow-auto px-4 py-10">
      <div class="mx-auto w-full max-w-[380px] sm:my-auto">
        <img src="/icon.svg" alt="" width="48" height="48" class="mb-5" />
        <h1 class="text-xl font-semibold">{title}</h1>
        {lead !== undefined && <p class="mt-1 mb-6 text-soft">{lead}</p>}
        {children}
      </div>
    </main>
  );
}

interface FormProps {
  action: string;
  work: Work;
  /** That is not shown at a field, and what to say of it where the usual words will not do. */
  failure: Failure | undefined;
  text?: string | undefined;
  onSubmit: () => void;
  children: ComponentChildren;
}

/** One form, sent once at a time, and not before the server wants it. */
export function EntryForm({ action, work, failure, text, onSubmit, children }: FormProps) {
  const waiting = useCountdown(work.until) > 0;
  return (
    <form
      class="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!work.busy && !waiting) onSubmit();
      }}
    >
      {children}
      {failure && <Refusal failure={failure} until={work.until} text={text} />}
      <button
        class="button button-main"
        type="submit"
        aria-busy={work.busy}
        aria-disabled={waiting}
      >
        {work.busy ? words().working : action}
      </button>
    </form>
  );
}
