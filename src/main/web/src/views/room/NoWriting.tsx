import type { ComponentChildren } from 'preact';
import { isolated, words } from '../../words';
import { moment } from '../../words/times';
import { useHome } from '../context';
import { relations } from '../people/relations';

/** In the place where one writes: why one does not, in a conversation with somebody whose account is no more. */
export function GoneHere() {
  return <Line>{words().goneHere}</Line>;
}

/** The same, with somebody of whom one wants nothing, and the way back. */
export function BlockedHere({ peer, name }: { peer: string; name: string }) {
  const { circle } = useHome();
  const w = words();
  return (
    <Line>
      {w.blockedHere(isolated(name))}
      <button
        type="button"
        class="button button-plain"
        onClick={() => void relations(circle, { id: peer, name }).unblock()}
      >
        {w.unblock}
      </button>
    </Line>
  );
}

/** The same in a room that is archived. */
export function ArchivedHere() {
  return <Line>{words().moderation.archivedHere}</Line>;
}

/** The same while one is muted. */
export function MutedHere({ until }: { until: number }) {
  return <Line>{words().moderation.mutedHere(isolated(moment(until)))}</Line>;
}

function Line({ children }: { children: ComponentChildren }) {
  return (
    <p
      role="status"
      class="flex flex-none flex-wrap items-center justify-center gap-x-4 gap-y-2 border-t border-line p-4 pb-[max(16px,env(safe-area-inset-bottom))] text-center text-sm text-soft"
    >
      {children}
    </p>
  );
}
