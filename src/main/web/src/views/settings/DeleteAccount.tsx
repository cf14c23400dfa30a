import { useState } from 'preact/hooks';
import { isolated, why, words } from '../../words';
import { useApp, useHome } from '../context';
import { PasswordField } from '../entry/PasswordField';
import { go, paths } from '../router';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { useWork } from '../ui/useAsk';

/** Asks for what nobody does by accident, and then ends the account. */
export function DeleteAccount({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const { me } = useHome();
  const [password, setPassword] = useState('');
  const [typed, setTyped] = useState('');
  const { busy, failure, run } = useWork();
  const word = me.username ?? me.name;
  const same = typed.trim().toLocaleLowerCase() === word.toLocaleLowerCase();
  const wrong = failure?.reason === 'FORBIDDEN';
  const w = words();
  const leave = () => app.deleteAccount(password, () => go(paths.goodbye, 'replace'));
  return (
    <Dialog title={w.deleteSure} onClose={() => !busy && onClose()}>
      <form
        class="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && same) run(leave);
        }}
      >
        <p class="text-soft">{w.deleteFinal}</p>
        <PasswordField
          value={password}
          onInput={setPassword}
          autocomplete="current-password"
          error={wrong ? w.wrongPassword : undefined}
        />
        <Field
          label={w.deleteType(isolated(word))}
          value={typed}
          onInput={setTyped}
          autocomplete="off"
          error={typed !== '' && !same && !prefix(typed, word) ? w.deleteDiffers : undefined}
          required
        />
        {failure && !wrong && (
          <p role="alert" class="rounded-md bg-danger-soft p-3 text-sm text-danger">
            {why(failure)}
          </p>
        )}
        <div class="flex flex-wrap justify-end gap-2">
          <button type="button" class="button button-plain" disabled={busy} onClick={onClose}>
            {w.cancel}
          </button>
          <button
            type="submit"
            class="button button-danger"
            aria-busy={busy}
            disabled={!same || password === ''}
          >
            {busy ? w.working : w.deleteNow}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function prefix(typed: string, word: string): boolean {
  return word.toLocaleLowerCase().startsWith(typed.trim().toLocaleLowerCase());
}
