import { useState } from 'preact/hooks';
import { why, words } from '../../words';
import { useApp } from '../context';
import { go, paths } from '../router';
import { Dialog } from '../ui/Dialog';
import { useWork } from '../ui/useAsk';

/** Ends all sessions, this one too, once that is confirmed. */
export function SignOutEverywhere() {
  const app = useApp();
  const [asking, setAsking] = useState(false);
  const { busy, failure, run } = useWork();
  const w = words();
  const signOut = async () => {
    await app.signOutEverywhere();
    go(paths.signIn);
  };
  return (
    <>
      <button type="button" class="button button-danger" onClick={() => setAsking(true)}>
        {w.settings.signOutAll}
      </button>
      {asking && (
        <Dialog title={w.settings.signOutAllSure} onClose={() => setAsking(false)}>
          <p class="text-soft">{w.settings.signOutAllText}</p>
          {failure && (
            <p role="alert" class="mt-3 text-sm text-danger">
              {why(failure)}
            </p>
          )}
          <div class="mt-5 flex flex-wrap justify-end gap-2">
            <button type="button" class="button button-plain" onClick={() => setAsking(false)}>
              {w.cancel}
            </button>
            <button
              type="button"
              class="button button-danger"
              aria-busy={busy}
              onClick={() => run(signOut)}
            >
              {w.settings.signOutAll}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
