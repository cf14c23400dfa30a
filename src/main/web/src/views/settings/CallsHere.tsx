import { useEffect } from 'preact/hooks';
import { ask, lookAgain, permission, previewed, shown, sounding } from '../../state/device-calls';
import { words } from '../../words';

/** What this browser may do to call somebody, and does. It is asked for when they say so, never before. */
export function CallsHere() {
  const w = words().calling;
  useEffect(lookAgain, []);
  const may = permission.value;
  return (
    <fieldset class="mt-8">
      <legend class="font-medium">{w.here}</legend>
      {may === 'default' && (
        <div class="mt-2">
          <button type="button" class="button button-main" onClick={() => void ask()}>
            {w.turnOn}
          </button>
          <p class="mt-1 text-sm text-soft">{w.turnOnHint}</p>
        </div>
      )}
      {(may === 'denied' || may === 'unsupported') && (
        <p role="status" class="mt-2 rounded-md bg-notice p-3 text-sm text-on-notice">
          {w[may]}
        </p>
      )}
      {may === 'granted' && (
        <div class="-mx-2 mt-1 grid gap-1">
          <Switch name={w.desktop} hint={w.desktopHint} of={shown} />
          {shown.is.value && (
            <>
              <Switch name={w.sound} of={sounding} />
              <Switch name={w.preview} hint={w.previewHint} of={previewed} />
            </>
          )}
        </div>
      )}
    </fieldset>
  );
}

interface SwitchProps {
  name: string;
  hint?: string;
  of: typeof shown;
}

function Switch({ name, hint, of }: SwitchProps) {
  return (
    <label class="flex cursor-pointer items-start gap-3 rounded-md p-2 hover:bg-hover">
      <input
        type="checkbox"
        class="mt-1 size-4 flex-none accent-accent"
        checked={of.is.value}
        onChange={(event) => of.choose(event.currentTarget.checked)}
      />
      <span>
        <span class="block">{name}</span>
        {hint !== undefined && <span class="block text-sm text-soft">{hint}</span>}
      </span>
    </label>
  );
}
