import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { words } from '../../words';
import { useHome } from '../context';
import { useCountdown } from './useCountdown';

/** What takes less time than this is not worth a word. */
const PATIENCE_MS = 1_200;

/** How the connection is, in words, while it is not as it should be. */
export function ConnectionLine() {
  const { client, connection } = useHome();
  const state = connection.value;
  const troubled = state.is !== 'open' && state.is !== 'idle';
  const lasting = useLasting(troubled);
  const seconds = useCountdown(state.is === 'waiting' ? state.until : undefined);
  const w = words();
  return (
    <div role="status" class="flex-none">
      {lasting && state.is === 'offline' && <Line>{w.offline}</Line>}
      {lasting && state.is === 'connecting' && <Line>{w.connecting}</Line>}
      {lasting && state.is === 'waiting' && (
        <Line action={w.tryNow} onAction={() => client.start()}>
          {w.waiting(seconds)}
        </Line>
      )}
      {state.is === 'superseded' && (
        <Line action={w.useHere} onAction={() => client.start()}>
          {w.superseded}
        </Line>
      )}
    </div>
  );
}

interface LineProps {
  action?: string;
  onAction?: () => void;
  children: ComponentChildren;
}

function Line({ action, onAction, children }: LineProps) {
  return (
    <p class="flex min-h-8 items-center justify-center gap-3 bg-notice px-4 py-1 text-center text-sm text-on-notice">
      <span>{children}</span>
      {action !== undefined && (
        <button type="button" class="font-medium underline underline-offset-2" onClick={onAction}>
          {action}
        </button>
      )}
    </p>
  );
}

function useLasting(now: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!now) {
      setLasting(false);
      return undefined;
    }
    const timer = setTimeout(() => setLasting(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return now && lasting;
}
