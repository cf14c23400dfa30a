import type { ComponentChildren } from 'preact';
import type { Failure } from '../../client/failure';
import { why, words } from '../../words';
import { useApp } from '../context';

interface Props {
  title: string;
  lead: string;
  action: string;
  busy: boolean;
  failure: Failure | undefined;
  onSubmit: () => void;
  children: ComponentChildren;
  other: ComponentChildren;
}

/** The page in front of the app: one form, and the way to the other one. */
export function EntryFrame(props: Props) {
  const { title, lead, action, busy, failure, onSubmit, children, other } = props;
  const ended = useApp().ended.value;
  return (
    <main class="grid h-full overflow-auto px-4 py-10">
      <div class="mx-auto w-full max-w-[380px] sm:my-auto">
        <img src="/icon.svg" alt="" width="48" height="48" class="mb-5" />
        <h1 class="text-xl font-semibold">{title}</h1>
        <p class="mt-1 mb-6 text-soft">{lead}</p>
        {ended && !failure && (
          <p role="status" class="mb-4 rounded-md bg-notice p-3 text-sm text-on-notice">
            {words().sessionEnded}
          </p>
        )}
        <form
          class="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) onSubmit();
          }}
        >
          {children}
          {failure && !failure.details.field && (
            <p role="alert" class="rounded-md bg-danger-soft p-3 text-sm text-danger">
              {why(failure)}
            </p>
          )}
          <button class="button button-main" type="submit" aria-busy={busy}>
            {busy ? words().working : action}
          </button>
        </form>
        <p class="mt-6 text-center text-sm text-soft">{other}</p>
      </div>
    </main>
  );
}
