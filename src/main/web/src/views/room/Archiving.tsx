import { why, words } from '../../words';
import { useHome } from '../context';
import { useWork } from '../ui/useAsk';

/** Keeps a room as it is, or goes on with it. Nothing is lost by either, so neither asks twice. */
export function Archiving({ room, archived }: { room: string; archived: boolean }) {
  const { managing } = useHome();
  const { busy, failure, run } = useWork();
  const m = words().moderation;
  return (
    <section aria-label={archived ? m.unarchive : m.archive} class="grid gap-2">
      <p class="text-sm text-soft">{archived ? m.archivedHere : m.archiveText}</p>
      {failure && (
        <p role="alert" class="text-sm text-danger">
          {why(failure)}
        </p>
      )}
      <button
        type="button"
        class="button button-plain justify-self-start"
        aria-busy={busy}
        onClick={() => !busy && run(() => managing.archive(room, !archived))}
      >
        {archived ? m.unarchive : m.archive}
      </button>
    </section>
  );
}
